"""What is decided and not announced: the list with its totals, and taking one back."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import ActView, FilteredMixin, PagePermissionMixin
from mobilization.publication import exports, totals
from mobilization.publication.filters import PendingFilter
from mobilization.publication.models import PendingDecision
from mobilization.publication.services import withdraw
from models_registry.models import Campaign

UNFOLDED = 12
"""A longer table of units is opened by whoever wants it."""


def filtered(request: HttpRequest, data: QueryDict) -> PendingFilter:
    """Return the filter over what the user sees; without a campaign it is the latest in which decisions wait."""
    waiting = PendingDecision.objects.pending().visible_to(request.user)
    found = PendingFilter(data, queryset=waiting, request=request)
    if not data.get("campaign"):
        latest = found.form.fields["campaign"].queryset.first()
        if latest is not None:
            data = data.copy()
            data["campaign"] = str(latest.pk)
            found = PendingFilter(data, queryset=waiting, request=request)
    return found


class PendingListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Decisions of one campaign that wait to be announced, with what announcing would make of the year."""

    model = PendingDecision
    template_name = "publication/pending.html"
    page_permission = "publication.view_pending"
    filterset_class = PendingFilter
    orders = {
        "entered": Order(_("Entered at"), ("pk",)),
        "unit": Order(_("Unit"), ("registration__unit__sort_key", "pk")),
    }
    columns = {
        "unit": _("Unit"),
        "registrant": _("Who registers"),
        "level": _("Level"),
        "field": _("Field"),
        "kind": _("Kind"),
        "decision": _("Decision"),
        "source": _("Decided at"),
        "entered": _("Entered at"),
    }
    usual_columns = ("unit", "level", "decision", "source")
    export_act, export_name = "pending.export", "decisions"

    def export_header(self) -> list[str]:
        """Return the headings of the file: those of an announcement."""
        return exports.header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.rows(found.select_related(None))

    keyset_order = ("pk",)

    @cached_property
    def filterset(self) -> PendingFilter:
        """Return the filter, bound to the address."""
        return filtered(self.request, self.request.GET)

    @cached_property
    def found(self) -> QuerySet:
        """Return the filtered decisions; a filter that makes no sense finds nothing and says so at its field."""
        return self.filterset.qs if self.filterset.is_valid() else PendingDecision.objects.none()

    def get_queryset(self) -> QuerySet:
        """Return the filtered decisions, with what a line shows."""
        return self.found.in_words()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter form and the totals of all filtered rows."""
        campaign = self.filterset.form.cleaned_data.get("campaign") if self.filterset.is_valid() else None
        more = {"filter_form": self.filterset.form, "campaign": campaign}
        if isinstance(campaign, Campaign):
            more["tables"] = tables = self.tables(campaign)
            more["total"] = sum(line.recognise + line.refuse for line in tables[0][2])
        return super().get_context_data(**more, **kwargs)

    def tables(self, campaign: Campaign) -> list[tuple[Any, Any, list[totals.Total], bool, bool]]:
        """Return the totals: heading, what a line is, the lines, whether targets belong to them, whether unfolded."""
        scope = scope_units(self.request.user, Role.REVIEWER, Role.CITY_STAFF)
        asked = (self.found, campaign, scope)
        units = totals.by_unit(*asked)
        return [
            (_("By level"), _("Level"), totals.by_level(*asked), False, True),
            (_("By field"), _("Field"), totals.by_field(*asked), False, True),
            (_("By unit"), _("Unit"), units, True, len(units) <= UNFOLDED),
        ]


class WithdrawView(ActView):
    """Take one decision back before it is announced."""

    http_method_names = ["get", "post"]
    permission_required = "publication.withdraw_pending"
    success_message = _("The decision is taken back; nothing was announced.")

    def get_queryset(self) -> QuerySet:
        """Return what waits and the user sees."""
        return PendingDecision.objects.pending().visible_to(self.request.user).in_words()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what would be taken back."""
        return render(request, "publication/withdraw.html", {"pending": self.get_object()})

    def act(self, obj: PendingDecision, form: None) -> None:
        """Take it back."""
        withdraw(obj, actor=self.request.user)

    def get_success_url(self, obj: PendingDecision, result: None) -> str:
        """Return to the list."""
        return reverse("publication:pending")
