"""Questions about campaigns, their exceptions, and who decides at which level."""

import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from mobilization.units.models import Unit
from mobilization.units.states import UnitKind, tier_of
from models_registry.states import Level

if TYPE_CHECKING:
    from mobilization.accounts.models import User


class DecidingTierQuerySet(QuerySet):
    """Who decides at which level, by date."""

    def in_force(self, on: datetime.date | None = None) -> "DecidingTierQuerySet":
        """Return the rules of a date, today's without one."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)

    def for_unit(self, unit: Unit) -> "DecidingTierQuerySet":
        """Return the rules for what units like ``unit`` register."""
        return self.filter(unit_tier=tier_of(unit.kind))

    def units_by_level(self, user: "User", on: datetime.date | None = None) -> "dict[str, QuerySet[Unit]]":
        """Return, for each level at which ``user`` decides himself, the units for whose registrations he does."""
        decided: dict[str, QuerySet[Unit]] = {}
        for rule in self.in_force(on):
            units = rule.units_of(user)
            if units is not None:
                decided[rule.level] = decided[rule.level] | units if rule.level in decided else units
        return decided


class CampaignQuerySet(QuerySet):
    """Campaigns by year and state."""

    def of_year(self, year: int) -> "CampaignQuerySet":
        """Return the campaigns of a statistical year."""
        return self.filter(year=year)

    def opened(self, on: datetime.date | None = None) -> "CampaignQuerySet":
        """Return the campaigns that have been opened by a date, today without one."""
        return self.filter(opened_on__lte=on or timezone.localdate())

    def of_unit(self, unit: Unit) -> "CampaignQuerySet":
        """Return the campaigns of the city that ``unit`` belongs to."""
        return self.filter(city__in=Unit.objects.ancestors_of(unit) | Unit.objects.filter(pk=unit.pk))


class CriterionQuerySet(QuerySet):
    """Criteria of a campaign."""

    def at_level(self, level: str) -> "CriterionQuerySet":
        """Return what holds at one level: its own criteria and those of every level."""
        return self.filter(level__in=["", level])


class ExtensionQuerySet(QuerySet):
    """Extensions of a closed window."""

    def in_force(self, on: datetime.date | None = None) -> "ExtensionQuerySet":
        """Return the extensions that still hold on a date, today without one."""
        return self.filter(until__gte=on or timezone.localdate())


def kinds_of(tier: str) -> list[str]:
    """Return the kinds of unit that stand on ``tier``."""
    return [kind.value for kind in UnitKind if tier_of(kind) == tier]


def levels_above(level: str) -> list[Level]:
    """Return the levels above ``level``, the next one first."""
    return [upper for upper in Level if upper.is_above(level)]
