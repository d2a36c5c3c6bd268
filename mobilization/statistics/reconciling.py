"""Every night: what the stored figures say, beside what the records say when they are counted directly.

Nothing of the computation is used: each measure and breakdown is a plain grouped count of its records, added up along
the paths of the units. As filed every figure of every unit must be equal; on today's units the totals of the city.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.statistics import marks, notices, runs, services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.measuring import Measure, Part
from mobilization.statistics.models import Figure, Mark, Mismatch, Reconciliation, YearStatus
from mobilization.statistics.states import Basis, Dimension, Scope, Why
from mobilization.units.models import Unit

MOST_KEPT = 500
TRIES = 3
Key = tuple[int, str, str]
"""Unit, dimension and key of a figure."""


@dataclass(frozen=True)
class Difference:
    """One figure that is not what direct counting says."""

    basis: str
    scope: str
    unit: int
    measure: str
    dimension: str
    key: str
    stored: int
    counted: int


def reconcile(year: int, *, city: Unit) -> Reconciliation:
    """Compare the stored figures of an open ``year`` with direct counts; keep the outcome, and tell city staff of differences.

    Stored figures and records are looked at in one state of the database. What was changed since the figures were
    computed is computed first. Raises ``DomainError``: ``year_closed``; ``not_computed``; ``busy`` where acts follow
    each other so fast that the two never stand still together.
    """
    with runs.one_at_a_time(year, city):
        services.refuse_final(year, city)
        status = YearStatus.objects.of_city(city).filter(year=year).first()
        if status is None:
            raise DomainError(_("This year was not computed yet."), code="not_computed")
        for _try in range(TRIES):
            if marks.number_of(year, city):
                services.compute_held(year, city, why=Why.CHANGE)
            found = _compare_at_once(year, city)
            if found is not None:
                return found
    raise DomainError(_("The records change too fast to be compared now."), code="busy")


def _compare_at_once(year: int, city: Unit) -> Reconciliation | None:
    snapshot = not connection.in_atomic_block
    with transaction.atomic():
        if snapshot:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if Mark.objects.of_city(city).of_year(year).exists():
            return None
        return keep(year, city)


def keep(year: int, city: Unit) -> Reconciliation:
    """Compare and store the outcome; within a transaction."""
    began_at = timezone.now()
    status = YearStatus.objects.get(city=city, year=year)
    compared, differences = compare(year, city, timezone.localdate(status.computed_at))
    kept = Reconciliation.objects.create(
        city=city, year=year, began_at=began_at, compared=compared, differences=len(differences)
    )
    Mismatch.objects.bulk_create(
        Mismatch(
            reconciliation=kept,
            unit_id=one.unit,
            **{
                name: getattr(one, name)
                for name in ("basis", "scope", "measure", "dimension", "key", "stored", "counted")
            },
        )
        for one in differences[:MOST_KEPT]
    )
    if differences:
        notices.tell_differences(kept)
    return kept


def compare(year: int, city: Unit, on: datetime.date) -> tuple[int, list[Difference]]:
    """Count how many figures were compared, and which differ; a measure at a time, so that memory stays flat.

    ``on``: the day as of which measures count that change as days pass.
    """
    above = {
        pk: [int(part) for part in path.strip("/").split("/")]
        for pk, path in Unit.objects.under(city).values_list("pk", "path")
    }
    compared, differences = 0, []
    for measure in MEASURES.values():
        for line in _lines(measure, year, city, on, above):
            compared += 1
            if line.stored != line.counted:
                differences.append(line)
    return compared, differences


def _lines(
    measure: Measure, year: int, city: Unit, on: datetime.date, above: dict[int, list[int]]
) -> Iterator[Difference]:
    own = _count(measure, year, city, on)
    subtree: dict[Key, int] = defaultdict(int)
    for (unit, dimension, key), number in own.items():
        for place in above[unit]:
            subtree[place, dimension, key] += number
    filed, current = (
        _stored(measure, year, Basis.AS_FILED, above),
        _stored(measure, year, Basis.CURRENT, above),
    )
    for column, (scope, counted) in enumerate(((Scope.OWN, own), (Scope.SUBTREE, subtree))):
        for found in filed.keys() | counted.keys():
            stored = filed.get(found, (0, 0))[column]
            unit, dimension, key = found
            yield Difference(
                Basis.AS_FILED, scope, unit, measure.code, dimension, key, stored, counted.get(found, 0)
            )
    yield from _city_lines(measure, city, current, subtree)


def _city_lines(
    measure: Measure, city: Unit, current: dict[Key, tuple[int, int]], counted: dict[Key, int]
) -> Iterator[Difference]:
    """On today's units: the city's total, and what all units have of their own."""
    everywhere: dict[tuple[str, str], int] = defaultdict(int)
    for (_unit, dimension, key), (own, _subtree) in current.items():
        everywhere[dimension, key] += own
    keys = {found[1:] for found in (*current, *counted) if found[0] == city.pk} | everywhere.keys()
    for dimension, key in keys:
        number = counted.get((city.pk, dimension, key), 0)
        total = current.get((city.pk, dimension, key), (0, 0))[1]
        for scope, stored in ((Scope.SUBTREE, total), (Scope.OWN, everywhere[dimension, key])):
            yield Difference(Basis.CURRENT, scope, city.pk, measure.code, dimension, key, stored, number)


def _stored(measure: Measure, year: int, basis: str, units) -> dict[Key, tuple[int, int]]:
    rows = Figure.objects.of_year(year).on_basis(basis).of_units(list(units)).of_measures([measure.code])
    return {
        (unit, dimension, key): (own, subtree)
        for unit, dimension, key, own, subtree in rows.values_list(
            "unit", "dimension", "key", "own", "subtree"
        )
        if own or subtree
    }


def _count(measure: Measure, year: int, city: Unit, on: datetime.date) -> dict[Key, int]:
    counted: dict[Key, int] = defaultdict(int)
    for part in measure.parts:
        for dimension in (Dimension.NONE, *measure.dimensions):
            for unit, key, number in _grouped(part, dimension, year, city, on):
                counted[unit, str(dimension), key] += number or 0
    return {found: number for found, number in counted.items() if number}


def _grouped(
    part: Part, dimension: str, year: int, city: Unit, on: datetime.date
) -> Iterator[tuple[int, str, int]]:
    source = part.source
    records = part.chosen(year, on).filter(**{f"{source.unit}__path__startswith": city.path}).order_by()
    number = Sum(part.value) if part.value else Count("pk")
    if dimension == Dimension.NONE:
        for unit, found in records.values_list(F(source.unit)).annotate(n=number):
            yield unit, "", found
        return
    yield from records.values_list(F(source.unit), F(source.dimensions[dimension])).annotate(n=number)
