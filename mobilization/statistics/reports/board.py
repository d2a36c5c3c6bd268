"""One year of one unit, ready to be laid out: what the page, the workbook, the paper and the CSV file all show."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from mobilization.statistics import readers
from mobilization.statistics.measures import MEASURES, key_labels
from mobilization.statistics.measuring import Measure
from mobilization.statistics.models import Seal
from mobilization.statistics.readers import Adjusted, Ground, Number, UnitFigures
from mobilization.statistics.reports.targets import OWED, owed
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.units.models import Unit
from mobilization.units.states import DISTRICTS
from models_registry.states import Level

LAST_OF_DISTRICTS = 2025
"""The year in which districts ended: part of it is of either time."""


@dataclass(frozen=True)
class Line:
    """One measure beside the year before."""

    measure: Measure
    number: Number
    before: Number | None
    adjusted: Adjusted | None = None
    """What became another number after the year was closed; the sealed one stays."""

    @property
    def today(self) -> int:
        """The number that the records give today: the sealed one and what was adjusted since."""
        return self.number.total + (self.adjusted.difference if self.adjusted else 0)

    @property
    def change(self) -> int | None:
        """How much more than in the year before; None where that was not computed."""
        return None if self.before is None else self.number.total - self.before.total


@dataclass(frozen=True)
class Breakdown:
    """A table of measures by the keys of one dimension."""

    dimension: str
    label: str
    measures: list[Measure]
    keys: list[str]
    rows: list[tuple[str, list[int]]]
    total: list[int]
    numbers: list[list[Number]]
    """The rows again, each number with what was adjusted of it after the closing."""
    totals: list[Number]

    @property
    def lines(self) -> list[tuple[str, list[Number]]]:
        """The rows with their names."""
        return [(label, numbers) for (label, _values), numbers in zip(self.rows, self.numbers, strict=True)]

    def column(self, code: str) -> list[int]:
        """Return the numbers of one measure, in the order of the keys."""
        place = [measure.code for measure in self.measures].index(code)
        return [values[place] for _label, values in self.rows]


@dataclass(frozen=True)
class Asked:
    """Which year of which unit, on which basis and scope; ``years`` are those that were computed, latest first."""

    unit: Unit
    city: Unit
    year: int
    years: list[int]
    basis: str = Basis.AS_FILED
    scope: str = Scope.SUBTREE


class Board:
    """One year of one unit. Every part asks the database a fixed number of times, and only when it is shown."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.status = readers.year_status(asked.year, asked.unit)

    @cached_property
    def _numbers(self) -> dict[int, dict[str, Number]]:
        asked = self.asked
        years = [asked.year, *([self.year_before] if self.year_before else [])]
        numbers = readers.numbers_of(asked.unit, years, asked.basis, asked.scope)
        for one in self.adjustments:
            if one.dimension == Dimension.NONE:
                numbers[asked.year][one.measure].difference = one.difference
        return numbers

    @property
    def numbers(self) -> dict[str, Number]:
        """Code → number of the year."""
        return self._numbers[self.asked.year]

    @property
    def year_before(self) -> int | None:
        """The year that is compared with."""
        return self.asked.year - 1 if self.asked.year - 1 in self.asked.years else None

    @cached_property
    def lines(self) -> dict[str, Line]:
        """Code → every measure, with its definition and the year before."""
        before = self._numbers[self.year_before] if self.year_before else {}
        adjusted = {one.measure: one for one in self.adjustments if one.dimension == Dimension.NONE}
        return {
            code: Line(measure, self.numbers[code], before.get(code), adjusted.get(code))
            for code, measure in MEASURES.items()
        }

    @cached_property
    def seal(self) -> Seal | None:
        """Who closed the year, when, and its hash; None while it is provisional."""
        return readers.sealed(self.asked.year, self.asked.unit) if self.status.final else None

    @cached_property
    def adjustments(self) -> list[Adjusted]:
        """What changed after the closing, totals before breakdowns; nothing while the year is provisional."""
        asked = self.asked
        if not self.status.final:
            return []
        return readers.adjustments(asked.unit, asked.year, asked.basis, asked.scope)

    @cached_property
    def grounds(self) -> list[Ground]:
        """What the estimates among the unit's own figures rest on."""
        if not any(number.estimated for number in self.numbers.values()):
            return []
        return readers.grounds_of(self.asked.unit, self.asked.year)

    def lines_of(self, codes: Iterable[str]) -> list[Line]:
        """Return some of them."""
        return [self.lines[code] for code in codes]

    def breakdown(self, dimension: str, codes: Iterable[str] = MEASURES) -> Breakdown:
        """Return the measures that know ``dimension``, of ``codes``, by its keys."""
        dimension = Dimension(dimension)
        measures = [MEASURES[code] for code in codes if dimension in MEASURES[code].dimensions]
        values = [self.numbers[measure.code].breakdowns.get(dimension, {}) for measure in measures]
        labels = labels_of(dimension, self.asked.year)
        rows = [(label, [value.get(key, 0) for value in values]) for key, label in labels.items()]
        totals = [self.numbers[measure.code] for measure in measures]
        found = {
            (one.measure, one.key): one.difference for one in self.adjustments if one.dimension == dimension
        }
        numbers = [
            [
                Number(value.get(key, 0), difference=found.get((measure.code, key), 0))
                for measure, value in zip(measures, values, strict=True)
            ]
            for key in labels
        ]
        total = [number.total for number in totals]
        return Breakdown(
            dimension, str(dimension.label), measures, list(labels), rows, total, numbers, totals
        )

    @cached_property
    def below(self) -> list[Unit]:
        """The units directly below: as filed those of the year, restated those of today."""
        return readers.units_below(self.asked.unit, self.asked.year, self.asked.basis)

    def units(self, codes: Iterable[str], sort: str = "name") -> list[UnitFigures]:
        """Return the table of the units below, sorted by ``name`` or by a code of ``codes``, ``-`` for the most first."""
        asked = self.asked
        lines = self._adjusted(
            readers.table_of(self.below, asked.year, asked.basis, asked.scope, codes), asked.scope
        )
        code, downwards = sort.removeprefix("-"), sort.startswith("-")
        if code == "name":
            return lines[::-1] if downwards else lines
        # Stable, so that units with the same number stay in the order of their names.
        return sorted(lines, key=lambda line: line.numbers[code].total, reverse=downwards)

    def own(self, codes: Iterable[str]) -> UnitFigures:
        """Return what the unit did itself, a line of the same table."""
        asked = self.asked
        own = readers.table_of([asked.unit], asked.year, asked.basis, Scope.OWN, codes)
        return self._adjusted(own, Scope.OWN)[0]

    def former(self, codes: Iterable[str]) -> list[UnitFigures]:
        """Restated: what abolished units did themselves (*cấp huyện cũ*); nothing otherwise."""
        if self.asked.basis != Basis.CURRENT:
            return []
        return self._adjusted(readers.former_units(self.asked.unit, self.asked.year, codes), Scope.OWN)

    def _adjusted(self, lines: list[UnitFigures], scope: str) -> list[UnitFigures]:
        """Add what changed after the closing to the numbers of a table; nothing is asked while the year is provisional."""
        if not self.status.final:
            return lines
        units = {line.unit.pk: line for line in lines}
        found = readers.differences(units, [self.asked.year], self.asked.basis, scope)
        for (unit, _year, code), difference in found.items():
            if code in units[unit].numbers:
                units[unit].numbers[code].difference = difference
        return lines

    def owed(self, measure: str) -> dict[int, int]:
        """Return how many of ``measure`` the units owe, by id; nothing for what nobody owes, nor for years restated.

        A campaign's targets were set for the units of its time.
        """
        asked = self.asked
        if measure not in OWED or (asked.basis == Basis.CURRENT and self._restated):
            return {}
        return owed(measure, asked.city, asked.unit, asked.year, asked.scope)

    @property
    def _restated(self) -> bool:
        return any(unit.valid_from.year > self.asked.year for unit in self.below)

    def series(self, codes: Iterable[str]) -> dict[int, dict[str, Number]]:
        """Return year → code → number over all years, earliest first."""
        return readers.series_of(self.asked.unit, self.asked.basis, self.asked.scope, codes)

    @property
    def basis_label(self) -> str:
        """On which basis the figures stand."""
        return str(Basis(self.asked.basis).label)

    @property
    def scope_label(self) -> str:
        """Whether the units below are in them."""
        return str(Scope(self.asked.scope).label)


def labels_of(dimension: str, year: int) -> dict[str, str]:
    """Return the keys of a breakdown with their names, as they were called in ``year``.

    Between the grassroots and the city stood the districts, with the committees under the city; since 1 July 2025
    (Luật 72/2025/QH15) there are the committees alone. The year in which it changed has both.
    """
    labels = key_labels(dimension)
    if dimension == Dimension.LEVEL and year < LAST_OF_DISTRICTS:
        labels[Level.INTERMEDIATE.value] = _("Districts and committees under the city")
    elif dimension == Dimension.LEVEL and year > LAST_OF_DISTRICTS:
        labels[Level.INTERMEDIATE.value] = _("Committees under the city")
    return labels


def former_label(former: list[UnitFigures]) -> str:
    """Return who they were, in words."""
    if all(line.unit.kind in DISTRICTS for line in former):
        return _("Former district level: what the districts did themselves")
    return _("Former units: what they did themselves")


def estimated(*tables: Iterable[UnitFigures]) -> bool:
    """Tell whether any number of the tables is an estimate."""
    return any(number.estimated for lines in tables for line in lines for number in line.numbers.values())
