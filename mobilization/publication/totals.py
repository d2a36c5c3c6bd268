"""What announcing would make of the year: decisions that wait beside what is recognised already and what is owed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from mobilization.publication.states import Act
from mobilization.units.models import Unit
from models_registry.models import Campaign, Registration
from models_registry.states import Level, State, WorkField
from models_registry.targets import owed_by

_YES = Q(act__in=[act.value for act in Act if act.recognises])


@dataclass(frozen=True)
class Total:
    """One line: what waits to be recognised (of which exemplary) or not, what is recognised already, what is owed."""

    label: Any
    recognise: int
    exemplary: int
    refuse: int
    recognised: int
    registered: int
    target: int | None = None

    @property
    def after(self) -> int:
        """Return how many would be recognised afterwards."""
        return self.recognised + self.recognise


def by_level(pendings: QuerySet, campaign: Campaign, scope: QuerySet[Unit]) -> list[Total]:
    """Return a line for each level at which decisions wait, the lowest first."""
    waiting, there = _waiting(pendings, "level"), _there(campaign, scope, "level")
    return [
        _total(level.label, waiting[level.value], there.get(level.value))
        for level in Level
        if level in waiting
    ]


def by_field(pendings: QuerySet, campaign: Campaign, scope: QuerySet[Unit]) -> list[Total]:
    """Return a line for each of the four fields in which decisions wait."""
    waiting, there = _waiting(pendings, "registration__field"), _there(campaign, scope, "field")
    return [
        _total(one.label, waiting[one.value], there.get(one.value)) for one in WorkField if one in waiting
    ]


def by_unit(pendings: QuerySet, campaign: Campaign, scope: QuerySet[Unit]) -> list[Total]:
    """Return a line for each unit (the one that answers today) on which decisions wait, with what it owes."""
    waiting = _waiting(pendings, "registration__unit__heir")
    there = _there(campaign, scope.filter(heir__in=list(waiting)), "unit__heir")
    units = list(Unit.objects.filter(pk__in=waiting).order_by("sort_key", "pk"))
    owed = owed_by(campaign, ((unit.pk, unit.kind) for unit in units))
    return [_total(unit, waiting[unit.pk], there.get(unit.pk), owed.get(unit.pk)) for unit in units]


def _waiting(pendings: QuerySet, name: str) -> dict[Any, dict[str, int]]:
    counted = (
        pendings.order_by()
        .values(name)
        .annotate(
            recognise=Count("pk", filter=_YES),
            exemplary=Count("pk", filter=Q(exemplary=True)),
            refuse=Count("pk", filter=~_YES),
        )
    )
    return {row.pop(name): row for row in counted}


def _there(campaign: Campaign, scope: QuerySet[Unit], name: str) -> dict[Any, dict[str, int]]:
    registered = Registration.objects.filter(campaign=campaign, unit__in=scope).registered()
    counted = (
        registered.order_by()
        .values(name)
        .annotate(registered=Count("pk"), recognised=Count("pk", filter=Q(state=State.RECOGNISED)))
    )
    return {row.pop(name): row for row in counted}


def _total(label: Any, waiting: dict, there: dict | None, target: int | None = None) -> Total:
    return Total(label, **waiting, **(there or {"registered": 0, "recognised": 0}), target=target)
