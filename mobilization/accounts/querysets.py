"""Questions about users and positions, in the administrators' words."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

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

    def at(self, units: "Iterable[Unit] | QuerySet[Unit]") -> "PositionQuerySet":
        """Return the positions held at one of ``units``."""
        return self.filter(unit__in=units)


class UserQuerySet(QuerySet):
    """Users by what they are called and what they hold."""

    def active(self) -> "UserQuerySet":
        """Return the users who may sign in."""
        return self.filter(is_active=True)

    def search(self, text: str) -> "UserQuerySet":
        """Return the users whose name or address has words beginning with those of ``text``, accents or not."""
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    def holding(
        self,
        *,
        roles: Iterable[str] = (),
        units: "QuerySet[Unit] | None" = None,
        on: datetime.date | None = None,
    ) -> "UserQuerySet":
        """Return the users with a position in force on a date, with one of ``roles``, at one of ``units``."""
        return self.filter(Exists(self._positions(roles, units, on)))

    def without_position(self, on: datetime.date | None = None) -> "UserQuerySet":
        """Return the users who hold no position in force and therefore see nothing."""
        return self.exclude(Exists(self._positions((), None, on)))

    def by_email(self, email: str) -> "UserQuerySet":
        """Return the user of an address, whatever its case."""
        return self.filter(email=normalise_email(email))

    def visible_to(self, user) -> "UserQuerySet":
        """Return all users to those who manage accounts or inspect them; to anybody else only the own account."""
        if user.has_perm("accounts.view_accounts"):
            return self
        return self.filter(pk=user.pk)

    def _positions(
        self, roles: Iterable[str], units: "QuerySet[Unit] | None", on: datetime.date | None
    ) -> PositionQuerySet:
        positions = self.model._meta.get_field("positions").related_model.objects
        held = positions.filter(user=OuterRef("pk")).in_force(on)
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
