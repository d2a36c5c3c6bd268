"""To whom a registration goes that comes back after a return, and who is bound by a relation to it."""

import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from mobilization.accounts.models import Position
from mobilization.accounts.states import Role
from mobilization.units.models import Unit

if TYPE_CHECKING:
    from mobilization.accounts.models import User


def relations_that_hold() -> QuerySet:
    """Return the declarations of a relation, each the last of its reviewer on its registration."""
    # Asked by name: models are above querysets.
    declared = apps.get_model("models_registry", "Declaration").objects
    later = declared.filter(
        registration=OuterRef("registration"), reviewer=OuterRef("reviewer"), pk__gt=OuterRef("pk")
    )
    return declared.filter(~Exists(later), is_related=True)


def goes_to_another_returner(user: "User", on: datetime.date | None = None) -> Exists:
    """Return the condition on registrations that come back to somebody else than ``user``, who returned them.

    He takes them up again if on the date, today without one, he reviews at the unit that answers for it or above, his
    account is open, and he declared no relation since; else all who decide do. It stands by itself and not in an "or":
    so the database joins it to the rows, and does not reckon with asking it for each of them.
    """
    covers = Unit.objects.filter(pk=OuterRef(OuterRef("unit")), heir__path__startswith=OuterRef("unit__path"))
    bound = relations_that_hold().filter(registration=OuterRef(OuterRef("pk")), reviewer=OuterRef("user"))
    held = Position.objects.in_force(on).with_role(Role.REVIEWER, Role.CITY_STAFF).exclude(user=user)
    return Exists(
        held.filter(Exists(covers), ~Exists(bound), user=OuterRef("returned_by"), user__is_active=True)
    )
