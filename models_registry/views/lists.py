"""Lists: the registrations that one may read, the queue of those that wait for one's decision, and their export."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.paging import KeysetPage
from mobilization.core.views import FilteredMixin
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry import exports, lines
from models_registry.columns import LABELS, USUAL, chosen_beside
from models_registry.filters import QueueFilter, RegistrationFilter
from models_registry.models import Registration
from models_registry.narrowing import Asked
from models_registry.progress import progress_of
from models_registry.querysets import LONGEST_WAITING_FIRST, NEWEST_FIRST, READERS
from models_registry.questions import Question, readable, review_queue
from models_registry.services import bulk
from models_registry.set_aside import links_for

OF_SMALL_REACH = {"changed", "title"}
"""Orders that no index answers: a unit's own rows are few, the city's are 160,000."""
COUNTED = 1_000
"""So many rows are counted for an act on all of them; beyond that it says "more"."""
COUNTS = "counts"
"""``?counts=1`` asks for the counts as well; asked for by htmx, for nothing else."""


class RegistrationListView(ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Registrations of the own unit, and those below it that were submitted.

    What has to be counted is not waited for: the page asks for it once it stands, without JavaScript by a link.
    """

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
        """Answer the page, or with ``?export=xlsx|csv`` all filtered rows, or the counts alone."""
        if not request.user.has_perm("models_registry.view_registrations"):
            raise Http404
        if self.is_counted and request.htmx:
            return self._counts_alone()
        return super().get(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Leave out the orders without an index for whoever reads the whole city: there they sort every row."""
        super().setup(request, *args, **kwargs)
        if any(unit.kind == UnitKind.CITY for unit in request.user.units_of(*READERS)):
            self.orders = {name: order for name, order in self.orders.items() if name not in OF_SMALL_REACH}

    @cached_property
    def question(self) -> Question:
        """What the user may see here, before any filter."""
        return readable(self.request.user)

    def scoped(self) -> QuerySet:
        """Return the rows that the user may see here, before any filter."""
        return self.question.rows()

    def get_queryset(self) -> QuerySet:
        """Return the filtered rows, put together when somebody reads them: a first page may be written already."""
        return SimpleLazyObject(super().get_queryset) if self.filters_set() else self.scoped()

    def get_template_names(self) -> list[str]:
        """Return the one template, without asking the rows what they are of."""
        return [self.template_name]

    @cached_property
    def narrowed(self) -> tuple[tuple[str, str], ...] | None:
        """Name and value of each filter in use, where all of them are plain; else None."""
        asked = self.filters_set()
        if not self.filterset_class.plain.issuperset(asked):
            return None
        return tuple((name, self.request.GET[name]) for name in asked)

    @property
    def asked(self) -> Asked:
        """What the plain filters in use come to."""
        return self.filterset_class.asked(self.request, self.narrowed)

    def rows_of(self, found: QuerySet) -> list[Any]:
        """Return what the lines show, for the rows of one page only."""
        return lines.rows_of(list(found.values_list("pk", flat=True)), self.shown_columns)

    def first_rows(self, order: tuple[str, ...], number: int) -> list[Any] | None:
        """Return the first page of a question that is written already: where nothing, or one of few things, is asked."""
        if self.narrowed is None or not (self.narrowed == () or self.asked.is_valid):
            return None
        beside = tuple(chosen_beside(self.shown_columns))
        return self.question.first(order, number, beside, self.narrowed, self.get_queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter, the lines, what can be done to many, and the counts where they are asked for."""
        form = SimpleLazyObject(lambda: self.filterset.form)
        context = super().get_context_data(filter_form=form, filter_fields=self.filter_fields(), **kwargs)
        today, columns, page = timezone.localdate(), self.shown_columns, context["page"]
        acts = bulk.offered(self.request.user)
        look = {"queue": self.is_queue, "shown": columns}
        shown = lines.lines(page, today=today, ticks=bool(acts), **look)
        context |= {
            "heads": lines.heads(columns, queue=self.is_queue),
            "lines": shown,
            "rows": lines.body(shown),
            "chips": self.chips(),
            "bulk_acts": acts,
            "bulk_choices": tuple((act.code, str(act.button)) for act in acts),
            "bulk_list": self.name,
            "bulk_count": None if page.has_other_pages() else len(page),
            "counted": self.is_counted,
            "counts_later": not self.is_counted and self.has_counts(page, acts),
        }
        return context | (self.counts() if self.is_counted else {})

    def filter_fields(self) -> SafeString:
        """Return the fields of the filter; what stands in them all day is not written anew."""
        if self.narrowed is None:
            return self.filterset.fields()
        return self.asked.fields if self.narrowed else self.filterset_class.blank(self.request).whole

    def chips(self) -> list[tuple[str, str]]:
        """Return the unit, or the district, of the table of units that the list is narrowed to, and the address without it."""
        asked = next((name for name in ("unit", "area") if self.request.GET.get(name)), "")
        number = self.filterset.form.cleaned_data.get(asked) if asked and self.filterset.is_valid() else None
        unit = Unit.objects.filter(pk=int(number)).only("full_name").first() if number else None
        if unit is None:
            return []
        rest = self.request.GET.copy()
        for name in (asked, "cursor"):
            rest.pop(name, None)
        words = _("%(district)s and its units") % {"district": unit} if asked == "area" else unit.full_name
        return [(str(words), f"?{rest.urlencode()}")]

    # What is counted ---------------------------------------------------------------------------------------------

    @property
    def is_counted(self) -> bool:
        """Tell whether the counts are asked for."""
        return self.request.GET.get(COUNTS) == "1"

    def has_counts(self, page: KeysetPage, acts: list) -> bool:
        """Tell whether there is something to count that the page itself does not tell."""
        return bool(acts and page.has_other_pages() and self.filters_set())

    def counts(self) -> dict[str, Any]:
        """Return how many rows the filter finds, more than ``COUNTED`` as one more; None where nothing narrows them.

        An act on all of them says beforehand how many that are. Never counted to the end: the register is long.
        """
        return {"bulk_count": _count(self.get_queryset()) if self.filters_set() else None}

    def _counts_alone(self) -> HttpResponse:
        acts = bulk.offered(self.request.user)
        answer = render(
            self.request, "models_registry/counts.html", {"bulk_acts": acts, "alone": True} | self.counts()
        )
        patch_vary_headers(answer, ["HX-Request"])
        return answer

    # The file ----------------------------------------------------------------------------------------------------

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

    @cached_property
    def question(self) -> Question:
        """The queue; city staff may ask for what lower reviewers have to decide as well."""
        return review_queue(self.request.user, acting_for=self.is_acting_for)

    @property
    def is_acting_for(self) -> bool:
        """Tell whether what lower reviewers have to decide is asked for as well."""
        return self.request.GET.get("acting_for") == "1"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether what lower reviewers have to decide is shown as well."""
        return super().get_context_data(is_acting_for=self.is_acting_for, **kwargs)

    @cached_property
    def own_count(self) -> int:
        """Return how much that is; asked for by two parts of the page, counted once."""
        return _count(review_queue(self.request.user).rows())

    def has_counts(self, page: KeysetPage, acts: list) -> bool:
        """Tell that there are some: how far the reviewer has come."""
        return True

    def counts(self) -> dict[str, Any]:
        """Return how far the reviewer has come, what is done and not announced, and how many rows there are."""
        user = self.request.user
        whole = not (self.is_acting_for or self.filters_set())
        return {
            "progress": progress_of(user, lambda: self.own_count),
            "set_aside": links_for(user),
            "bulk_count": self.own_count if whole else _count(self.get_queryset()),
        }


def _count(found: QuerySet) -> int:
    return found.order_by().values("pk")[: COUNTED + 1].count()
