"""What was announced: the list, one announcement with its decisions, and its list as a workbook."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from mobilization.accounts.scopes import scope_units
from mobilization.audit import log
from mobilization.audit.exporting import ExportMixin
from mobilization.core.exports import Sheet, stream_xlsx
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.paging import KeysetPaginator
from mobilization.core.views import FilteredMixin, PagePermissionMixin
from mobilization.publication import exports
from mobilization.publication.filters import PublicationFilter
from mobilization.publication.models import PendingDecision, Publication
from mobilization.publication.states import Act
from models_registry.querysets import READERS
from models_registry.states import Level, WorkField

ROWS = 100


class PublicationListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Announcements, the latest first."""

    model = Publication
    template_name = "publication/list.html"
    page_permission = "publication.view_publications"
    keyset_order = ("-published_at", "-pk")
    orders = {
        "published": Order(_("Announced at"), ("-published_at", "-pk")),
        "decided": Order(_("Decision date"), ("-decided_on", "-pk")),
    }
    columns = {
        "number": _("Decision number"),
        "body": _("Recognised by"),
        "campaign": _("Campaign"),
        "total": _("Decisions"),
        "by": _("Announced by"),
        "published": _("Announced at"),
    }
    usual_columns = ("number", "campaign", "total", "published")
    filterset_class = PublicationFilter
    export_act, export_name = "publication.list_export", "announcements"

    def scoped(self) -> QuerySet:
        """Return the announcements that concern the user's units."""
        seen = Publication.objects.visible_to(self.request.user)
        return seen.select_related("campaign", "published_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter_form=self.filterset.form, **kwargs)

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.announcements_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.announcements(found)


class PublicationDetailView(PagePermissionMixin, DetailView):
    """One announcement: its document, its numbers, and the decisions on the user's units."""

    model = Publication
    template_name = "publication/detail.html"
    page_permission = "publication.view_publications"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the page, or with ``?export=xlsx`` all its rows."""
        if request.GET.get("export") == "xlsx":
            return self.export()
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        """Return the announcements that concern the user's units."""
        return Publication.objects.visible_to(self.request.user).select_related("campaign", "published_by")

    def decisions(self) -> QuerySet[PendingDecision]:
        """Return the decisions of this announcement on registrations that the user reads."""
        reach = scope_units(self.request.user, *READERS)
        return PendingDecision.objects.filter(publication=self.object, registration__unit__in=reach)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of decisions and the numbers in words."""
        paginator = KeysetPaginator(self.decisions().in_words(), ("pk",), ROWS)
        page = paginator.page(self.request.GET.get("cursor"))
        counts = [
            (label, counted.get(code, 0))
            for name, words in (("act", Act), ("level", Level), ("field", WorkField))
            for code, label in words.choices
            if (counted := self.object.counts.get(name, {})).get(code)
        ]
        return super().get_context_data(page=page, decisions=page.items, counts=counts, **kwargs)

    def export(self) -> HttpResponse:
        """Answer all decisions as a workbook; that somebody took them is logged."""
        self.object, user = self.get_object(), self.request.user
        found = self.decisions().in_order()
        log.record("publication.export", actor=user, target=self.object, unit=self.object.city)
        filename = f"publication-{timezone.localtime(self.object.published_at):%Y-%m-%d}.xlsx"
        return stream_xlsx(filename, [Sheet("DVK", exports.header(), exports.rows(found))])
