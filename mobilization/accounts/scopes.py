"""Where a user's roles reach: the units that the units of the positions answer for today.

A record keeps the unit it was filed under for ever; after a reorganisation ``Unit.heir`` names the unit in force that
answers for it. So a position at today's commune reaches the records of the communes that went into it.
"""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from mobilization.units.models import Unit

if TYPE_CHECKING:
    from mobilization.accounts.models import User


def scope_units(user: "User", *roles: str) -> QuerySet[Unit]:
    """Return the units that ``user`` reaches today in one of ``roles``, in any role without them.

    A lazy queryset, to be used as a subquery: ``Registration.objects.filter(unit__in=scope_units(user))``. Anonymous
    users and users without a position in force reach nothing.
    """
    return Unit.objects.answered_for_by(*topmost(_held_units(user, *roles)))


def in_scope(user: "User", unit: Unit, *roles: str) -> bool:
    """Tell whether ``user`` reaches ``unit`` today in one of ``roles`` (any role without them).

    Asks the database for nothing but the heir of ``unit``, and that only where the unit is no longer in force.
    """
    held = _held_units(user, *roles)
    if not held:
        return False
    heir = unit if unit.heir_id == unit.pk else unit.heir
    return any(heir.is_under(own) for own in held)


def own_units(user: "User", *roles: str) -> QuerySet[Unit]:
    """Return the units whose records are the own ones of ``user`` in ``roles``: without the units below."""
    return Unit.objects.filter(heir__in=[unit.pk for unit in _held_units(user, *roles)])


def topmost(units: list[Unit]) -> list[Unit]:
    """Return ``units`` without those that lie below another of them."""
    return [
        unit for unit in units if not any(other.pk != unit.pk and unit.is_under(other) for other in units)
    ]


def _held_units(user: "User", *roles: str) -> list[Unit]:
    # An anonymous visitor has no such method, and reaches nothing.
    return user.units_of(*roles) if user.is_authenticated and user.is_active else []
