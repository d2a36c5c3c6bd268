"""What somebody reads, and what waits for him: questions that are put together once for all that he holds.

To put such a question together takes Django ten times as long as the database takes to answer it, and the same people
ask it all day. All that it depends on is part of the key: who asks, the day, the positions and their units, the rules
of who decides what.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.utils import timezone

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.core.once import Once
from mobilization.core.statements import PlannedStatement, Statement
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry import lines
from models_registry.models import DecidingTier, Registration
from models_registry.querysets import NEWEST_FIRST, READERS, RegistrationQuerySet

if TYPE_CHECKING:
    from mobilization.accounts.models import User

_RULES = Statement(
    lambda: DecidingTier.objects.order_by("pk").values_list(
        "level", "unit_tier", "decides", "role", "valid_from", "valid_to"
    )
)


MOST_PAGES = 64
"""So many first pages of one question are kept: orders, columns, filters."""


class Question:
    """A question about registrations; its first pages, which everybody opens, are written once as well.

    ``units`` are those that all of ``found`` were filed under, where these are few.
    """

    def __init__(self, found: RegistrationQuerySet, units: QuerySet[Unit] | None = None) -> None:
        self._found = found
        self._units = units
        self._pages: Once[Statement] = Once(MOST_PAGES)
        # Django finishes some parts of a question when it first writes them down: before threads share them.
        with suppress(EmptyResultSet):
            found.query.sql_with_params()

    def rows(self) -> RegistrationQuerySet:
        """Return the rows, to be narrowed and ordered."""
        return self._found.all()

    def first(
        self,
        order: tuple[str, ...],
        number: int,
        beside: tuple[str, ...] = (),
        narrowed: tuple[tuple[str, str], ...] = (),
        narrow: Callable[[], QuerySet] | None = None,
    ) -> list[Any]:
        """Return the first ``number`` rows in ``order``, as ``lines.described`` describes them; one statement.

        ``narrowed`` says by which filters ``narrow`` has narrowed the rows: name and value of each, and nothing else
        than these and what is asked may make a difference.
        """

        def page() -> Statement:
            found = narrow() if narrow else self._found
            if self._units is not None and order == NEWEST_FIRST and not narrowed:
                found = self._found.first_of_each(self._units, order, number)
            ids = found.order_by(*order).values("id")[:number]
            return PlannedStatement(lambda: lines.described(ids, beside).order_by(*order))

        try:
            return self._pages.get((order, number, beside, narrowed), page).rows()
        except EmptyResultSet:
            return []


_questions: Once[Question] = Once(512)


def readable(user: "User") -> Question:
    """Return ``Registration.objects.visible_to(user)``, as it is today."""
    return _asked("visible_to", user, (), lambda: Registration.objects.visible_to(user), _few_units)


def review_queue(user: "User", *, acting_for: bool = False) -> Question:
    """Return ``Registration.objects.awaiting_review_by(user)``, as it is today; one statement reads the rules."""
    return _asked(
        "awaiting_review_by",
        user,
        (acting_for, *_RULES.rows()),
        lambda: Registration.objects.awaiting_review_by(user, acting_for=acting_for),
    )


def _few_units(user: "User") -> QuerySet[Unit] | None:
    """Return the units whose registrations ``user`` may read, None where that is the whole city."""
    roles = (Role.OFFICIAL, *READERS)
    if any(unit.kind == UnitKind.CITY for unit in user.units_of(*roles)):
        return None
    return scope_units(user, *roles)


def _asked(
    name: str,
    user: "User",
    more: tuple,
    make: Callable[[], RegistrationQuerySet],
    units: Callable[["User"], QuerySet[Unit] | None] = lambda _user: None,
) -> Question:
    held = tuple((one.role, one.unit_id, one.unit.kind, one.unit.path) for one in user.positions_in_force())
    key = (name, user.pk, user.is_active, timezone.localdate(), held, more)
    return _questions.get(key, lambda: Question(make(), units(user)))
