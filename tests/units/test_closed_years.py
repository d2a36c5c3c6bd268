"""Whether a year is closed, and the leave to change one record of it once."""

import pytest
from django.db import transaction

from mobilization.core.errors import DomainError
from mobilization.units import closed_years
from mobilization.units.models import ClosedYear, YearPermit
from tests.units.factories import UnitFactory, city

YEAR = 2023


@pytest.fixture
def unit(db):
    """Some unit whose record the year locks (any saved row serves as the record)."""
    ClosedYear.objects.create(city=city(), year=YEAR)
    return UnitFactory()


def test_enter_an_open_year_changes_nothing(unit):
    closed_years.enter(unit, YEAR + 1, unit)
    closed_years.refuse(unit, YEAR + 1)


@pytest.mark.parametrize("ask", [closed_years.enter, closed_years.refuse])
def test_closed_year_is_refused_with_its_number(unit, ask):
    with pytest.raises(DomainError) as refusal:
        ask(unit, YEAR, unit)
    assert refusal.value.code == closed_years.CODE
    assert str(YEAR) in str(refusal.value)


def test_permit_lets_the_record_in_once(unit):
    closed_years.grant(unit, YEAR, closed_years.key_of(unit))
    closed_years.refuse(unit, YEAR, unit)
    closed_years.enter(unit, YEAR, unit)
    with pytest.raises(DomainError):
        closed_years.enter(unit, YEAR, unit)
    assert YearPermit.objects.exclude(used_at=None).count() == 1


def test_permit_is_for_its_record_and_year_only(unit):
    closed_years.grant(unit, YEAR, closed_years.key_of(unit))
    ClosedYear.objects.create(city=city(), year=YEAR - 1)
    for year, record in ((YEAR, UnitFactory()), (YEAR - 1, unit), (YEAR, None)):
        with pytest.raises(DomainError):
            closed_years.enter(unit, year, record)


def test_grant_twice_before_use_is_refused(unit):
    closed_years.grant(unit, YEAR, closed_years.key_of(unit))
    with pytest.raises(DomainError) as refusal:
        closed_years.grant(unit, YEAR, closed_years.key_of(unit))
    assert refusal.value.code == "permit_open"


def test_closed_year_is_never_opened_again(unit):
    for change in (
        lambda: ClosedYear.objects.update(year=YEAR - 5),
        lambda: ClosedYear.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()
