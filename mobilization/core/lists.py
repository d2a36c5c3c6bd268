"""Lists of the staff pages: the order and the columns that one chooses, and what each person keeps of a list.

What is kept is kept above, by the accounts, which tell this room how to read it (``keep_with``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise

from mobilization.core.paging import reversed_order
from mobilization.core.views import KeysetListMixin

LONGEST_QUERY = 5_000
LONGEST_VALUE = 200
ALL = "all"
"""``?all=1`` shows a list as it is, whatever filter it begins with for this person."""


@dataclass(frozen=True)
class Kept:
    """What one person keeps of one list: filters (``name``, ``query``, ``is_start``), and its columns if chosen."""

    filters: Sequence[Any] = ()
    columns: tuple[str, ...] = ()

    @property
    def start(self) -> Any:
        """Return the filter that the list begins with, None without one."""
        return next((one for one in self.filters if one.is_start), None)


Keeper = Callable[..., Kept]
_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    """Name who knows what is kept: called with a person, the name of a list, and ``has_columns``: whether there are some to choose."""
    _keepers[:] = [keeper]


@dataclass(frozen=True)
class Order:
    """One order of a list: what it is called, and the fields of its first direction, an index behind them."""

    label: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Sorting:
    """The orders that a list offers, and the one in force."""

    orders: Mapping[str, Order]
    current: tuple[str, ...]

    def state_of(self, name: str) -> tuple[str, str]:
        """Return "ascending", "descending" or "" for the order ``name``, and the word that asks for the next one."""
        fields = self.orders[name].fields
        if self.current not in {fields, reversed_order(fields)}:
            return "", name
        direction = "descending" if self.current[0].startswith("-") else "ascending"
        return direction, f"-{name}" if self.current == fields else name

    def choices(self) -> list[tuple[str, str | Promise, str]]:
        """Return for each order the word of the address, the label and the direction in force."""
        found = ((self.state_of(name), order.label) for name, order in self.orders.items())
        return [(word, label, direction) for (direction, word), label in found]


class OwnListMixin:
    """A table of the staff pages of which one chooses the columns and keeps filters under a name.

    ``columns`` can be left out; the first column of a table cannot, and does not stand here.
    """

    columns: Mapping[str, str | Promise] = {}
    usual_columns: tuple[str, ...] = ()
    """Shown to whoever chose nothing; empty for all of them."""
    more_parameters: tuple[str, ...] = ()
    """What the address of the list takes beside filters, and a saved filter keeps."""
    request: HttpRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Begin with the filter that one chose for that, where the address asks for nothing."""
        return self.begun() or super().get(request, *args, **kwargs)

    def begun(self) -> HttpResponseBase | None:
        """Return the way to the filter that one chose to begin with; None where there is none, or something is asked."""
        if not self.request.GET and self.kept.start:
            return redirect(f"{self.request.path}?{self.kept.start.query}")
        return None

    @cached_property
    def kept(self) -> Kept:
        """Return what the reader keeps of this list."""
        page = self.request.resolver_match.view_name
        return _keepers[0](self.request.user, page, has_columns=bool(self.columns)) if _keepers else Kept()

    @cached_property
    def shown_columns(self) -> tuple[str, ...]:
        """Return the columns to show: of the address, else the kept ones, else the usual ones; in their own order."""
        asked = {name for text in self.request.GET.getlist("columns") for name in text.split(",")}
        chosen = (
            asked & set(self.columns)
            or set(self.kept.columns) & set(self.columns)
            or set(self.usual_columns or self.columns)
        )
        return tuple(name for name in self.columns if name in chosen)

    def own_context(self) -> dict[str, Any]:
        """Return what the chooser of columns and the saved filters are made of."""
        return {
            "kept": self.kept,
            "list_page": self.request.resolver_match.view_name,
            "list_query": clean_query(self.request.GET, self.kept_parameters()),
            "columns": self.columns,
            "shown": dict.fromkeys(self.shown_columns, True),
            "shown_names": self.shown_columns,
        }

    @classmethod
    def kept_parameters(cls) -> list[str]:
        """Return what a saved filter of this list may consist of; never the place one has paged to."""
        filters = list(getattr(cls, "filterset_class", None).base_filters) if _is_filtered(cls) else []
        return [*filters, *cls.more_parameters, *(["columns"] if cls.columns else [])]


class StaffListMixin(OwnListMixin, KeysetListMixin):
    """A list of the staff pages: beside what one keeps of it, orders by the heads of its columns, page by page.

    ``orders`` are those that an index answers at any depth. The context gets ``kept``, ``list_page``, ``sorting``,
    ``columns``, ``shown``.
    """

    orders: Mapping[str, Order] = {}

    def get_keyset_order(self) -> tuple[str, ...]:
        """Return the order that the address asks for, the usual one without any."""
        asked = self.request.GET.get("order", "")
        order = self.orders.get(asked.removeprefix("-"))
        if order is None:
            return self.keyset_order
        return reversed_order(order.fields) if asked.startswith("-") else order.fields

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the heads, the chooser of columns and the saved filters are made of."""
        sorting = Sorting(self.orders, self.get_keyset_order())
        return super().get_context_data(
            sorting=sorting, per_page=self.per_page(), **self.own_context(), **kwargs
        )

    @classmethod
    def kept_parameters(cls) -> list[str]:
        """Return what a saved filter of this list may consist of: the order and the size of a page as well."""
        return [*super().kept_parameters(), *(["order"] if cls.orders else []), "per_page"]


def list_view(page: str) -> type[OwnListMixin] | None:
    """Return the list that ``page`` is the name of, None if there is no such list."""
    try:
        found = getattr(resolve(reverse(page)).func, "view_class", None)
    except NoReverseMatch:
        return None
    return found if found is not None and issubclass(found, OwnListMixin) else None


def clean_query(asked: QueryDict, names: Sequence[str]) -> str:
    """Return the query of an address with nothing but ``names`` in it, without what is empty or too long."""
    kept = QueryDict(mutable=True)
    for name in names:
        values = [text for text in asked.getlist(name) if text.strip() and len(text) <= LONGEST_VALUE]
        if values:
            kept.setlist(name, values)
    return kept.urlencode()


def _is_filtered(view: type) -> bool:
    return getattr(view, "filterset_class", None) is not None
