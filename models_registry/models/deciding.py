"""Which tier decides at which level: data with dates, since the tiers themselves come and go."""

import itertools

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from mobilization.units.states import Tier, tier_of
from models_registry.querysets import DecidingTierQuerySet
from models_registry.states import Level


class DecidingTier(models.Model):
    """One rule: what units of ``unit_tier`` register at ``level`` is decided by ``role`` at ``decides``.

    Two-tier local government from 1 July 2025 (Nghị quyết 1656/NQ-UBTVQH15) took the districts out of it; the next
    change is a new row with another date.
    """

    level = models.CharField(_("level"), max_length=20, choices=Level)
    unit_tier = models.CharField(_("tier of the registering unit"), max_length=20, choices=Tier)
    decides = models.CharField(_("tier that decides"), max_length=20, choices=Tier)
    role = models.CharField(
        _("role"), max_length=20, choices=[(r.value, r.label) for r in (Role.REVIEWER, Role.CITY_STAFF)]
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = DecidingTierQuerySet.as_manager()

    class Meta:
        verbose_name = _("deciding tier")
        verbose_name_plural = _("deciding tiers")
        ordering = ["valid_from", "level", "unit_tier"]
        constraints = [
            models.CheckConstraint(
                name="registry_deciding_words",
                condition=Q(
                    level__in=Level.values,
                    unit_tier__in=Tier.values,
                    decides__in=Tier.values,
                    role__in=[Role.REVIEWER, Role.CITY_STAFF],
                ),
            ),
            models.CheckConstraint(
                name="registry_deciding_city_staff_for_the_city",
                condition=Q(role=Role.CITY_STAFF, decides=Tier.CITY)
                | (Q(role=Role.REVIEWER) & ~Q(decides=Tier.CITY)),
            ),
            models.CheckConstraint(
                name="registry_deciding_dates", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
            # One rule a level and tier at any time; one constraint each, since equality has no GiST class of its own.
            *(
                ExclusionConstraint(
                    name=f"registry_deciding_once_{level}_{tier}",
                    expressions=[
                        (
                            Func(
                                "valid_from", "valid_to", function="daterange", output_field=DateRangeField()
                            ),
                            RangeOperators.OVERLAPS,
                        )
                    ],
                    condition=Q(level=level, unit_tier=tier),
                )
                for level, tier in itertools.product(Level.values, Tier.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.get_unit_tier_display()}: {self.get_decides_display()}"

    def held_by(self, user) -> list[Unit]:
        """Return the units at which ``user`` holds today what this rule asks for; he decides for those below them."""
        return [unit for unit in user.units_of(self.role) if tier_of(unit.kind) == self.decides]
