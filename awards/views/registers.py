"""The registers: certificates and who was handed them, golden books, the yearly list of awards per unit."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from awards.certificates import exports
from awards.certificates.filters import BookFilter, BookPageFilter, RegisterFilter, YearFilter
from awards.models import Award, Handover, NumberBook
from awards.querysets import readable_units
from awards.states import AwardState, RecipientKind
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin


class RegisterMixin(StaffRequiredMixin, ExportMixin, FilteredMixin, StaffListMixin):
    """A register: scoped, filtered, sorted, with all its rows as a file."""

    page_permission = "awards.view_decisions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter=self.filterset, **kwargs)


class AwardRegisterMixin(RegisterMixin):
    """A register whose rows are awards that were issued."""

    model = Award
    export_act = "certificate.export"

    def readable(self) -> QuerySet[Award]:
        """Return the issued awards in the user's scope, with what a row shows."""
        awards = Award.objects.visible_to(self.request.user).issued().for_list()
        return awards.defer("search", "decision__search")

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.award_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.award_rows(found)


class CertificateListView(AwardRegisterMixin, ListView):
    """Every certificate, and whether it was handed out: when, to whom, by whom."""

    template_name = "awards/certificates.html"
    filterset_class = RegisterFilter
    keyset_order = ("-year", "-pk")
    orders = {"year": Order(_("Year"), ("-year", "-pk"))}
    columns = {
        "form": _("Form of award"),
        "decision": _("Decision"),
        "unit": _("Unit"),
        "number": _("Certificate number"),
        "book": _("Golden-book number"),
        "state": _("State"),
        "handed": _("Handed out"),
        "note": _("Note"),
    }
    usual_columns = ("form", "decision", "book", "state", "handed")
    export_name = "certificates"

    def scoped(self) -> QuerySet[Award]:
        """Return the certificates, each with what stands of its handing out."""
        standing = Handover.objects.standing()
        handed = Prefetch("handovers", standing, to_attr="standing_handovers")
        return self.readable().select_related("decision__unit__heir").prefetch_related(handed)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell of each certificate that nobody was handed yet whether the user may hand it out."""
        context, user = super().get_context_data(**kwargs), self.request.user
        for award in context["object_list"]:
            is_waiting = award.state == AwardState.VALID and not award.standing_handovers
            award.may_hand_out = is_waiting and user.has_perm("awards.hand_out_certificates", award.decision)
        return context

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.register_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.register_rows(found)


class BookListView(RegisterMixin, ListView):
    """The golden books of the units that one reads: one for each unit, tier and year."""

    model = NumberBook
    template_name = "awards/books.html"
    filterset_class = BookFilter
    keyset_order = ("-year", "-pk")
    orders = {"year": Order(_("Year"), ("-year", "-pk"))}
    columns = {"tier": _("Tier"), "year": _("Year"), "last": _("Last number")}
    export_act, export_name = "certificate.export_book", "golden-books"

    def scoped(self) -> QuerySet[NumberBook]:
        """Return the books in which something stands."""
        units = readable_units(self.request.user).values("pk")
        return NumberBook.objects.filter(unit__in=units, last_number__gt=0).select_related("unit")

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.book_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.book_rows(found)


class BookDetailView(AwardRegisterMixin, ListView):
    """One golden book, number by number."""

    template_name = "awards/book.html"
    filterset_class = BookPageFilter
    keyset_order = ("golden_book_number", "pk")
    orders = {"number": Order(_("Golden-book number"), ("golden_book_number", "pk"))}
    export_act, export_name = "certificate.export_book", "golden-book"

    @cached_property
    def book(self) -> NumberBook:
        """Return the book in the address; 404 for one of a unit that the user does not read."""
        units = readable_units(self.request.user).values("pk")
        books = NumberBook.objects.filter(unit__in=units).select_related("unit")
        return get_object_or_404(books, pk=self.kwargs["pk"])

    def scoped(self) -> QuerySet[Award]:
        """Return its lines."""
        return self.readable().filter(book=self.book)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the book; filters are not kept for one book of many."""
        return super().get_context_data(book=self.book, **kwargs) | {"list_page": ""}


class YearlyListView(AwardRegisterMixin, ListView):
    """The awards of one year that stand, unit by unit, as statistics count them."""

    template_name = "awards/yearly.html"
    filterset_class = YearFilter
    keyset_order = ("unit__sort_key", "unit_id", "pk")
    orders = {"unit": Order(_("Unit"), ("unit__sort_key", "unit_id", "pk"))}
    columns = {
        "unit": _("Unit"),
        "form": _("Form of award"),
        "achievement": _("Achievement"),
        "decision": _("Decision"),
    }
    export_act, export_name = "certificate.export_year", "awards-of-a-year"

    @cached_property
    def filterset(self) -> YearFilter:
        """Return the filter; where the address names no year it is this one."""
        asked = self.request.GET.copy()
        if not asked.get("year"):
            asked["year"] = str(timezone.localdate().year)
        return self.filterset_class(asked, self.scoped(), request=self.request)

    def scoped(self) -> QuerySet[Award]:
        """Return the awards that stand."""
        return self.readable().valid()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many of each kind there are in all pages together."""
        found = self.get_queryset().order_by().values_list("recipient_kind").annotate(n=Count("pk"))
        counts = dict(found)
        kinds = [(kind.label, counts.get(kind, 0)) for kind in RecipientKind]
        return super().get_context_data(
            year=self.filterset.form.cleaned_data.get("year") if self.filterset.is_valid() else None,
            kinds=kinds,
            total=sum(counts.values()),
            **kwargs,
        )
