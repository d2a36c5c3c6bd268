"""The staff home, what one sent, and the dates ahead."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView, View

from mobilization.audit.exporting import ExportMixin
from mobilization.core.exports import attachment
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin, PagePermissionMixin
from mobilization.desk.calendars import calendar
from mobilization.desk.dates import dates_ahead
from mobilization.desk.filters import SentFilter
from mobilization.desk.work import own_first, own_work, sent_by
from mobilization.messaging.todos import waiting_for
from models_registry import exports, lines
from models_registry.columns import LABELS, USUAL
from models_registry.querysets import NEWEST_FIRST

DAYS_AT_HOME, DAYS_AHEAD = 60, 90
SHOWN = 8


class HomeView(TemplateView):
    """What waits for me, what I sent, which dates are ahead. The gate has asked for a position."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the three parts."""
        user = self.request.user
        dates = dates_ahead(user, DAYS_AT_HOME)
        drafts, sent = own_work(user)
        return super().get_context_data(
            groups=own_first(waiting_for(user), drafts),
            first=bool(drafts),
            sent=sent,
            dates=dates[:SHOWN],
            more_dates=len(dates) - SHOWN,
            days=DAYS_AT_HOME,
            **kwargs,
        )


class SentListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """What I sent and where it stands, the last changed first."""

    page_permission = "models_registry.view_registrations"
    template_name = "desk/sent.html"
    filterset_class = SentFilter
    keyset_order = ("-changed_at", "-id")
    orders = {
        "changed": Order(_("Changed on"), ("-changed_at", "-id")),
        "year": Order(_("Year"), NEWEST_FIRST),
        "title": Order(_("Title"), ("title", "id")),
    }
    columns, usual_columns = LABELS, USUAL
    export_act, export_name = "registration.export", "sent"

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.rows(found)

    def scoped(self) -> QuerySet:
        """Return the own ones."""
        return sent_by(self.request.user)

    def rows_of(self, found: QuerySet) -> list[Any]:
        """Return what the lines show."""
        return lines.rows_of(list(found.values_list("pk", flat=True)), self.shown_columns)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter form and the lines."""
        context = super().get_context_data(filter_form=self.filterset.form, **kwargs)
        today, shown = timezone.localdate(), self.shown_columns
        found = lines.lines(context["object_list"], today=today, shown=shown)
        return context | {"heads": lines.heads(shown), "rows": lines.body(found)}


class DatesView(PagePermissionMixin, TemplateView):
    """The dates of the next quarter."""

    page_permission = "desk.use"
    template_name = "desk/dates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the dates."""
        return super().get_context_data(
            dates=dates_ahead(self.request.user, DAYS_AHEAD), days=DAYS_AHEAD, **kwargs
        )


class CalendarView(PagePermissionMixin, View):
    """The same dates as a file for a calendar."""

    page_permission = "desk.use"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the file."""
        host = f"{request.scheme}://{request.get_host()}"
        text = calendar(dates_ahead(request.user, DAYS_AHEAD), host)
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = attachment("dan-van-kheo.ics")
        return response
