"""Units for tests, opened through the service as in life, so that path, order and heir are right.

A plain one, such as most tests need by the dozen, is written as the service would write it, for a third of the time.
"""

import datetime

import factory
from django.db import connection

from mobilization.audit.log import record
from mobilization.core.text import vietnamese_sort_key
from mobilization.units import services
from mobilization.units.management.commands.load_units import SHIPPED
from mobilization.units.models import Succession, Unit
from mobilization.units.plan_files import read_plan_files
from mobilization.units.plans import Closing, Life, LifeKey, Link, Plan, Report
from mobilization.units.services import LIFE_FIELDS, reorganise
from mobilization.units.states import UnitKind

LONG_AGO = datetime.date(2008, 8, 1)


def load_hanoi() -> Report:
    """Load the shipped units of Hanoi, all eras."""
    return reorganise(
        read_plan_files(SHIPPED / "units.csv", SHIPPED / "successions.csv"), actor=None, job="test"
    )


def key(unit: Unit) -> LifeKey:
    return LifeKey(unit.code, unit.valid_from)


class UnitFactory(factory.Factory):
    """A commune under the one city; ``kind``, ``parent`` and dates as wanted."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda number: f"T{number:05d}")
    kind = "commune"
    name = factory.Sequence(lambda number: f"Thử {number}")
    full_name = factory.LazyAttribute(lambda unit: f"Xã {unit.name}")
    parent = factory.LazyAttribute(lambda unit: None if unit.kind == "city" else city())
    valid_from = factory.LazyAttribute(lambda unit: unit.parent.valid_from if unit.parent else LONG_AGO)
    valid_to = None

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):  # noqa: ARG003 -- factory's
        life = Life(parent_code=parent.code if parent else "", **kwargs)
        if _is_plain(life, parent):
            return _write(life, parent)
        return reorganise(Plan(lives=[life]), actor=None, job="test").opened[0]


def _is_plain(life: Life, parent: Unit | None) -> bool:
    """Tell whether nothing about ``life`` can clash: a code of the factory's own, under a unit of the same days."""
    return (
        parent is not None
        and life.code.startswith("T")
        and life.kind in {UnitKind.COMMUNE, UnitKind.WARD}
        and (life.valid_from, life.valid_to) == (parent.valid_from, None)
        and parent.valid_to is None
    )


def _write(life: Life, parent: Unit | None) -> Unit:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('units_unit', 'id'))")
        (identifier,) = cursor.fetchone()
    unit = Unit(
        pk=identifier,
        parent=parent,
        heir_id=identifier,
        path=f"{parent.path if parent else '/'}{identifier}/",
        sort_key=vietnamese_sort_key(life.name),
        **{name: getattr(life, name) for name in LIFE_FIELDS},
    )
    unit.save(force_insert=True)
    about = {"job": "test", "name": unit.full_name, "from": unit.valid_from}
    record("unit.open", actor=None, target=unit, unit=unit, data=about)
    services._check_now()
    return unit


def city() -> Unit:
    """The one city of a test, made when first asked for."""
    # Nearly every record of a test asks for it: written out, it takes a third of the time that the queryset takes.
    found = Unit.objects.raw(
        "SELECT * FROM units_unit WHERE kind = 'city' ORDER BY sort_key, valid_from, id LIMIT 1"
    )
    return next(iter(found), None) or _write(
        Life("01", "city", "Thành phố Hà Nội", "Hà Nội", parent_code="", valid_from=LONG_AGO), None
    )


def close(unit: Unit, on: datetime.date) -> None:
    reorganise(Plan(closings=[Closing(key(unit), on)]), actor=None, job="test")
    unit.refresh_from_db()


def succeed(
    predecessor: Unit, *successors: Unit, on: datetime.date, shares: list | None = None
) -> list[Succession]:
    """End ``predecessor`` and link it; the first successor is the main one."""
    links = [
        Link(
            key(predecessor),
            key(successor),
            on,
            relation="whole" if len(successors) == 1 else "part",
            is_main=position == 0,
            share=shares[position] if shares else None,
            basis="Nghị quyết 1/NQ",
        )
        for position, successor in enumerate(successors)
    ]
    closings = [] if predecessor.valid_to == on else [Closing(key(predecessor), on)]
    report = reorganise(Plan(closings=closings, links=links), actor=None, job="test")
    for unit in (predecessor, *successors):
        unit.refresh_from_db()
    return report.linked
