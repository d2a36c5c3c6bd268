import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dialogues.states import OpinionStatus, State
from dialogues.validators import SUMMARY_FIELDS, validate_dialogue, validate_opinion

TODAY = datetime.date(2026, 6, 1)
HELD_ON = datetime.date(2026, 5, 20)
UNIT = SimpleNamespace(valid_from=datetime.date(2025, 7, 1), valid_to=datetime.date(2027, 1, 1))


def wrong_fields(**facts):
    values = {"unit": UNIT, "held_on": HELD_ON, "state": State.HELD, "topic": "Đất đai"} | facts
    try:
        validate_dialogue(values, today=TODAY)
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, set()),
        ({"topic": ""}, {"topic"}),
        ({"held_on": datetime.date(2026, 6, 2)}, {"held_on"}),
        ({"held_on": datetime.date(2026, 6, 2), "state": State.PLANNED}, set()),
        ({"held_on": datetime.date(2025, 6, 30)}, {"unit"}),
        ({"held_on": datetime.date(2027, 1, 1), "state": State.PLANNED}, {"unit"}),
        ({"plan_date": datetime.date(2026, 5, 21)}, {"plan_date"}),
        ({"announced_on": datetime.date(2026, 5, 21)}, {"announced_on"}),
        ({"minutes_date": datetime.date(2026, 5, 19)}, {"minutes_date"}),
        ({"conclusion_date": datetime.date(2026, 5, 19)}, {"conclusion_date"}),
        ({"published_on": datetime.date(2026, 5, 19)}, {"published_on"}),
        ({"published_on": datetime.date(2026, 6, 2)}, {"published_on"}),
        ({"attending": -1}, {"attending"}),
        ({"attending": 10, "spoke": 11}, {"spoke"}),
        ({"spoke": 10**9}, {"spoke"}),
        ({"chairs": ["mayor"]}, {"chairs"}),
        ({"opinions_total": 3}, {"opinions_total"}),
        ({"summary_only": True, "opinions_total": 3, "opinions_on_spot": 4}, {"opinions_total"}),
        ({"summary_only": True, "opinions_on_spot": 4}, {"opinions_total"}),
        ({"summary_only": True, "opinions_total": 12, "opinions_on_spot": 9, "opinions_resolved": 3}, set()),
        ({"summary_only": True, "state": State.PLANNED}, {"summary_only"}),
        ({"state": State.ANNOUNCED}, {"announced_on"}),
    ],
)
def test_dialogue_is_checked_field_by_field(facts, fields):
    assert wrong_fields(**facts) == fields


@given(st.lists(st.one_of(st.none(), st.integers(-5, 50)), min_size=5, max_size=5))
def test_totals_that_pass_add_up(numbers):
    totals = dict(zip(SUMMARY_FIELDS, numbers, strict=True))

    if not wrong_fields(summary_only=True, **totals):
        parts = sum(number or 0 for number in numbers[1:])
        assert all(number is None or number >= 0 for number in numbers)
        assert parts <= (numbers[0] or 0)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, set()),
        ({"status": OpinionStatus.RESOLVED}, {"answer", "answered_on"}),
        ({"status": OpinionStatus.NOT_ACCEPTED}, {"reason"}),
        ({"due_on": datetime.date(2026, 5, 19)}, {"due_on"}),
        ({"answered_on": datetime.date(2999, 1, 1)}, {"answered_on"}),
    ],
)
def test_opinion_is_checked_field_by_field(facts, fields):
    dialogue = SimpleNamespace(held_on=HELD_ON, summary_only=False)
    try:
        validate_opinion({"dialogue": dialogue, "status": OpinionStatus.RECEIVED} | facts)
        wrong = set()
    except ValidationError as error:
        wrong = set(error.message_dict)
    assert wrong == fields
