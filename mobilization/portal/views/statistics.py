"""The public page of statistics, and what can be downloaded from it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from mobilization.core.exports import Sheet, stream_csv, stream_xlsx
from mobilization.portal.statistics_page import UNIT_COLUMNS, Board, Choice
from mobilization.statistics.states import Basis, Scope

RECORDS = {
    "accepted": ("portal:model_list", {}),
    "recognised": ("portal:model_list", {"recognised": "1"}),
    "exemplary": ("portal:model_list", {"exemplary": "1"}),
}
"""Measure → the public list that holds the records behind it. The others count what is not public in part."""


class StatisticsView(TemplateView):
    """One year of one unit: the choice stands in the address, ``format=xlsx|csv`` downloads what is shown."""

    template_name = "portal/statistics.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or hand over the file."""
        self.choice = Choice.of(request.GET)
        self.board = Board(self.choice)
        if self.board.status and request.GET.get("format") == "csv":
            return stream_csv(self._filename("csv"), _unit_header(self.board), _unit_rows(self.board))
        if self.board.status and request.GET.get("format") == "xlsx":
            return stream_xlsx(self._filename("xlsx"), _sheets(self.board))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the choice, the tables, and the addresses of every other choice."""
        choice = self.choice
        return super().get_context_data(
            choice=choice,
            board=self.board,
            unit=choice.unit,
            bases=[(value, label, self._address(basis=value)) for value, label in Basis.choices],
            scopes=[(value, label, self._address(scope=value)) for value, label in Scope.choices],
            sorts={code: self._sort(code) for code in ("name", *UNIT_COLUMNS)},
            records=self._records(),
            downloads={kind: self._address(format=kind, sort=choice.sort) for kind in ("xlsx", "csv")},
            **kwargs,
        )

    def _address(self, **changed: str) -> str:
        return f"?{urlencode(self.choice.address | changed)}"

    def _sort(self, code: str) -> tuple[str, str]:
        """The address that sorts by a column, and how it is sorted now (``aria-sort``)."""
        current = self.choice.sort
        usual, other = (code, f"-{code}") if code == "name" else (f"-{code}", code)
        now = {code: "ascending", f"-{code}": "descending"}.get(current, "none")
        return self._address(sort=other if current == usual else usual) + "#units", now

    def _records(self) -> dict[str, str]:
        if not self.choice.counts_like_the_lists:
            return {}
        unit = {} if self.choice.unit == self.choice.city else {"unit": self.choice.unit.pk}
        return {
            code: f"{reverse(name)}?{urlencode({'year': self.choice.year, **unit, **filters})}"
            for code, (name, filters) in RECORDS.items()
        }

    def _filename(self, extension: str) -> str:
        choice = self.choice
        return f"thong-ke-{choice.year}-{choice.unit.code}-{choice.basis}-{choice.scope}.{extension}"


def _sheets(board: Board) -> Iterator[Sheet]:
    """Every table of the page, and what the numbers mean."""
    choice = board.choice
    header = [_("Measure"), str(choice.year), *([str(board.year_before)] if board.year_before else [])]
    yield Sheet(_("Summary"), [*header, _("Estimate"), _("Definition")], _summary_rows(board))
    for breakdown in board.breakdowns:
        labels = [str(measure.label) for measure in breakdown.measures]
        rows = [[label, *values] for label, values in [*breakdown.rows, (_("Total"), breakdown.total)]]
        yield Sheet(str(breakdown.label), ["", *labels], rows)
    yield Sheet(_("Units"), _unit_header(board), _unit_rows(board))
    yield Sheet(_("About"), ["", ""], _about_rows(board))


def _summary_rows(board: Board) -> Iterator[list]:
    for line in board.lines:
        before = [line.before.total] if line.before else []
        estimate = _("estimate") if line.number.estimated else ""
        yield [str(line.measure.label), line.number.total, *before, estimate, str(line.measure.definition)]


def _about_rows(board: Board) -> list[list]:
    choice, status = board.choice, board.status
    return [
        [_("Unit"), choice.unit.full_name],
        [_("Year"), choice.year],
        [_("Basis"), Basis(choice.basis).label],
        [_("Scope"), Scope(choice.scope).label],
        [_("Computed"), date_format(localtime(status.computed_at), "d/m/Y H:i")],
        [_("State"), _("Final") if status.final else _("Provisional")],
    ]


def _unit_header(board: Board) -> list[str]:
    return [_("Code"), _("Unit"), *(str(measure.label) for measure in board.columns), _("Estimate")]


def _unit_rows(board: Board) -> Iterator[list]:
    """The table of units as it is shown: the units below, the unit itself, former districts, the total."""
    for line in board.units:
        yield _unit_row(line, line.unit.full_name)
    if board.choice.scope == Scope.OWN:
        return
    yield _unit_row(board.own, _("%(unit)s itself") % {"unit": board.choice.unit.full_name})
    for line in board.former:
        yield _unit_row(line, _("%(unit)s (former)") % {"unit": line.unit.full_name})
    total = [board.numbers[code].total for code in UNIT_COLUMNS]
    yield ["", _("Total"), *total, ""]


def _unit_row(line: Any, name: str) -> list:
    estimate = _("estimate") if any(number.estimated for number in line.numbers.values()) else ""
    return [line.unit.code, name, *(line.numbers[code].total for code in UNIT_COLUMNS), estimate]
