import datetime

import pytest
import time_machine

from mobilization.units.tasks import refresh_heirs
from tests.units.factories import UnitFactory, succeed


@pytest.mark.django_db
def test_refresh_heirs_on_the_day_lets_the_successor_answer_and_can_be_run_again():
    before, after = UnitFactory(), UnitFactory()
    day = datetime.date(2026, 12, 1)
    with time_machine.travel(day - datetime.timedelta(days=1), tick=False):
        succeed(before, after, on=day)
        assert refresh_heirs() == 0
    with time_machine.travel(day, tick=False):
        assert (refresh_heirs(), refresh_heirs()) == (1, 0)
    before.refresh_from_db()
    assert before.heir == after
