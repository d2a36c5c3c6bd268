"""The public page of statistics, what can be downloaded from it, two years or units side by side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from mobilization.core.exports import Sheet, attachment, stream_csv, stream_xlsx
from mobilization.portal.changes import kept
from mobilization.portal.charts import Chart, Series
from mobilization.portal.choices import Choice, records_address, unit_of, year_of
from mobilization.portal.statistics_page import StatisticsPage
from mobilization.statistics import readers
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.reports import paper, workbook
from mobilization.statistics.reports.board import Asked, Board
from mobilization.statistics.states import Basis, Scope
from mobilization.statistics.themes import THEMES, About
from mobilization.units.models import Unit

PDF = "application/pdf"


class StatisticsView(TemplateView):
    """One year of one unit: the choice stands in the address, ``format=xlsx|csv`` downloads what is shown."""

    template_name = "portal/statistics/page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or hand over the file; on an empty database say what is to be done first."""
        try:
            self.choice = Choice.of(request.GET)
        except Http404:
            if Unit.objects.in_force().cities().exists():
                raise
            return render(request, "portal/statistics/no_units.html")
        self.page = StatisticsPage(self.choice) if self.choice.year else None
        kind = request.GET.get("format")
        if self.page and kind in {"csv", "xlsx"}:
            choice = self.choice
            name = f"thong-ke-{choice.year}-{choice.unit.code}-{choice.about}-{choice.basis}-{choice.scope}.{kind}"
            header, rows = workbook.unit_table(self.page.board, self.page.theme.columns, self.page.units)
            if kind == "csv":
                return stream_csv(name, header, rows)
            sheets = [Sheet(_("Units"), header, rows), workbook.about_sheet(self.page.board)]
            return stream_xlsx(name, sheets)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the choice, the page, and the addresses of every other choice."""
        choice = self.choice
        context = {"choice": choice, "page": self.page, "unit": choice.unit}
        if self.page:
            context |= {
                "board": self.page.board,
                "city_url": choice.unit_to(choice.city),
                "parent_url": choice.unit_to(choice.unit.parent) if choice.unit.parent else "",
                "all_measures": MEASURES,
                "other_basis": choice.to(basis=next(basis for basis in Basis if basis != choice.basis)),
                "tabs": [(code, label, choice.about_to(code)) for code, label in About.choices],
                "bases": [(value, label, choice.to(basis=value)) for value, label in Basis.choices],
                "scopes": [(value, label, choice.to(scope=value)) for value, label in Scope.choices],
                "sorts": [_sort(choice, code) for code in ("name", *choice.theme.columns)],
                "measures": choice.theme.measures,
                "downloads": [
                    (kind.upper(), choice.to(format=kind, sort=choice.sort)) for kind in ("xlsx", "csv")
                ],
                "reports": _reports(choice),
                "compare": _compare_address(choice),
            }
        return super().get_context_data(**context, **kwargs)


class CompareView(TemplateView):
    """Two years of a unit, or two units, side by side: every measure, and how much more or less."""

    template_name = "portal/statistics/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both sides; the second is the year before, unless the address says otherwise."""
        query = self.request.GET
        choice = Choice.of(query)
        if choice.year is None:
            raise Http404
        left, right = Board(choice.asked), Board(self._other(choice, query))
        sides = [left, right]
        names = _names_of(left.asked, right.asked)
        return super().get_context_data(
            choice=choice,
            sides=list(zip(names, sides, strict=True)),
            back=choice.to(),
            rows=[_compared(code, names, sides) for code in MEASURES],
            charts=[_side_by_side(code, names, sides) for code in THEMES],
            bases=[
                (value, label, choice.to(basis=value, year2=right.asked.year, unit2=right.asked.unit.pk))
                for value, label in Basis.choices
            ],
            units=_units_to_compare(choice.city, left.asked.unit, right.asked.unit),
            **kwargs,
        )

    def _other(self, choice: Choice, query: QueryDict) -> Asked:
        unit = unit_of(query["unit2"]) if query.get("unit2") else choice.unit
        city = readers.city_of(unit)
        years = choice.years if city == choice.city else readers.computed_years(city)
        before = choice.year - 1 if choice.year - 1 in years else choice.year
        year = year_of(query.get("year2") or str(before), years)
        if year is None:
            raise Http404
        return Asked(unit, city, year, years, choice.basis, choice.scope)


@require_safe
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand over the yearly report of a city or a unit: a workbook, or a paper in the form of an official report."""
    choice = Choice.of(request.GET)
    if kind not in {"xlsx", "pdf"} or choice.year is None:
        raise Http404
    board = Board(choice.asked)
    name = f"bao-cao-{choice.year}-{choice.unit.code}-{choice.basis}.{kind}"
    if kind == "xlsx":
        return stream_xlsx(name, workbook.sheets(board))
    return HttpResponse(
        paper.as_pdf(board), content_type=PDF, headers={"Content-Disposition": attachment(name)}
    )


def _compared(code: str, names: list[str], sides: list[Board]) -> dict[str, Any]:
    """Return a line of the table: both numbers with their records, and how much more the first is."""
    numbers = [side.numbers[code] for side in sides]
    change = numbers[0].total - numbers[1].total
    return {
        "measure": MEASURES[code],
        "numbers": [
            (number, records_address(side.asked, code) if number.total else "", name)
            for number, side, name in zip(numbers, sides, names, strict=True)
        ],
        "change": change,
        "share": change / numbers[1].total if numbers[1].total else None,
    }


def _sort(choice: Choice, code: str) -> tuple[str, str, str]:
    """Return the column, the address that sorts by it, and how it is sorted now (``aria-sort``)."""
    usual, other = (code, f"-{code}") if code == "name" else (f"-{code}", code)
    now = {code: "ascending", f"-{code}": "descending"}.get(choice.sort, "none")
    return code, choice.to(sort=other if choice.sort == usual else usual) + "#units", now


def _reports(choice: Choice) -> list[tuple[str, str]]:
    query = QueryDict(mutable=True)
    query.update({"year": choice.year, "unit": choice.unit.pk, "basis": choice.basis})
    return [
        (kind.upper(), f"{reverse('portal:report', args=[kind])}?{query.urlencode()}")
        for kind in ("pdf", "xlsx")
    ]


def _compare_address(choice: Choice) -> str:
    return reverse("portal:compare") + choice.to(about=None, measure=None, sort=None)


def _names_of(left: Asked, right: Asked) -> list[str]:
    """Return how the sides are told apart: by the year, by the unit, or by both."""
    if left.unit == right.unit:
        return [str(side.year) for side in (left, right)]
    if left.year == right.year:
        return [side.unit.full_name for side in (left, right)]
    return [f"{side.unit.full_name}, {side.year}" for side in (left, right)]


def _side_by_side(about: str, names: list[str], sides: list[Board]) -> Chart:
    codes = [code for code in THEMES[about].headlines if code != "dialogue_participants"]
    return Chart(
        code=f"compare-{about}",
        title=str(About(about).label),
        heading=_("Measure"),
        categories=[str(sides[0].lines[code].measure.label) for code in codes],
        series=[
            Series(name, [side.numbers[code].total for code in codes])
            for name, side in zip(names, sides, strict=True)
        ],
        shape="rows",
        nested=False,
    )


def _units_to_compare(city: Unit, *chosen: Unit) -> list[tuple[int, str]]:
    """Return the units to choose from: the city, those in force, and the chosen ones if they are no longer."""

    def read() -> list[tuple[int, str]]:
        return list(
            Unit.objects.under(city).in_force().order_by("-parent", "sort_key").values_list("pk", "full_name")
        )

    found = kept(("units to compare", city.pk), read)
    known = dict(found)
    return [*found, *((unit.pk, unit.full_name) for unit in dict.fromkeys(chosen) if unit.pk not in known)]
