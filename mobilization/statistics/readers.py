"""What pages, exports and the API read of the stored figures: the one place that turns rows into numbers.

Every function takes a bounded number of queries, whatever the number of units or measures.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from mobilization.statistics.measures import MEASURES, key_labels
from mobilization.statistics.models import Figure, YearStatus
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.units.models import Succession, Unit


@dataclass
class Number:
    """One measure of one unit: its total and its breakdowns, and whether it is an estimate."""

    total: int = 0
    estimated: bool = False
    breakdowns: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass
class UnitFigures:
    """One line of a table of units."""

    unit: Unit
    numbers: dict[str, Number]


def city_of(unit: Unit) -> Unit:
    """The root of the unit's tree."""
    return unit if unit.parent_id is None else Unit.objects.get(pk=unit.path_ids[0])


def year_status(year: int, unit: Unit) -> YearStatus | None:
    """When the year was computed under the unit's city and whether it is final; None where it never was."""
    return YearStatus.objects.filter(city=unit.path_ids[0], year=year).first()


def computed_years(city: Unit) -> list[int]:
    """The years with figures, latest first."""
    return list(YearStatus.objects.of_city(city).values_list("year", flat=True))


def numbers_of(unit: Unit, years: Iterable[int], basis: str, scope: str) -> dict[int, dict[str, Number]]:
    """Year → code → number of one unit, all measures and breakdowns, zeros included (one query)."""
    years = list(years)
    found: dict[int, dict[str, Number]] = {year: _zeros() for year in years}
    rows = Figure.objects.of_year(*years).on_basis(basis).of_units([unit.pk])
    for year, measure, dimension, key, value, estimated in rows.values_list(
        "year", "measure", "dimension", "key", scope, "estimated"
    ):
        number = found[year].get(measure)
        if number is None:  # stored under a measure that is no longer declared
            continue
        if dimension == Dimension.NONE:
            number.total, number.estimated = value, estimated
        else:
            number.breakdowns.setdefault(dimension, {})[key] = value
    return found


def number_of(figured) -> Number:
    """The stored number of one figure (``behind.Figured``), whole or of one key; zero where none is stored (one query)."""
    rows = Figure.objects.of_year(figured.year).on_basis(figured.basis).of_units([figured.unit.pk])
    rows = rows.filter(measure=figured.measure.code, dimension=figured.dimension, key=figured.key)
    return next((Number(value, estimated) for value, estimated in rows.values_list(figured.scope, "estimated")), Number())


def series_of(unit: Unit, basis: str, scope: str, codes: Iterable[str]) -> dict[int, dict[str, Number]]:
    """Year → code → number over all years with figures, totals only, earliest first (two queries)."""
    codes = list(codes)
    years = sorted(YearStatus.objects.filter(city=unit.path_ids[0]).values_list("year", flat=True))
    series = {year: {code: Number() for code in codes} for year in years}
    rows = Figure.objects.of_year(*years).on_basis(basis).of_units([unit.pk]).totals().of_measures(codes)
    for year, measure, value, estimated in rows.values_list("year", "measure", scope, "estimated"):
        series[year][measure] = Number(value, estimated)
    return series


def table_of(
    units: Iterable[Unit], year: int, basis: str, scope: str, codes: Iterable[str]
) -> list[UnitFigures]:
    """The totals of many units, in the order of ``units`` (one query beside that of the units)."""
    codes = list(codes)
    lines = {unit.pk: UnitFigures(unit, {code: Number() for code in codes}) for unit in units}
    rows = Figure.objects.of_year(year).on_basis(basis).of_units(list(lines)).totals().of_measures(codes)
    for unit, measure, value, estimated in rows.values_list("unit", "measure", scope, "estimated"):
        lines[unit].numbers[measure] = Number(value, estimated)
    return list(lines.values())


def reorganised_on(city: Unit) -> list[datetime.date]:
    """The days on which units of the city became others, earliest first (one query)."""
    links = Succession.objects.filter(predecessor__path__startswith=city.path)
    return list(links.order_by("on").values_list("on", flat=True).distinct())


def units_below(unit: Unit, year: int, basis: str, on: datetime.date | None = None) -> list[Unit]:
    """The units directly below ``unit``: as filed those of the year, restated those in force today (one query)."""
    below = Unit.objects.filter(parent=unit)
    if basis == Basis.CURRENT:
        return list(below.in_force(on))
    last_day = datetime.date(year, 12, 31)
    return list(below.filter(valid_from__lte=last_day).exclude(valid_to__lte=datetime.date(year, 1, 1)))


def former_units(
    unit: Unit, year: int, codes: Iterable[str], on: datetime.date | None = None
) -> list[UnitFigures]:
    """The lines *cấp huyện cũ* below ``unit``: what abolished units did themselves and nobody succeeded to."""
    on = on or timezone.localdate()
    codes = list(codes)
    rows = (
        Figure.objects.of_year(year).of_former_units(unit, on).exclude(unit=unit).totals().of_measures(codes)
    )
    lines: dict[int, dict[str, Number]] = defaultdict(lambda: {code: Number() for code in codes})
    for pk, measure, value, estimated in rows.values_list("unit", "measure", "own", "estimated"):
        lines[pk][measure] = Number(value, estimated)
    return [UnitFigures(former, lines[former.pk]) for former in Unit.objects.filter(pk__in=list(lines))]


def statistics_of(year: int, unit: Unit, basis: str, scope: str) -> dict:
    """What the API answers for one unit and year: every measure, with every key of its breakdowns.

    ``computed_at`` is None where the year was never computed; its numbers are zero then.
    """
    status = year_status(year, unit)
    numbers = numbers_of(unit, [year], basis, scope)[year]
    return {
        "year": year,
        "unit": unit.pk,
        "basis": str(Basis(basis)),
        "scope": str(Scope(scope)),
        "computed_at": status.computed_at if status else None,
        "final": bool(status and status.final),
        "measures": {code: _spelled_out(code, number) for code, number in numbers.items()},
    }


def _spelled_out(code: str, number: Number) -> dict:
    answer: dict = {"total": number.total, "estimated": number.estimated}
    for dimension in MEASURES[code].dimensions:
        values = number.breakdowns.get(dimension, {})
        answer[f"by_{dimension}"] = {key: values.get(key, 0) for key in key_labels(dimension)}
    return answer


def _zeros() -> dict[str, Number]:
    return {code: Number() for code in MEASURES}
