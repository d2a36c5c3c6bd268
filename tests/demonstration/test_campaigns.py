"""The calendar of the demonstration's campaigns, whenever it is loaded."""

import datetime

import pytest

from mobilization.demonstration.campaigns import CALENDAR, STAY_OPEN, TRIED_FOR, days_of
from mobilization.demonstration.world import LAST_DAY
from models_registry.states import Stage

LATER = datetime.date(LAST_DAY.year + 2, 8, 1)


@pytest.mark.parametrize("stage", sorted(STAY_OPEN))
@pytest.mark.parametrize("loaded_on", [LAST_DAY, LATER])
def test_days_of_the_last_year_stay_open_for_whoever_tries_them(stage, loaded_on):
    days = days_of(stage, LAST_DAY.year, loaded_on=loaded_on)
    assert days["opens_on"] <= days["due_on"] <= days["closes_on"]
    assert days["closes_on"] >= loaded_on + datetime.timedelta(days=TRIED_FOR)
    assert days == days_of(stage, LAST_DAY.year, loaded_on=loaded_on)


@pytest.mark.parametrize("stage", sorted(CALENDAR))
def test_days_of_earlier_years_are_those_of_the_calendar(stage):
    year = LAST_DAY.year - 1
    assert days_of(stage, year, loaded_on=LATER) == days_of(stage, year, loaded_on=LAST_DAY)
    assert days_of(Stage.REGISTRATION, LAST_DAY.year, loaded_on=LATER)["closes_on"] < LATER
