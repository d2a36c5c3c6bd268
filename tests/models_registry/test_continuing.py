"""Models of years before: which can go on, and why the others not."""

import datetime

import pytest
from django.utils import timezone

from models_registry.continuing import continuables, earlier_models
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, commune_people
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return commune_people()


@pytest.fixture
def campaigns():
    year = timezone.localdate().year
    return CampaignFactory(year=year - 1), CampaignFactory(year=year)


def test_earlier_models_with_an_outcome_that_goes_on_can_be_continued(people, campaigns):
    before, now = campaigns
    for outcome in ("maintain", "strengthen", "replicate"):
        RegistrationFactory(unit=people[0], campaign=before, recognised=True, outcome=outcome)
    rows = continuables(earlier_models(people[1], now))
    assert [row.why_not for row in rows] == ["", "", ""]


def test_earlier_models_that_cannot_go_on_stand_last_and_say_why(people, campaigns):
    before, now = campaigns
    ended = RegistrationFactory(unit=people[0], campaign=before, recognised=True, outcome="end")
    open_ = RegistrationFactory(unit=people[0], campaign=before, recognised=True)
    reported = RegistrationFactory(unit=people[0], campaign=before, reported=True)
    good = RegistrationFactory(unit=people[0], campaign=before, recognised=True, outcome="maintain")
    rows = continuables(earlier_models(people[1], now))
    assert [row.registration for row in rows] == [good, reported, open_, ended]
    assert rows[0].why_not == ""
    assert all(row.why_not for row in rows[1:])
    assert ended.get_outcome_display() in rows[3].why_not
    assert len({row.why_not for row in rows}) == 4


def test_earlier_models_of_what_went_into_the_unit_are_its_own(campaigns):
    before, now = campaigns
    old = UnitFactory(parent=city())
    new, official, _reviewer = commune_people(valid_from=datetime.date(2025, 7, 1))
    RegistrationFactory(unit=old, campaign=before, recognised=True, outcome="maintain")
    succeed(old, new, on=datetime.date(2025, 7, 1))
    assert earlier_models(official, now).count() == 1


def test_earlier_models_continued_already_foreign_or_never_accepted_are_not_listed(people, campaigns):
    before, now = campaigns
    gone_on = RegistrationFactory(unit=people[0], campaign=before, recognised=True, outcome="maintain")
    RegistrationFactory(
        unit=people[0], campaign=now, model=gone_on.model, previous=gone_on, novelty="maintained"
    )
    RegistrationFactory(campaign=before, recognised=True, outcome="maintain")
    RegistrationFactory(unit=people[0], campaign=before, declined=True)
    RegistrationFactory(unit=people[0], campaign=now, accepted=True)
    assert not earlier_models(people[1], now).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_continuables_ask_twice_however_many_there_are(people, campaigns, rows, django_assert_num_queries):
    for _number in range(rows):
        RegistrationFactory(unit=people[0], campaign=campaigns[0], recognised=True)
    people[1].units_of("official")
    with django_assert_num_queries(2):
        found = continuables(earlier_models(people[1], campaigns[1]))
        assert [row.registration.unit.heir.full_name for row in found]
    assert len(found) == rows
