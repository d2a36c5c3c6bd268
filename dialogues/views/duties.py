"""The duty to hold dialogues: who owes how many, and last year's plan carried over."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from dialogues import planning
from dialogues.duties import STANDINGS, Standing, standings
from dialogues.exports import FORMATS, export_duties
from dialogues.filters import FIRST_YEAR, LAST_YEAR
from dialogues.querysets import readable_units
from dialogues.views.dialogues import crumbs_to_list
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit import log

ROWS = 100
AT_ONCE = 500
"""So many boxes of a plan fit a form that a browser sends; the others are offered once these are planned."""


class DutiesMixin(StaffRequiredMixin):
    """How the units of the own scope stand in the year of the address, narrowed to one standing if it asks so."""

    page_permission = "dialogues.view_dialogues"

    @cached_property
    def year(self) -> int:
        """Return the year asked for; this one without a sensible wish."""
        asked = self.request.GET.get("year", "")
        is_year = asked.isascii() and asked.isdigit() and len(asked) == len(str(LAST_YEAR))
        return int(asked) if is_year and FIRST_YEAR <= int(asked) <= LAST_YEAR else timezone.localdate().year

    @cached_property
    def all_rows(self) -> list[Standing]:
        """Return how each unit of the scope stands."""
        return standings(readable_units(self.request.user), self.year)

    @cached_property
    def rows(self) -> list[Standing]:
        """Return those with the standing asked for; all without one."""
        asked = self.request.GET.get("standing", "")
        return [row for row in self.all_rows if row.code == asked] if asked in STANDINGS else self.all_rows


class DutiesView(DutiesMixin, TemplateView):
    """Who owes how many, held, planned, overdue; by half-years; ad hoc ones apart."""

    template_name = "dialogues/duties.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of rows, the numbers of units by standing, and the totals."""
        rows = self.all_rows
        counts = {code: sum(row.code == code for row in rows) for code in STANDINGS}
        return super().get_context_data(
            year=self.year,
            page=Paginator(self.rows, ROWS).get_page(self.request.GET.get("page")),
            counts=[(code, label, counts[code]) for code, label in STANDINGS.items() if counts[code]],
            owed=sum(row.owed or 0 for row in rows),
            held=sum(row.held_total for row in rows),
            ahead=sum(row.ahead_total for row in rows),
            overdue=sum(row.overdue for row in rows),
            ad_hoc=sum(row.ad_hoc for row in rows),
            formats=FORMATS,
            may_plan=self.request.user.has_perm("dialogues.record_dialogue"),
            crumbs=crumbs_to_list(),
            **kwargs,
        )


class DutiesExportView(DutiesMixin, View):
    """The same rows as a file; the log keeps who took them away."""

    def get(self, request: HttpRequest, file_format: str) -> HttpResponse:
        """Answer the file."""
        if file_format not in FORMATS:
            raise Http404
        data = {"format": file_format, "filters": ["duties", str(self.year)]}
        log.record("dialogue.export", actor=request.user, target=None, data=data)
        return export_duties(self.rows, self.year, file_format)


class CopyPlanView(DutiesMixin, TemplateView):
    """Last year's plan: shown first, then planned for the year of the address."""

    page_permission = "dialogues.record_dialogue"
    template_name = "dialogues/copy_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what can be carried over and what cannot."""
        found = planning.candidates(self.request.user, self.year)
        will = [one for one in found if not one.why_not]
        return super().get_context_data(
            year=self.year,
            before=self.year - 1,
            will=will[:AT_ONCE],
            later=len(will[AT_ONCE:]),
            cannot=[one for one in found if one.why_not],
            crumbs=[*crumbs_to_list(), (_("Plan and duty"), reverse("dialogues:duties"))],
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Plan what was ticked."""
        ticked = (text for text in request.POST.getlist("id") if text.isascii() and text.isdigit())
        copies = planning.copy_plan(request.user, self.year, {int(text) for text in ticked if len(text) < 19})  # noqa: PLR2004 -- fits a bigint
        if copies:
            words = ngettext("%(n)d dialogue is planned.", "%(n)d dialogues are planned.", len(copies))
            messages.success(request, words % {"n": len(copies)})
        else:
            messages.warning(
                request, _("Nothing was planned: nothing was ticked, or it was planned already.")
            )
        return redirect(f"{reverse('dialogues:duties')}?year={self.year}")
