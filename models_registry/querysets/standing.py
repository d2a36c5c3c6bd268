"""In which line of a table of units a registration stands: the units of the table are those of one day."""

import datetime

from django.db.models import Q

from mobilization.units.models import Unit


def standing_with(unit: Unit, on: datetime.date) -> Q:
    """Return the condition on the registrations that stand in the line of ``unit`` in a table of the units of ``on``.

    A registration stands with the unit that it was filed under. Where that one is not in force on the day, it stands
    with the unit that answers for it today, if that one is; so each registration stands in just one line.
    """
    filed = Q(unit=unit)
    if not unit.is_in_force(on):
        return filed
    return filed | (Q(unit__heir=unit) & ~Q(unit__in=Unit.objects.in_force(on)))


def standing_in(district: Unit, on: datetime.date) -> Q:
    """Return the condition on the registrations that stand in the line of ``district`` or of a unit right below it.

    In a table of the units of ``on``, as ``standing_with`` says of one line.
    """
    in_force = Unit.objects.in_force(on)
    own = Q(unit=district) | Q(unit__parent=district)
    of_heirs = Q(unit__heir=district) | Q(unit__heir__parent=district)
    has_heir = Q(unit__heir__in=in_force)
    return (Q(unit__in=in_force) & own) | (
        ~Q(unit__in=in_force) & ((has_heir & of_heirs) | (~has_heir & own))
    )
