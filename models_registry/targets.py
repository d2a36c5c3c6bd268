"""How many registrations a unit owes in a campaign: its own target, else the one of its kind, else none."""

from collections.abc import Iterable

from models_registry.models import Campaign, KindTarget, Target


def owed_by(campaign: Campaign, units: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Return what each of ``units`` (id, kind) owes, by id; units that owe nothing in particular are left out.

    Two statements, however many units.
    """
    own = dict(Target.objects.filter(campaign=campaign).values_list("unit", "number"))
    of_kind = dict(KindTarget.objects.filter(campaign=campaign).values_list("unit_kind", "number"))
    found = ((pk, own.get(pk, of_kind.get(kind))) for pk, kind in units)
    return {pk: number for pk, number in found if number is not None}
