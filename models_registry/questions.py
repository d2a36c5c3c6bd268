"""What somebody reads, and what waits for him: questions that are put together once for all that he holds.

To put such a question together takes Django ten times as long as the database takes to answer it, and the same people
ask it all day. All that it depends on is part of the key: who asks, the day, the positions and their units, the rules
of who decides what.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.utils import timezone

from mobilization.core.once import Once
from mobilization.core.statements import PlannedStatement, Statement
from models_registry import lines
from models_registry.models import DecidingTier, Registration
from models_registry.querysets import RegistrationQuerySet

if TYPE_CHECKING:
    from mobilization.accounts.models import User

_RULES = Statement(
    lambda: DecidingTier.objects.order_by("pk").values_list(
        "level", "unit_tier", "decides", "role", "valid_from", "valid_to"
    )
)


class Question:
    """A question about registrations; its first pages, which everybody opens, are written once as well."""

    def __init__(self, found: RegistrationQuerySet) -> None:
        self._found = found
        self._pages: dict[tuple, Statement] = {}
        # Django finishes some parts of a question when it first writes them down: before threads share them.
        with suppress(EmptyResultSet):
            found.query.sql_with_params()

    def rows(self) -> RegistrationQuerySet:
        """Return the rows, to be narrowed and ordered."""
        return self._found.all()

    def first(self, order: tuple[str, ...], number: int, beside: tuple[str, ...] = ()) -> list[Any]:
        """Return the first ``number`` rows in ``order``, as ``lines.described`` describes them; one statement."""
        key = (order, number, beside)
        page = self._pages.get(key)
        if page is None:
            ids = self._found.order_by(*order).values("id")[:number]
            page = self._pages[key] = PlannedStatement(lambda: lines.described(ids, beside).order_by(*order))
        try:
            return page.rows()
        except EmptyResultSet:
            return []


_questions: Once[Question] = Once(512)


def readable(user: "User") -> Question:
    """Return ``Registration.objects.visible_to(user)``, as it is today."""
    return _asked("visible_to", user, (), lambda: Registration.objects.visible_to(user))


def review_queue(user: "User", *, acting_for: bool = False) -> Question:
    """Return ``Registration.objects.awaiting_review_by(user)``, as it is today; one statement reads the rules."""
    return _asked(
        "awaiting_review_by",
        user,
        (acting_for, *_RULES.rows()),
        lambda: Registration.objects.awaiting_review_by(user, acting_for=acting_for),
    )


def _asked(name: str, user: "User", more: tuple, make: Callable[[], RegistrationQuerySet]) -> Question:
    held = tuple((one.role, one.unit_id, one.unit.kind, one.unit.path) for one in user.positions_in_force())
    key = (name, user.pk, user.is_active, timezone.localdate(), held, more)
    return _questions.get(key, lambda: Question(make()))
