"""The log for those who watch: by act, person, unit and day; and as a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from mobilization.audit import acts, exports
from mobilization.audit.exporting import ExportMixin
from mobilization.audit.filters import AuditFilter
from mobilization.audit.models import AuditEntry, AuditSeal
from mobilization.audit.querysets import AuditEntryQuerySet
from mobilization.audit.targets import attach_targets
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin, PagePermissionMixin


class AuditListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """The entries one may read: who did what, latest first."""

    page_permission = "audit.view_entries"
    template_name = "audit/list.html"
    filterset_class = AuditFilter
    keyset_order = ("-at", "-id")
    orders = {"time": Order(_("Time"), ("-at", "-id"))}
    columns = {"record": _("Record"), "unit": _("Unit"), "who": _("Who"), "time": _("Time")}
    export_act, export_name = "audit.export", "audit"

    def scoped(self) -> AuditEntryQuerySet:
        """Return the entries in scope."""
        return AuditEntry.objects.visible_to(self.request.user)

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

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.header()

    def export_rows(self, found: AuditEntryQuerySet) -> Iterator[list]:
        """Yield the rows of the file; that it was taken is an entry itself."""
        return exports.rows(found)
