"""Pages by key, not by number: page 5,000 costs what page 1 costs, and nothing shifts while one reads."""

import base64
import binascii
import datetime
import decimal
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

DEFAULT_PER_PAGE = 25


class BadCursor(ValueError):
    """The cursor was not made by this list."""


@dataclass(frozen=True)
class KeysetPage:
    """One page: its rows, and the cursors of its neighbours (None where there is none)."""

    items: list[Any]
    next: str | None
    previous: str | None
    paginator: ClassVar[None] = None
    """Templates ask for it: pages by number have one."""

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def has_other_pages(self) -> bool:
        """Tell whether there is anything to page to."""
        return bool(self.next or self.previous)


class KeysetPaginator:
    """Page a queryset by the values of its order.

    ``order`` names fields, each with "-" for descending; together they must be unique and none may be null (end it
    with the primary key). One query a page, one row more than shown. ``shown`` turns the sliced queryset into what is
    read instead, each row with the fields of the order. ``first`` takes an order and a number and returns the rows of
    the first page where it knows a shorter way to them, else None.
    """

    def __init__(
        self,
        queryset: QuerySet,
        order: Sequence[str] = ("-pk",),
        per_page: int = DEFAULT_PER_PAGE,
        shown: Callable[[QuerySet], Iterable[Any]] | None = None,
        first: Callable[[tuple[str, ...], int], Iterable[Any] | None] | None = None,
    ) -> None:
        self.queryset = queryset
        self.order = tuple(order)
        self.per_page = per_page
        self.shown = shown
        self.first = first

    def page(self, cursor: str | None = None, *, strict: bool = False) -> KeysetPage:
        """Return the page at ``cursor``; without one, or with a damaged one, the first page.

        With ``strict`` a damaged cursor raises ``BadCursor`` (the API answers 422).
        """
        try:
            backwards, values = self._decode(cursor) if cursor else (False, None)
            rows = self._rows(backwards, values)
        except (BadCursor, ValidationError, ValueError, TypeError, OverflowError) as error:
            if strict:
                raise BadCursor(str(error)) from error
            backwards, values = False, None
            rows = self._rows(backwards, values)
        more = len(rows) > self.per_page
        rows = rows[: self.per_page]
        if backwards:
            rows.reverse()
        has_next = more if not backwards else True
        has_previous = more if backwards else values is not None
        return KeysetPage(
            items=rows,
            next=self._encode(rows[-1], backwards=False) if rows and has_next else None,
            previous=self._encode(rows[0], backwards=True) if rows and has_previous else None,
        )

    def _rows(self, backwards, values: list[Any] | None) -> list[Any]:
        order = tuple(_reversed(name) for name in self.order) if backwards else self.order
        if values is None and self.first:
            rows = self.first(order, self.per_page + 1)
            if rows is not None:
                return list(rows)
        queryset = self.queryset.order_by(*order)
        if values is not None:
            queryset = queryset.filter(self._after(order, values))
        found = queryset[: self.per_page + 1]
        return list(self.shown(found) if self.shown else found)

    @staticmethod
    def _after(order: Sequence[str], values: list[Any]) -> Q:
        """Return the condition "behind ``values`` in ``order``", led by what an index can start from.

        Where all fields run the same way it is one comparison of rows, which an index answers from the very row.
        """
        names = [name.lstrip("-") for name in order]
        downwards = [name.startswith("-") for name in order]
        if len(order) > 1 and len(set(downwards)) == 1:
            behind = TupleLessThan if downwards[0] else TupleGreaterThan
            return Q(behind(Tuple(*(F(name) for name in names)), tuple(values)))
        lead = "lte" if downwards[0] else "gte"
        condition = Q()
        for position in range(len(order)):
            equal = Q(**dict(zip(names[:position], values[:position], strict=True)))
            operator = "lt" if downwards[position] else "gt"
            condition |= equal & Q(**{f"{names[position]}__{operator}": values[position]})
        return Q(**{f"{names[0]}__{lead}": values[0]}) & condition

    def _encode(self, row: Any, *, backwards: bool) -> str:
        values = [_plain(_resolve(row, name.lstrip("-"))) for name in self.order]
        payload = json.dumps([int(backwards), *values], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")

    def _decode(self, cursor: str) -> tuple[bool, list[Any]]:
        try:
            payload = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except (binascii.Error, ValueError, RecursionError) as error:
            raise BadCursor(cursor[:40]) from error
        if not isinstance(payload, list) or len(payload) != len(self.order) + 1 or payload[0] not in {0, 1}:
            raise BadCursor(cursor[:40])
        values = payload[1:]
        if not all(isinstance(value, str | int | float) and "\x00" not in str(value) for value in values):
            raise BadCursor(cursor[:40])
        pairs = zip(self.order, values, strict=True)
        return bool(payload[0]), [self._field_value(name, value) for name, value in pairs]

    def _field_value(self, name: str, value: Any) -> Any:
        """Return ``value`` as the ordered field holds it; numbers beyond what the column can hold are no cursor."""
        field = F(name.lstrip("-")).resolve_expression(self.queryset.query).output_field
        value = field.to_python(value)
        field.run_validators(value)
        return value


def reversed_order(order: Sequence[str]) -> tuple[str, ...]:
    """Return ``order`` the other way round."""
    return tuple(_reversed(name) for name in order)


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _resolve(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    return value if isinstance(value, int | float) else str(value)
