"""Lists: decisions, their export, and recognised registrations that wait to be nominated."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from awards import exports
from awards.filters import CandidateFilter, DecisionFilter
from awards.models import Decision
from awards.proposing_many import PROPOSE_AWARD
from awards.services import candidates
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit import log
from mobilization.audit.exporting import ExportMixin
from mobilization.core.exports import Sheet, stream_csv, stream_xlsx
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin
from models_registry import exports as registrations
from models_registry.views import bulk


class DecisionFilterMixin(StaffRequiredMixin, FilteredMixin):
    """The decisions that the user may read, narrowed by the address."""

    page_permission = "awards.view_decisions"
    filterset_class = DecisionFilter

    def scoped(self):
        """Return the decisions in the user's scope."""
        return Decision.objects.visible_to(self.request.user).defer("search")


class DecisionListView(ExportMixin, DecisionFilterMixin, StaffListMixin, ListView):
    """The register of decisions: all in scope, drafts first, then the newest."""

    template_name = "awards/list.html"
    keyset_order = ("-listed_on", "-pk")
    orders = {"signed": Order(gettext_lazy("Signed on"), ("-listed_on", "-pk"))}
    columns = {
        "signed": gettext_lazy("Signed on"),
        "signer": gettext_lazy("Signer"),
        "unit": gettext_lazy("Granting unit"),
        "tier": gettext_lazy("Tier"),
        "amends": gettext_lazy("Amends"),
        "awards": gettext_lazy("Awards"),
        "state": gettext_lazy("State"),
    }
    usual_columns = ("signed", "unit", "tier", "awards", "state")
    export_act, export_name = "decision.export", "decisions"

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.decision_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.decision_rows(found)

    def get_queryset(self):
        """Add what a row shows."""
        found = super().get_queryset().select_related("unit", "amends").defer("amends__search")
        return found.annotate(award_count=Count("awards"))

    def get_context_data(self, **kwargs):
        """Add the filter and what the user may begin."""
        context = super().get_context_data(**kwargs)
        return context | {
            "filter": self.filterset,
            "may_draft": self.request.user.has_perm("awards.draft_decision"),
            "export_urls": [
                (name.upper(), reverse("awards:export", args=[name])) for name in ("xlsx", "csv")
            ],
        }


class DecisionExportView(DecisionFilterMixin, View):
    """All awards of the filtered decisions, as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Stream ``kind`` (csv or xlsx)."""
        rows, today = exports.rows(self.get_queryset()), timezone.localdate()
        data = {"filters": self.filters_set(), "format": kind}
        log.record("award.export", actor=request.user, target=None, data=data)
        name = f"awards-{today:%Y-%m-%d}.{kind}"
        if kind == "csv":
            return stream_csv(name, exports.header(), rows)
        return stream_xlsx(name, [Sheet(_("Awards"), exports.header(), rows)])


class CandidateListView(StaffRequiredMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Recognised registrations in scope that no award stands for, to be nominated: one, the ticked ones or all."""

    name = "candidates"
    template_name = "awards/candidates.html"
    page_permission = "awards.draft_decision"
    filterset_class = CandidateFilter
    keyset_order = ("-year", "-pk")
    orders = {"year": Order(gettext_lazy("Year"), ("-year", "-pk"))}
    columns = {
        "registrant": gettext_lazy("Who registers"),
        "unit": gettext_lazy("Unit"),
        "field": gettext_lazy("Field"),
        "level": gettext_lazy("Level"),
        "kind": gettext_lazy("Kind"),
        "year": gettext_lazy("Year"),
    }
    usual_columns = ("registrant", "unit", "year")
    export_act, export_name = "award.export_candidates", "recognised"

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return registrations.header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return registrations.rows(found)

    def scoped(self):
        """Return the recognised ones in the user's scope that no award stands for."""
        return candidates(self.request.user).with_unit()

    def get_context_data(self, **kwargs):
        """Add the filter, and the act that nominates."""
        return super().get_context_data(
            filter=self.filterset,
            bulk_list=self.name,
            bulk_choices=((PROPOSE_AWARD.code, str(PROPOSE_AWARD.button)),),
            **kwargs,
        )


bulk.register_list(CandidateListView, "awards:candidates")
