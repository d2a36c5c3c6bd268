"""Questions about campaigns, their exceptions, and who decides at which level."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from mobilization.core.statements import OneOf
from mobilization.units.models import Unit
from mobilization.units.states import Tier, UnitKind, tier_of
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

    def decided_by(
        self,
        user: "User",
        reach: Collection[Unit],
        on: datetime.date | None = None,
        *,
        level_field: str = "awaits",
    ) -> Q:
        """Return the condition on registrations that wait for a level at which ``user`` decides himself.

        It is asked of registrations that ``reach`` answers for, so it names units only where a rule reaches less.
        With another ``level_field`` that column names the level.
        """
        levels: dict[tuple, set[str]] = defaultdict(set)
        kinds: dict[tuple, set[str]] = defaultdict(set)
        for rule in self.in_force(on):
            held = tuple(rule.held_by(user))
            if held:
                kinds[held, rule.level].update(kinds_of(rule.unit_tier))
        for (held, level), found in kinds.items():
            levels[held, tuple(sorted(found))].add(level)
        condition = Q(pk__in=[])
        for (held, found), names in levels.items():
            decided = Q(**{f"{level_field}__in": sorted(names)})
            units = Unit.objects.answered_for_by(*held)
            if set(found) != set(UnitKind.values):
                # Few units, asked for once; and within an OR an index answers it.
                few = units.of_kind(*found).order_by().values("pk")
                decided &= Q(OneOf(F("unit_id"), few))
            elif set(held) != set(reach):
                decided &= Q(unit__in=units)
            condition |= decided
        return condition


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


def tiers_above(tier: str) -> frozenset[Tier]:
    """Return the tiers that stand above ``tier``; a committee hangs under the city beside the districts."""
    return _ABOVE[Tier(tier)]


def levels_above(level: str) -> list[Level]:
    """Return the levels above ``level``, the next one first."""
    return [upper for upper in Level if upper.is_above(level)]


_ABOVE = {
    Tier.COMMUNE: frozenset({Tier.DISTRICT, Tier.CITY}),
    Tier.COMMITTEE: frozenset({Tier.CITY}),
    Tier.DISTRICT: frozenset({Tier.CITY}),
    Tier.CITY: frozenset(),
}
