"""What the page of a unit tells of its figures: the last year in short, all years as charts and as a table."""

from dataclasses import dataclass
from functools import cached_property

from mobilization.portal.charts import Chart
from mobilization.portal.choices import Choice
from mobilization.portal.statistics_page import series_charts
from mobilization.statistics import readers
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.measuring import Measure
from mobilization.statistics.readers import Number
from mobilization.statistics.reports.board import Board, Line
from mobilization.statistics.themes import THEMES, About

HEADLINES = (
    *("registered", "recognised", "exemplary", "models_awarded"),
    *("dialogues_periodic", "dialogues_ad_hoc", "opinions_received", "opinions_resolved"),
)
GROUPS = (*THEMES[About.MODELS].series, *THEMES[About.DIALOGUES].series[:1])
CODES = tuple(dict.fromkeys((*HEADLINES, *(code for group in GROUPS for code in group.codes))))


@dataclass(frozen=True)
class YearLine:
    """One year of the table: its numbers, each with the address of the records behind it."""

    year: int
    estimated: bool
    numbers: list[tuple[Number, str]]
    url: str


class UnitFiguresPage:
    """The figures of one unit, over all years that were computed."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.board = Board(choice.asked)

    @cached_property
    def headlines(self) -> list[tuple[Line, str]]:
        """The last year in short."""
        return [
            (line, self.choice.records(line.measure.code) if line.number.total else "")
            for line in self.board.lines_of(HEADLINES)
        ]

    @property
    def columns(self) -> list[Measure]:
        """The measures of the table."""
        return [MEASURES[code] for code in HEADLINES]

    @cached_property
    def _years(self) -> dict[int, dict[str, Number]]:
        asked = self.board.asked
        found = self.board.series(CODES)
        adjusted = readers.differences([asked.unit.pk], found, asked.basis, asked.scope)
        for (_unit, year, code), difference in adjusted.items():
            if code in found[year]:
                found[year][code].difference = difference
        return {year: numbers for year, numbers in found.items() if year in self.choice.years}

    @cached_property
    def charts(self) -> list[Chart]:
        """Models and dialogues over the years, where there are at least two."""
        if len(self._years) < 2:  # noqa: PLR2004 -- one column tells nothing that the headlines do not
            return []
        charts = series_charts(self.choice, self._years, GROUPS)
        return [chart for chart in charts if not chart.is_empty]

    @cached_property
    def years(self) -> list[YearLine]:
        """The years, the latest first."""
        return [self._line(year, numbers) for year, numbers in sorted(self._years.items(), reverse=True)]

    def _line(self, year: int, numbers: dict[str, Number]) -> YearLine:
        choice = self.choice.in_year(year)
        shown = [(numbers[code], choice.records(code) if numbers[code].total else "") for code in HEADLINES]
        return YearLine(year, any(number.estimated for number, _url in shown), shown, choice.to())
