"""Questions about users and positions, in the administrators' words."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query
from mobilization.core.text import nfc, person_sort_key

if TYPE_CHECKING:
    from mobilization.units.models import Unit


class PositionQuerySet(QuerySet):
    """Positions by date, unit and role."""

    def in_force(self, on: datetime.date | None = None) -> "PositionQuerySet":
        """Return the positions in force on a date, today without one."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)

    def not_ended(self, on: datetime.date | None = None) -> "PositionQuerySet":
        """Return the positions in force on a date or later: what a reorganisation on that date has to move."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on))

    def with_role(self, *roles: str) -> "PositionQuerySet":
        """Return the positions that carry one of ``roles``."""
        return self.filter(role__in=roles)

    def at(self, units: "Iterable[Unit | int] | QuerySet[Unit]") -> "PositionQuerySet":
        """Return the positions held at one of ``units`` (or their ids)."""
        return self.filter(unit__in=units)


class UserQuerySet(QuerySet):
    """Users by what they are called and what they hold."""

    def active(self) -> "UserQuerySet":
        """Return the users who may sign in."""
        return self.filter(is_active=True)

    def search(self, text: str) -> "UserQuerySet":
        """Return the users whose name or address has words beginning with those of ``text``, accents or not.

        What holds no letter and no digit finds nobody; no text at all finds all.
        """
        query = folded_query(text)
        if query is None:
            return self.none() if text.strip() else self
        return self.filter(search=query)

    def holding(
        self,
        *,
        roles: Iterable[str] = (),
        units: "QuerySet[Unit] | None" = None,
        on: datetime.date | None = None,
    ) -> "UserQuerySet":
        """Return the users with a position in force on a date, with one of ``roles``, at one of ``units``."""
        return self.filter(Exists(self._in_force(roles, units, on)))

    def without_position(self, on: datetime.date | None = None) -> "UserQuerySet":
        """Return the users who hold no position in force and therefore see nothing."""
        return self.exclude(Exists(self._in_force((), None, on)))

    def invited(self) -> "UserQuerySet":
        """Return the users who have not taken up their invitation: they have no password."""
        return self.active().filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def closed(self) -> "UserQuerySet":
        """Return the users whose account was closed."""
        return self.filter(is_active=False)

    def with_positions_in_force(self) -> "UserQuerySet":
        """Read with each user, in one query more, the positions in force as ``shown_positions``."""
        positions = self.model.positions.rel.related_model.objects.in_force().select_related("unit")
        return self.prefetch_related(
            Prefetch("positions", positions.order_by("valid_from"), "shown_positions")
        )

    def by_email(self, email: str) -> "UserQuerySet":
        """Return the user of an address, whatever its case."""
        return self.filter(email=normalise_email(email))

    def visible_to(self, user) -> "UserQuerySet":
        """Return all users to an administrator; to an auditor those who ever held a position in scope."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.ADMINISTRATOR):
            return self
        inspected = self._positions().at(scope_units(user, Role.AUDITOR))
        return self.filter(Q(pk=user.pk) | Exists(inspected))

    def _positions(self) -> PositionQuerySet:
        return self.model.positions.rel.related_model.objects.filter(user=OuterRef("pk"))

    def _in_force(
        self, roles: Iterable[str], units: "QuerySet[Unit] | None", on: datetime.date | None
    ) -> PositionQuerySet:
        held = self._positions().in_force(on)
        if roles:
            held = held.with_role(*roles)
        return held if units is None else held.at(units)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes users; nobody signs up by himself."""

    use_in_migrations = False

    def create_user(self, email: str, full_name: str, password: str | None = None, **fields) -> "User":  # noqa: F821
        """Make and save a user. Without a password nobody can sign in until an invitation is taken up."""
        full_name = " ".join(nfc(full_name).split())
        user = self.model(
            email=normalise_email(email), full_name=full_name, sort_key=person_sort_key(full_name), **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":  # noqa: F821
        """Return the user of an address, whatever its case."""
        return self.get(email=normalise_email(username))


def normalise_email(email: str) -> str:
    """Return the one form in which an address is stored and looked up: NFC, lower case, no outer blanks."""
    return nfc(email).strip().lower()
