"""The log for those who watch: by act, person, unit and day; and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import ListView, View

from mobilization.audit import acts, log
from mobilization.audit.exports import entries_csv
from mobilization.audit.filters import AuditFilter
from mobilization.audit.models import AuditEntry, AuditSeal
from mobilization.audit.querysets import AuditEntryQuerySet
from mobilization.audit.targets import attach_targets
from mobilization.core.lists import StaffListMixin
from mobilization.core.views import FilteredMixin, PagePermissionMixin


class FilteredEntries(PagePermissionMixin, FilteredMixin):
    """The entries one may read, filtered as the address says."""

    page_permission = "audit.view_entries"
    filterset_class = AuditFilter

    def scoped(self) -> AuditEntryQuerySet:
        """Return the entries in scope."""
        return AuditEntry.objects.visible_to(self.request.user)


class AuditListView(FilteredEntries, StaffListMixin, ListView):
    """Who did what, latest first."""

    template_name = "audit/list.html"
    keyset_order = ("-at", "-id")

    def get_queryset(self) -> AuditEntryQuerySet:
        """Return the filtered entries with persons and units."""
        return super().get_queryset().select_related("actor", "unit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the records that the entries are about, the filter, and the last seal."""
        context = super().get_context_data(
            filter_form=self.filterset.form, seal=AuditSeal.objects.order_by("-block").first(), **kwargs
        )
        for entry in attach_targets(context["object_list"]):
            entry.label = acts.label_of(entry.act)
            entry.particulars = acts.particulars_of(entry.act, entry.data)
        return context


class AuditExportView(FilteredEntries, View):
    """All filtered entries as CSV; that it was taken is an entry itself."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Record, then answer the file."""
        log.record("audit.export", actor=request.user, target=None, data={"filters": self.filters_set()})
        return entries_csv(self.get_queryset())
