import datetime

import pytest

from dialogues.deadlines import warnings_of
from dialogues.models import Dialogue
from dialogues.states import State

HELD_ON = datetime.date(2026, 5, 20)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "today", "number"),
    [
        ({"state": State.PLANNED}, HELD_ON - 7 * DAY, 0),
        ({"state": State.PLANNED}, HELD_ON - 6 * DAY, 1),
        ({"state": State.ANNOUNCED, "announced_on": HELD_ON - 7 * DAY}, HELD_ON, 0),
        ({"state": State.ANNOUNCED, "announced_on": HELD_ON - 6 * DAY}, HELD_ON, 1),
        ({"state": State.HELD, "announced_on": HELD_ON - 8 * DAY}, HELD_ON + 10 * DAY, 0),
        ({"state": State.HELD, "announced_on": HELD_ON - 8 * DAY}, HELD_ON + 11 * DAY, 1),
        ({"state": State.PUBLISHED, "published_on": HELD_ON + 10 * DAY}, HELD_ON + 99 * DAY, 0),
        ({"state": State.PUBLISHED, "published_on": HELD_ON + 11 * DAY}, HELD_ON + 99 * DAY, 1),
        ({"state": State.CANCELLED}, HELD_ON + 99 * DAY, 0),
        ({"state": State.HELD, "held_on": datetime.date(2025, 6, 30)}, HELD_ON, 0),
    ],
)
def test_warnings_count_the_days_of_the_law(facts, today, number):
    assert len(warnings_of(Dialogue(**{"held_on": HELD_ON} | facts), today)) == number
