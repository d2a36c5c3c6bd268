"""Whose dialogues somebody may read, and whose he may record."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.units.models import Unit

if TYPE_CHECKING:
    from mobilization.accounts.models import User

#: Roles that read whatever stands in their scope, own unit and all below.
READERS = (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
#: Roles that read what is sensitive at the very unit of their position.
NEAR = (Role.OFFICIAL, Role.REVIEWER)


def readable_units(user: "User") -> QuerySet[Unit]:
    """Return the units of whose dialogues ``user`` may read everything: the own ones, and all in a reader's scope."""
    return own_units(user, Role.OFFICIAL) | scope_units(user, *READERS)


def recordable_units(user: "User") -> QuerySet[Unit]:
    """Return the units whose dialogues ``user`` may record: the own ones; for city staff, any."""
    return own_units(user, Role.OFFICIAL) | scope_units(user, Role.CITY_STAFF)
