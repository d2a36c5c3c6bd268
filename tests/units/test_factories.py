import pytest

from mobilization.audit.models import AuditEntry
from mobilization.units.models import Unit
from mobilization.units.plans import Life, Plan
from mobilization.units.services import reorganise
from tests.units.factories import LONG_AGO, UnitFactory, city

pytestmark = pytest.mark.django_db


def told_of(unit):
    """All that is stored of a unit and of its opening, but for what names it."""
    row = Unit.objects.filter(pk=unit.pk).values().get()
    assert (
        row["path"] == f"{Unit.objects.get(pk=row['parent_id']).path if row['parent_id'] else '/'}{unit.pk}/"
    )
    assert row["heir_id"] == row.pop("id")
    entry = AuditEntry.objects.get(act="unit.open", target_id=str(unit.pk))
    assert entry.unit_id == unit.pk
    return {name: row[name] for name in row if name not in {"code", "path", "heir_id"}} | {"log": entry.data}


@pytest.mark.parametrize("kind", ["commune", "ward"])
def test_plain_unit_of_the_factory_is_as_one_that_was_opened(kind):
    plain = UnitFactory(kind=kind, name="Đông Anh")
    life = Life("00454", kind, plain.full_name, plain.name, parent_code=city().code, valid_from=LONG_AGO)
    (opened,) = reorganise(Plan(lives=[life]), actor=None, job="test").opened
    assert told_of(plain) == told_of(opened)


def test_city_of_the_factory_is_as_one_that_was_opened():
    made = told_of(city())
    life = Life("02", "city", "Thành phố Hà Nội", "Hà Nội", parent_code="", valid_from=LONG_AGO)
    (opened,) = reorganise(Plan(lives=[life]), actor=None, job="test").opened
    assert made == told_of(opened)
