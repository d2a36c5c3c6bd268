"""My units × this campaign: who owes what, as a table and as a file."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from mobilization.accounts.scopes import in_scope
from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.core.exports import Sheet, stream_csv, stream_xlsx
from mobilization.core.lists import OwnListMixin
from mobilization.core.templatetags.portal import number, share
from models_registry import matrix
from models_registry.filters import LATE, REGISTERED, SENT_BACK, TO_PROPOSE
from models_registry.matrix import DRAFTS, Debts, Line, Owed
from models_registry.querysets import READERS
from models_registry.states import State
from models_registry.views.matrix_lines import MatrixMixin, owed_words
from models_registry.windows import standings_of

LEADS_TO = {
    "registered": REGISTERED,
    "waiting": State.SUBMITTED,
    "returned": SENT_BACK,
    "accepted": State.ACCEPTED,
    "reported": State.REPORTED,
    "recognised": State.RECOGNISED,
    "late": LATE,
}
"""The filter of the list behind each number. Behind drafts there is none: nobody sees another unit's draft."""

COLUMNS = {
    "target": gettext_lazy("Target"),
    "registered": gettext_lazy("Registered"),
    matrix.SHARE: gettext_lazy("Of the target"),
    DRAFTS: gettext_lazy("Drafts"),
    "waiting": gettext_lazy("Waiting"),
    "returned": gettext_lazy("Returned"),
    "accepted": gettext_lazy("Being carried out"),
    "reported": gettext_lazy("Results reported"),
    "recognised": gettext_lazy("Recognised"),
    "late": gettext_lazy("Late"),
}
OPEN_ALL = "all"


class MatrixView(OwnListMixin, MatrixMixin, View):
    """The table; where there are districts it is folded by them, and opens as the address says (``?open=<district>``)."""

    columns = COLUMNS

    @classmethod
    def kept_parameters(cls) -> list[str]:
        """Return what a saved filter of the table may consist of."""
        return ["q", "campaign", "parent", "sort", "open", "columns"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the page, or with ``?export=xlsx|csv`` all filtered rows as a file."""
        kind = request.GET.get("export")
        if kind in {"xlsx", "csv"} and self.campaign:
            return self.export(kind)
        return self.begun() or self.page()

    def page(self) -> HttpResponse:
        """Answer the page."""
        user, today = self.request.user, timezone.localdate()
        windows = list(self.campaign.windows.all()) if self.campaign else []
        debts = self.debts(windows, today)
        total = matrix.total_of(self.lines)
        context = {
            "campaign": self.campaign,
            "filter_form": self.form,
            "rows": [self.shown_row(row, debts) for row in self.rows],
            "folds": self.folds(),
            "units": len(self.lines),
            "total": self.cells(total, "" if self.leads_everywhere() else None),
            "heads": self.heads(),
            "owing": sum(bool(debts.by(line)) for line in self.lines),
            "shows_parents": "parent" in self.form.fields and not self.is_folded,
            "standing": standings_of(windows, today),
            "may_remind": user.has_perm("models_registry.remind_units"),
            "upward": self.upward() if user.has_role(Role.REVIEWER) else "",
            "keep": [(name, self.request.GET[name]) for name in ("sort",) if self.request.GET.get(name)],
        }
        return render(self.request, "models_registry/matrix.html", context | self.own_context())

    def debts(self, windows: list, today: datetime.date) -> Debts:
        """Return what can be owed today."""
        return Debts.of(windows, today, self.campaign.extensions.in_force(today) if self.campaign else ())

    # Districts ---------------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[matrix.Row]:
        """Return the rows: districts with what is inside them while nothing is searched for, else each unit."""
        if self.form.is_valid() and (self.form.cleaned_data["q"] or self.form.cleaned_data.get("parent")):
            return [matrix.Row(line) for line in self.lines]
        return matrix.ordered_rows(matrix.folded(self.narrowed), self.asked.get("sort", ""))

    @property
    def is_folded(self) -> bool:
        """Tell whether there are districts to open."""
        return any(row.inside for row in self.rows)

    @cached_property
    def opened(self) -> set[str]:
        """Return the districts that stand open, by id."""
        every = [str(row.line.pk) for row in self.rows if row.inside]
        asked = self.request.GET.getlist("open")
        return set(every) if OPEN_ALL in asked else set(every) & set(asked)

    def folds(self) -> list[tuple[str, str]]:
        """Return word and address of opening and of folding all districts."""
        if not self.is_folded:
            return []
        return [
            (_("Open all districts"), self.address([OPEN_ALL])),
            (_("Fold all districts"), self.address([])),
        ]

    def address(self, opened: list[str]) -> str:
        """Return the address of the table with just these districts open."""
        asked = self.request.GET.copy()
        asked.setlist("open", opened)
        return f"?{asked.urlencode()}"

    def shown_row(self, row: matrix.Row, debts: Debts) -> dict[str, Any]:
        """Return what is written of a row, and of the lines inside it where it stands open."""
        line, pk = row.line, str(row.line.pk)
        if not row.inside:
            return self.shown_line(line, f"&unit={pk}", debts.by(line))
        is_open = pk in self.opened
        others = sorted(self.opened ^ {pk})
        inside = (self.shown_line(one, f"&unit={one.pk}", debts.by(one)) for one in row.inside)
        return self.shown_line(line, f"&area={pk}", debts.by_all(row.inside)) | {
            "size": len(row.inside),
            "is_open": is_open,
            "toggle": f"{self.address(others)}#d{pk}",
            "inside": [one | {"is_own": one["line"].pk == line.pk} for one in inside] if is_open else [],
        }

    def shown_line(self, line: Line, where: str, owed: Owed) -> dict[str, Any]:
        """Return what is written of one line."""
        cells = self.cells(line, where)
        return {
            "line": line,
            "cells": cells,
            "written": written(line.name, cells),
            "owed": owed,
            "words": owed_words(owed),
        }

    # Columns -----------------------------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> list[tuple[str, str]]:
        """Name and heading of the columns that are shown."""
        return [(name, str(COLUMNS[name])) for name in self.shown_columns]

    @cached_property
    def behind(self) -> str:
        """Where the registrations of the campaign's year are listed."""
        return f"{reverse('models_registry:list')}?year={self.campaign.year if self.campaign else ''}"

    def cells(self, line: Line, where: str | None) -> list[tuple[str, str, str]]:
        """Return (heading, what it says, where it leads) of each number of a line; ``where`` None leads nowhere."""
        base = f"{self.behind}{where}&state="
        found = []
        for name, heading in self.labels:
            value = matrix.value_of(line, name)
            said = share(value) if name == matrix.SHARE else number(value)
            leads = where is not None and value and name in LEADS_TO
            found.append(
                (heading, said if value is not None else "–", base + LEADS_TO[name] if leads else "")
            )
        return found

    def leads_everywhere(self) -> bool:
        """Tell whether the list, without naming a unit, finds just what the totals count."""
        if len(self.lines) != len(self.everything):
            return False
        units = self.request.user.units_of(Role.OFFICIAL)
        return all(in_scope(self.request.user, unit, *READERS) for unit in units)

    def heads(self) -> list[dict[str, Any]]:
        """Return the headings of the columns, each with the order that it leads to and the one in force."""
        now = self.request.GET.get("sort", "")
        found = []
        for name, heading in [(matrix.NAME, _("Unit")), *self.labels]:
            first, second = (name, f"-{name}") if name == matrix.NAME else (f"-{name}", name)
            order = {name: "ascending", f"-{name}": "descending"}.get(now, "")
            found.append({"label": heading, "sort": second if now == first else first, "order": order})
        return found

    def upward(self) -> str:
        """Return where the recognised models of the area are sent upward, all in one act."""
        year = self.campaign.year if self.campaign else ""
        chosen = {"list": "list", "act": "propose", "rows": "all"}
        chosen["q"] = urlencode({"year": year, "state": TO_PROPOSE})
        return f"{reverse('models_registry:bulk')}?{urlencode(chosen)}"

    def export(self, kind: str) -> HttpResponse:
        """Answer all filtered rows; that somebody took them is logged."""
        data = {"filter": self.request.GET.urlencode()[:500], "format": kind}
        log.record(
            "campaign.export",
            actor=self.request.user,
            target=self.campaign,
            unit=self.campaign.city,
            data=data,
        )
        header = [
            *(
                _("Unit code"),
                _("Unit"),
                _("Directly under"),
                *(str(heading) for heading in COLUMNS.values()),
            ),
            *([_("Line")] if self.is_folded else []),
        ]
        filename = f"units-{self.campaign.year}-{timezone.localdate():%Y-%m-%d}.{kind}"
        if kind == "csv":
            return stream_csv(filename, header, self.exported())
        return stream_xlsx(filename, [Sheet("DVK", header, self.exported())])

    def exported(self) -> Iterator[list[Any]]:
        """Yield a row of the file for each line; of a folded table first the sum of a district, then its units.

        A share is a number of percent. The last column keeps sums and units apart: who adds up a column takes one of them.
        """
        for row in self.rows:
            if not row.inside:
                yield [*_values(row.line), *([_("Unit")] if self.is_folded else [])]
                continue
            yield [*_values(row.line), _("Sum of the district")]
            for line in row.inside:
                yield [*_values(line), _("The district itself") if line.pk == row.line.pk else _("Unit")]


def written(unit: str, cells: Sequence[tuple[str, str, str]]) -> SafeString:
    """Return the ``cells`` of a unit as they stand in its row; in Python, a table has a thousand and more of them."""
    name = escape(unit)
    return SafeString(
        "".join(
            f'<td class="num"><a href="{escape(url)}" aria-label="{name}, {escape(heading)}: {said}">{said}</a></td>'
            if url
            else f'<td class="num">{said}</td>'
            for heading, said, url in ((heading, escape(said), url) for heading, said, url in cells)
        )
    )


def _values(line: Line) -> list[Any]:
    values = (matrix.value_of(line, name) for name in COLUMNS)
    row = [round(value * 100, 1) if isinstance(value, float) else value for value in values]
    return [line.code, line.name, line.parent_name, *row]
