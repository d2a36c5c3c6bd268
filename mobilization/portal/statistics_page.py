"""What the page of statistics shows of a board: headlines, steps, charts, maps, the table of units."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from mobilization.portal.charts import Chart, Mark, Series
from mobilization.portal.choices import Choice
from mobilization.portal.positions import estimated_positions
from mobilization.portal.tilemap import TileMap, tile_map
from mobilization.portal.unit_rows import unit_rows
from mobilization.statistics import readers
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.measuring import Measure
from mobilization.statistics.readers import Number, UnitFigures
from mobilization.statistics.reports.board import Board, Breakdown, Line, estimated, former_label, labels_of
from mobilization.statistics.states import Basis, Scope
from mobilization.statistics.themes import Group, Theme
from mobilization.units.models import Unit

RANKED = 10


@dataclass(frozen=True)
class Step:
    """One step of a way, as a part of the whole."""

    line: Line
    share: float
    url: str

    @property
    def width(self) -> str:
        """Return the length of its bar in hundredths, as drawings write numbers."""
        return f"{self.share * 100:.2f}"


@dataclass(frozen=True)
class Ranked:
    """One line of the ranking; units with the same number share a place."""

    place: int
    unit: Unit
    number: Number
    url: str


@dataclass(frozen=True)
class Map:
    """A map and whose it is: the units of the year's end, or those that ended within the year."""

    title: str
    tiles: TileMap


class StatisticsPage:
    """Everything on the page; each part is read when it is shown."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.board = Board(choice.asked)
        self.theme: Theme = choice.theme

    @cached_property
    def headlines(self) -> list[tuple[Line, str]]:
        """The measures at the top, with the address of the records behind each."""
        return [(line, self._records(line)) for line in self.board.lines_of(self.theme.headlines)]

    @cached_property
    def lines(self) -> list[tuple[Line, str]]:
        """Every measure, for the table of all figures."""
        return [(line, self._records(line)) for line in self.board.lines.values()]

    def _records(self, line: Line) -> str:
        return self.choice.records(line.measure.code) if line.number.total else ""

    @cached_property
    def steps(self) -> list[Step]:
        """The way from the first measure to the last, each as a part of the whole."""
        lines = self.board.lines_of(self.theme.steps.codes)
        totals = [line.number.total for line in lines]
        whole = self.board.lines[self.theme.whole].number.total if self.theme.whole else sum(totals)
        return [
            Step(line, min(line.number.total / whole, 1) if whole else 0, self._records(line))
            for line in lines
        ]

    @cached_property
    def series(self) -> list[Chart]:
        """The charts over the years, with the reorganisations marked."""
        codes = [code for group in self.theme.series for code in group.codes]
        return series_charts(self.choice, self.board.series(codes), self.theme.series)

    @cached_property
    def breakdowns(self) -> list[Chart]:
        """The breakdowns that are drawn."""
        return [
            self._drawn(self.board.breakdown(dimension, self.theme.shown_by)) for dimension in self.theme.by
        ]

    def _drawn(self, table: Breakdown) -> Chart:
        addresses = [
            [
                self.choice.records(measure.code, dimension=table.dimension, key=key) if value else ""
                for measure, value in zip(table.measures, values, strict=True)
            ]
            for key, (_label, values) in zip(table.keys, table.rows, strict=True)
        ]
        return Chart(
            code=f"by-{table.dimension}",
            title=table.label,
            heading=table.label,
            categories=[label for label, _values in table.rows],
            series=[Series(str(measure.label), table.column(measure.code)) for measure in table.measures],
            shape="rows",
            nested=self.theme.steps.nested,
            addresses=addresses,
            numbers=table.numbers,
        )

    @cached_property
    def tables(self) -> list[Breakdown]:
        """All breakdowns of the theme with all measures that know them."""
        return [self.board.breakdown(dimension) for dimension in (*self.theme.by, *self.theme.more)]

    @cached_property
    def units(self) -> list[UnitFigures]:
        """The units below, in the order of the table."""
        return self.board.units(self.theme.columns, self.choice.sort)

    @cached_property
    def former(self) -> list[UnitFigures]:
        """The line of its own of abolished units, restated."""
        return self.board.former(self.theme.columns) if self.choice.scope == Scope.SUBTREE else []

    @property
    def former_label(self) -> str:
        """Who they were."""
        return former_label(self.former)

    @cached_property
    def owed(self) -> dict[int, int]:
        """What the units owe of the first measure of the table, by unit."""
        return self.board.owed(self.theme.columns[0])

    @property
    def columns(self) -> list[Measure]:
        """The measures of the table."""
        return self.theme.measures

    @cached_property
    def rows(self) -> list:
        """The rows of the table, written."""
        return unit_rows(self.choice, self.units, self.owed)

    @cached_property
    def _own(self) -> UnitFigures:
        return self.board.own(self.theme.columns)

    @cached_property
    def own_row(self) -> list:
        """What the unit did itself, beside those below it; nothing where the table holds just that of each unit."""
        if self.choice.scope == Scope.OWN:
            return []
        name = _("%(unit)s itself") % {"unit": self.choice.unit.full_name}
        return unit_rows(self.choice, [self._own], {}, scope=Scope.OWN, name=name, with_owed=bool(self.owed))

    @cached_property
    def former_rows(self) -> list:
        """The lines of abolished units."""
        return unit_rows(self.choice, self.former, {}, scope=Scope.OWN, with_owed=bool(self.owed))

    @cached_property
    def totals(self) -> list[tuple[Number, str]]:
        """The last line of the table."""
        return [
            (self.board.numbers[code], self._records(self.board.lines[code])) for code in self.theme.columns
        ]

    @property
    def has_adjusted_units(self) -> bool:
        """Whether any number of the table changed after the closing."""
        lines = [*self.units, *self.former, *([self._own] if self.own_row else [])]
        shown = [*(self.board.numbers[code] for code in self.theme.columns)]
        shown += [number for line in lines for number in line.numbers.values()]
        return any(number.difference for number in shown)

    @property
    def owed_total(self) -> int | None:
        """What all of them owe together."""
        return self.owed.get(self.choice.unit.pk)

    @property
    def owed_share(self) -> float | None:
        """How much of it was done."""
        done = self.board.numbers[self.theme.columns[0]].total
        return done / self.owed_total if self.owed_total else None

    @property
    def width(self) -> int:
        """How many columns the table of units has."""
        return 1 + len(self.theme.columns) + (2 if self.owed else 0)

    @cached_property
    def ranking(self) -> list[Ranked]:
        """The units with the most of the chosen measure."""
        code = self.choice.measure
        ranked = sorted(self.units, key=lambda line: (-line.numbers[code].total, line.unit.sort_key))
        numbers = [line.numbers[code].total for line in ranked]
        return [
            Ranked(numbers.index(number) + 1, line.unit, line.numbers[code], self.choice.unit_to(line.unit))
            for line, number in zip(ranked[:RANKED], numbers, strict=False)
            if number
        ]

    @property
    def ranked_address(self) -> str:
        """The address of the table of units in the order of the ranking."""
        return self.choice.to(sort=f"-{self.choice.measure}") + "#units"

    @property
    def measure(self) -> Measure:
        """What the map and the ranking tell."""
        return MEASURES[self.choice.measure]

    @cached_property
    def maps(self) -> list[Map]:
        """The maps: one, or two in a year in which one tier of units gave way to another."""
        last = datetime.date(self.choice.year, 12, 31)
        ended, lasting = [], []
        for line in self.units:
            gone = self.choice.basis == Basis.AS_FILED and not line.unit.is_in_force(last)
            (ended if gone else lasting).append(line)
        titles = (
            (lasting, _("The units of %(day)s") % {"day": f"{last:%d/%m/%Y}"} if ended else ""),
            (ended, _("The units that ended in %(year)s") % {"year": self.choice.year}),
        )
        estimated = estimated_positions(line.unit for line in self.units)
        found = [
            (title, tile_map(lines, self.choice.measure, self.choice.unit_to, estimated))
            for lines, title in titles
        ]
        return [Map(title, tiles) for title, tiles in found if tiles]

    @cached_property
    def adjusted(self) -> list[tuple[str, int, int, list[dict]]]:
        """What changed after the closing: name of the figure, sealed number, difference, causes."""
        found = []
        for one in self.board.adjustments:
            number = self.board.numbers[one.measure]
            name = str(MEASURES[one.measure].label)
            if one.key:
                name += f" – {labels_of(one.dimension, self.choice.year).get(one.key, one.key)}"
            sealed = number.breakdowns.get(one.dimension, {}).get(one.key, 0) if one.key else number.total
            found.append((name, sealed, one.difference, one.causes))
        return found

    @cached_property
    def has_estimates(self) -> bool:
        """Whether any number of the page is an estimate."""
        shown = any(line.number.estimated for line in self.board.lines.values())
        return shown or estimated(self.units)


def series_charts(
    choice: Choice, years: dict[int, dict[str, Number]], groups: Iterable[Group]
) -> list[Chart]:
    """Return a chart for each group over the years (earliest first), marked where units were reorganised."""
    marks = marks_of(list(years), readers.reorganised_on(choice.city))
    return [
        Chart(
            code=f"series-{group.code}",
            title=str(group.label),
            heading=_("Year"),
            categories=[str(year) for year in years],
            series=[
                Series(str(MEASURES[code].label), [numbers[code].total for numbers in years.values()])
                for code in group.codes
            ],
            nested=group.nested,
            marks=marks,
        )
        for group in groups
    ]


def marks_of(years: list[int], days: Iterable[datetime.date]) -> list[Mark]:
    """Return where between the columns of ``years`` each of the days lies: a new year's day just before its column."""
    found = []
    for day in days:
        if day.year in years:
            part = (day.timetuple().tm_yday - 1) / 365.25
            found.append(Mark(round(years.index(day.year) + part, 3), f"{day:%d/%m/%Y}"))
    return found
