"""What pages, exports and the API read of the stored figures: the one place that turns rows into numbers.

Every function takes a bounded number of queries, whatever the number of units or measures.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import Sum
from django.utils import timezone

from mobilization.statistics.measures import MEASURES, key_labels
from mobilization.statistics.models import AdjustmentLine, Figure, Seal, YearStatus
from mobilization.statistics.places import Places
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.units.models import Succession, Unit


@dataclass
class Number:
    """One measure of one unit: its total and its breakdowns, and whether it is an estimate."""

    total: int = 0
    estimated: bool = False
    breakdowns: dict[str, dict[str, int]] = field(default_factory=dict)
    difference: int = 0
    """By how much it became another one after the closing; what was sealed stays."""

    @property
    def today(self) -> int:
        """The number that the records give today."""
        return self.total + self.difference


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
    return next(
        (Number(value, estimated) for value, estimated in rows.values_list(figured.scope, "estimated")),
        Number(),
    )


def series_of(unit: Unit, basis: str, scope: str, codes: Iterable[str]) -> dict[int, dict[str, Number]]:
    """Year → code → number over all years with figures, totals only, earliest first (two queries)."""
    codes = list(codes)
    years = sorted(YearStatus.objects.filter(city=unit.path_ids[0]).values_list("year", flat=True))
    series = {year: {code: Number() for code in codes} for year in years}
    rows = Figure.objects.of_year(*years).on_basis(basis).of_units([unit.pk]).totals().of_measures(codes)
    for year, measure, value, estimated in rows.values_list("year", "measure", scope, "estimated"):
        series[year][measure] = Number(value, estimated)
    return series


def years_of_units(units: Iterable[Unit], basis: str, scope: str, code: str) -> dict[int, dict[int, Number]]:
    """Unit → year → number of one measure over all years, for many units; what is zero is left out (one query)."""
    found: dict[int, dict[int, Number]] = {unit.pk: {} for unit in units}
    rows = Figure.objects.on_basis(basis).of_units(list(found)).totals().of_measures([code])
    for unit, year, value, estimated in rows.values_list("unit", "year", scope, "estimated"):
        found[unit][year] = Number(value, estimated)
    return found


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
    for one in adjustments(unit, year, basis, scope) if status and status.final else ():
        if one.dimension == Dimension.NONE:
            numbers[one.measure].difference = one.difference
    return {
        "year": year,
        "unit": unit.pk,
        "basis": str(Basis(basis)),
        "scope": str(Scope(scope)),
        "computed_at": status.computed_at if status else None,
        "final": bool(status and status.final),
        "measures": {code: _spelled_out(code, number) for code, number in numbers.items()},
    }


@dataclass(frozen=True)
class Ground:
    """What an estimate rests on: one split unit, and how much of it is counted under the unit that was asked for.

    ``known``: a note tells the shares of the population. Otherwise everything stands under the main successor, and
    ``share`` is one or zero. ``successions`` are its own links (``.basis`` names the resolution), main one first.
    """

    split: Unit
    share: Fraction
    known: bool
    successions: tuple[Succession, ...]


def grounds_of(unit: Unit, year: int) -> list[Ground]:
    """What makes figures of ``unit`` on the units of today estimates in ``year``; empty where none is (six queries).

    Split units that recorded nothing in the year are left out: nothing rests on them.
    """
    places = Places(city_of(unit))
    split = places.split_units_of(unit.pk)
    filed = Figure.objects.of_year(year).on_basis(Basis.AS_FILED).of_units(split).totals().filter(own__gt=0)
    units = {found.pk: found for found in Unit.objects.filter(pk__in=filed.values("unit"))}
    links: dict[int, list[Succession]] = defaultdict(list)
    for link in Succession.objects.filter(predecessor__in=list(units)).select_related("successor"):
        links[link.predecessor_id].append(link)
    return [
        Ground(found, places.share_of(pk, unit.pk), places.is_known(pk), tuple(links[pk]))
        for pk, found in units.items()
    ]


@dataclass(frozen=True)
class Former:
    """One unit that went into today's: the link by which it did, and its own series as filed at the time."""

    unit: Unit
    link: Succession
    series: dict[int, dict[str, Number]]

    @property
    def years(self) -> list[int]:
        """The years in which it recorded anything, earliest first."""
        return [year for year, numbers in self.series.items() if any(n.total for n in numbers.values())]


def formed_from(unit: Unit, codes: Iterable[str], scope: str = Scope.SUBTREE) -> list[Former]:
    """The way back: every unit of which ``unit`` was formed, through all chains, latest first (three queries).

    A unit that went into several of them is told once for each of its links.
    """
    codes = list(codes)
    links = list(unit.lineage_back())
    years = sorted(YearStatus.objects.filter(city=unit.path_ids[0]).values_list("year", flat=True))
    former = {link.predecessor_id for link in links}
    series: dict[int, dict[int, dict[str, Number]]] = {
        pk: {year: {code: Number() for code in codes} for year in years} for pk in former
    }
    rows = (
        Figure.objects.of_year(*years).on_basis(Basis.AS_FILED).of_units(former).totals().of_measures(codes)
    )
    for pk, year, measure, value in rows.values_list("unit", "year", "measure", scope):
        series[pk][year][measure] = Number(value)
    return [Former(link.predecessor, link, series[link.predecessor_id]) for link in links]


def sealed(year: int, unit: Unit) -> Seal | None:
    """The seal of the year in the unit's city (who, when, hash), None while the year is provisional.

    The sealed numbers are those that every other function here answers: they no longer change. What became another
    number since is told by ``adjustments``.
    """
    seals = Seal.objects.without_content().select_related("sealed_by", "city")
    return seals.filter(city=unit.path_ids[0], year=year).first()


@dataclass
class Adjusted:
    """By how much one figure became another one after the closing, and why (``causes``: see ``Adjustment``)."""

    measure: str
    dimension: str
    key: str
    difference: int = 0
    causes: list[dict] = field(default_factory=list)


def adjustments(unit: Unit, year: int, basis: str, scope: str) -> list[Adjusted]:
    """What changed in the figures of ``unit`` after ``year`` was closed; the number of today is sealed + difference.

    In the order of the measures, the total before its breakdowns; empty while the year is open (one query).
    """
    lines = AdjustmentLine.objects.filter(adjustment__year=year, unit=unit, basis=basis)
    found: dict[tuple[str, str, str], Adjusted] = {}
    for line in lines.select_related("adjustment").order_by("adjustment"):
        key = (line.measure, line.dimension, line.key)
        adjusted = found.setdefault(key, Adjusted(*key))
        adjusted.difference += line.own if scope == Scope.OWN else line.subtree
        adjusted.causes += [cause for cause in line.adjustment.causes if cause not in adjusted.causes]
    order = {code: place for place, code in enumerate(MEASURES)}
    known = (one for one in found.values() if one.difference and one.measure in order)
    return sorted(
        known, key=lambda one: (order[one.measure], one.dimension != Dimension.NONE, one.dimension, one.key)
    )


def differences(
    units: Iterable[int], years: Iterable[int], basis: str, scope: str
) -> dict[tuple[int, int, str], int]:
    """(Unit, year, code) → by how much the total changed after the closing; what did not is left out (one query)."""
    lines = AdjustmentLine.objects.filter(
        adjustment__year__in=list(years), unit__in=list(units), basis=basis, dimension=Dimension.NONE
    )
    summed = lines.values_list("unit", "adjustment__year", "measure").annotate(by=Sum(scope))
    return {(unit, year, code): by for unit, year, code, by in summed.order_by() if by}


def _spelled_out(code: str, number: Number) -> dict:
    answer: dict = {"total": number.total, "estimated": number.estimated}
    if number.difference:
        answer["adjusted"] = number.today
    for dimension in MEASURES[code].dimensions:
        values = number.breakdowns.get(dimension, {})
        answer[f"by_{dimension}"] = {key: values.get(key, 0) for key in key_labels(dimension)}
    return answer


def _zeros() -> dict[str, Number]:
    return {code: Number() for code in MEASURES}
