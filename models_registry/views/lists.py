"""Lists: the registrations that one may read, the queue of those that wait for one's decision, and their export."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.paging import KeysetPage
from mobilization.core.views import FilteredMixin
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry import exports, lines
from models_registry.columns import LABELS, USUAL
from models_registry.filters import QueueFilter, RegistrationFilter
from models_registry.models import Registration
from models_registry.progress import progress_of
from models_registry.querysets import LONGEST_WAITING_FIRST, NEWEST_FIRST, READERS
from models_registry.services import bulk
from models_registry.set_aside import links_for

OF_SMALL_REACH = {"changed", "title"}
"""Orders that no index answers: a unit's own rows are few, the city's are 160,000."""
COUNTED = 1_000
"""So many rows are counted for an act on all of them; beyond that it says "more"."""


class RegistrationListView(ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Registrations of the own unit, and those below it that were submitted."""

    model = Registration
    template_name = "models_registry/list.html"
    filterset_class = RegistrationFilter
    keyset_order = NEWEST_FIRST
    orders = {
        "year": Order(_("Year"), NEWEST_FIRST),
        "changed": Order(_("Changed on"), ("-changed_at", "-id")),
        "title": Order(_("Title"), ("title", "id")),
    }
    columns, usual_columns = LABELS, USUAL
    export_act, export_name = "registration.export", "registrations"
    name = "list"
    is_queue = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the page, or with ``?export=xlsx|csv`` all filtered rows."""
        if not request.user.has_perm("models_registry.view_registrations"):
            raise Http404
        return super().get(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Leave out the orders without an index for whoever reads the whole city: there they sort every row."""
        super().setup(request, *args, **kwargs)
        if any(unit.kind == UnitKind.CITY for unit in request.user.units_of(*READERS)):
            self.orders = {name: order for name, order in self.orders.items() if name not in OF_SMALL_REACH}

    def scoped(self) -> QuerySet:
        """Return what the user may see here, before any filter."""
        return Registration.objects.visible_to(self.request.user)

    def rows_of(self, found: QuerySet) -> QuerySet:
        """Return what the lines show, for the rows of one page only."""
        return lines.rows_of(found, self.shown_columns)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter form and the lines."""
        context = super().get_context_data(filter_form=self.filterset.form, **kwargs)
        today, columns = timezone.localdate(), self.shown_columns
        shown = lines.lines(context["object_list"], today=today, queue=self.is_queue, shown=columns)
        many = {"bulk_acts": bulk.offered(self.request.user), "bulk_list": self.name}
        if many["bulk_acts"]:
            many["bulk_count"] = self.count_of(context["page"])
        return context | many | {"lines": shown, "queue": self.is_queue, "chips": self.chips()}

    def chips(self) -> list[tuple[str, str]]:
        """Return the unit of the table of units that the list is narrowed to, and the address without it."""
        asked = self.filterset.form.cleaned_data.get("unit") if self.filterset.form.is_valid() else None
        unit = Unit.objects.filter(pk=int(asked)).only("full_name").first() if asked else None
        if unit is None:
            return []
        rest = self.request.GET.copy()
        for name in ("unit", "cursor"):
            rest.pop(name, None)
        return [(unit.full_name, f"?{rest.urlencode()}")]

    def count_of(self, page: KeysetPage) -> int | None:
        """Return how many rows the filter finds, more than ``COUNTED`` as one more; None where nothing narrows them.

        An act on all of them says beforehand how many that are. Never counted to the end: the register is long.
        """
        if not page.has_other_pages():
            return len(page)
        if not (self.is_queue or self.filters_set()):
            return None
        return _count(self.get_queryset())

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.rows(found)


class ReviewQueueView(RegistrationListView):
    """What waits for the user's decision, the longest waiting first."""

    template_name = "models_registry/queue.html"
    filterset_class = QueueFilter
    keyset_order = LONGEST_WAITING_FIRST
    orders = {"since": Order(_("Waiting since"), LONGEST_WAITING_FIRST)}
    more_parameters = ("acting_for",)
    name = "queue"
    is_queue = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the page to those who review at all."""
        if not request.user.has_perm("models_registry.review_registrations"):
            raise Http404
        return super().get(request, *args, **kwargs)

    def scoped(self) -> QuerySet:
        """Return the queue; city staff may ask for what lower reviewers have to decide as well."""
        if self.is_acting_for:
            return Registration.objects.awaiting_review_by(self.request.user, acting_for=True)
        return self.own_queue

    @property
    def is_acting_for(self) -> bool:
        """Tell whether what lower reviewers have to decide is asked for as well."""
        return self.request.GET.get("acting_for") == "1"

    @cached_property
    def own_queue(self) -> QuerySet:
        """Return what is the user's own to decide."""
        return Registration.objects.awaiting_review_by(self.request.user)

    @cached_property
    def own_count(self) -> int:
        """Return how much that is; asked for by two parts of the page, counted once."""
        return _count(self.own_queue)

    def count_of(self, page: KeysetPage) -> int | None:
        """Return as every list does how many rows there are; of the whole own queue that is known already."""
        whole = not (self.is_acting_for or self.filters_set())
        return self.own_count if whole and page.has_other_pages() else super().count_of(page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how far the reviewer has come, and where that is which he is done with and is not announced."""
        user = self.request.user
        progress = progress_of(user, lambda: self.own_count)
        return super().get_context_data(progress=progress, set_aside=links_for(user), **kwargs)


def _count(found: QuerySet) -> int:
    return found.order_by().values("pk")[: COUNTED + 1].count()
