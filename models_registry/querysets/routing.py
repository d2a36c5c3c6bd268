"""To whom a registration goes that comes back after a return, and who is bound by a relation to it."""

import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from mobilization.accounts.models import Position
from mobilization.accounts.states import Role
from mobilization.units.models import Unit


def relations_that_hold() -> QuerySet:
    """Return the declarations of a relation, each the last of its reviewer on its registration."""
    # Asked by name: models are above querysets.
    declared = apps.get_model("models_registry", "Declaration").objects
    later = declared.filter(
        registration=OuterRef("registration"), reviewer=OuterRef("reviewer"), pk__gt=OuterRef("pk")
    )
    return declared.filter(~Exists(later), is_related=True)


def returner_is_gone(on: datetime.date | None = None) -> Q:
    """Return the condition on registrations whose returner cannot take them up again: then all who decide do.

    On the date, today without one, he reviews at no unit above the one that answers for it, or his account is closed;
    or he declared a relation since. Asked of the few that come back: no index has to answer.
    """
    covers = Unit.objects.filter(pk=OuterRef(OuterRef("unit")), heir__path__startswith=OuterRef("unit__path"))
    held = Position.objects.in_force(on).with_role(Role.REVIEWER, Role.CITY_STAFF)
    reviews = held.filter(Exists(covers), user=OuterRef("returned_by"), user__is_active=True)
    bound = relations_that_hold().filter(registration=OuterRef("pk"), reviewer=OuterRef("returned_by"))
    return ~Q(Exists(reviews)) | Q(Exists(bound))
