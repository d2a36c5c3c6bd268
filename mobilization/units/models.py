"""Units of the city as they stood at each time, and what became of what."""

import datetime

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.search import Fold
from mobilization.core.validators import validate_plausible_date, validate_text
from mobilization.units.constraints import SUCCESSION_FITS, UNIT_FITS, CodeRange, Life
from mobilization.units.querysets import (
    ClosedYearQuerySet,
    SuccessionQuerySet,
    UnitQuerySet,
    YearPermitQuerySet,
    name_vector,
)
from mobilization.units.states import COMMUNES, DISTRICTS, Relation, Tier, UnitKind, tier_of


@pghistory.track(exclude=["sort_key", "path", "heir"], append_only=True)
class Unit(models.Model):
    """A node of the tree under the city, for as long as its code, name, kind and parent stay the same.

    Neither code nor name is a key: codes were given to other units, names occur more than once. Rows are written by
    ``units.services`` only, which also fill ``sort_key``, ``path`` and ``heir``.
    """

    code = models.CharField(_("code"), max_length=20, validators=[validate_text])
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    full_name = models.CharField(_("full name"), max_length=200, validators=[validate_text])
    name = models.CharField(_("name"), max_length=200, validators=[validate_text])
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent unit")
    )
    valid_from = models.DateField(_("in force from"), validators=[validate_plausible_date])
    valid_to = models.DateField(
        _("in force until"),
        null=True,
        blank=True,
        validators=[validate_plausible_date],
        help_text=_("The first day on which the unit is no more; empty while it is in force."),
    )
    lat = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    area_km2 = models.DecimalField(_("area (km²)"), max_digits=9, decimal_places=2, null=True, blank=True)
    seat = models.CharField(_("seat"), max_length=300, blank=True, validators=[validate_text])
    sort_key = models.TextField(editable=False, db_collation="C")
    path = models.TextField(editable=False, db_collation="C")
    heir = models.ForeignKey("self", models.PROTECT, editable=False, related_name="answers_for")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["sort_key", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                name="units_unit_kind",
                condition=Q(kind__in=UnitKind.values),
                violation_error_message=_("This is no kind of unit."),
            ),
            models.CheckConstraint(
                name="units_unit_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("A unit must be in force for at least one day."),
            ),
            models.CheckConstraint(
                name="units_unit_root_is_city",
                condition=Q(parent__isnull=True, kind=UnitKind.CITY)
                | (Q(parent__isnull=False) & ~Q(kind=UnitKind.CITY)),
                violation_error_message=_("A city stands alone; every other unit needs a parent unit."),
            ),
            models.UniqueConstraint(name="units_unit_path", fields=["path"]),
            models.UniqueConstraint(name="units_unit_code_from", fields=["code", "valid_from"]),
            ExclusionConstraint(
                name="units_unit_one_life_at_a_time",
                expressions=[
                    (CodeRange("code"), RangeOperators.OVERLAPS),
                    (Life("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another unit bears this code in these days."),
            ),
        ]
        indexes = [
            models.Index(name="units_unit_order", fields=["sort_key", "valid_from", "id"]),
            models.Index(Fold("name"), name="units_unit_folded_name"),
            models.Index(Fold("full_name"), name="units_unit_folded_full_name"),
            GinIndex(name_vector(), name="units_unit_search"),
            # The few that were districts, among all communes of all times.
            models.Index(name="units_unit_of_kind", fields=["kind"]),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete), UNIT_FITS]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """The staff page of this unit."""
        return reverse("units:detail", args=[self.pk])

    @property
    def last_day(self) -> datetime.date | None:
        """The last day in force, as people say it; None while there is none."""
        return self.valid_to and self.valid_to - datetime.timedelta(days=1)

    @property
    def path_ids(self) -> list[int]:
        """The ids from the root down to this unit."""
        return [int(part) for part in self.path.strip("/").split("/")]

    @property
    def tier(self) -> Tier:
        """The step of the ladder on which the unit stands."""
        return tier_of(self.kind)

    @property
    def is_commune(self) -> bool:
        """Whether it is a ward, commune or township."""
        return self.kind in COMMUNES

    @property
    def is_district(self) -> bool:
        """Whether it is an urban or rural district or a town."""
        return self.kind in DISTRICTS

    def is_in_force(self, on: datetime.date | None = None) -> bool:
        """Tell whether the unit is in force on ``on`` (today)."""
        on = on or timezone.localdate()
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def is_under(self, unit: "Unit") -> bool:
        """Tell whether this is ``unit`` or hangs anywhere below it."""
        return self.path.startswith(unit.path)

    def lineage_back(self) -> SuccessionQuerySet:
        """Every succession that leads to this unit, through all chains, latest first (one query)."""
        return Succession.objects.lineage_back(self)

    def lineage_forward(self) -> SuccessionQuerySet:
        """Every succession that leads from this unit, through all chains, earliest first (one query)."""
        return Succession.objects.lineage_forward(self)


@pghistory.track(append_only=True)
class Succession(models.Model):
    """One unit went, wholly or in part, into another on a date; a unit may have several of either side."""

    predecessor = models.ForeignKey(
        Unit, models.PROTECT, related_name="became", verbose_name=_("unit that ended")
    )
    successor = models.ForeignKey(
        Unit, models.PROTECT, related_name="formed_from", verbose_name=_("unit that followed")
    )
    on = models.DateField(_("on"), validators=[validate_plausible_date])
    relation = models.CharField(_("relation"), max_length=30, choices=Relation)
    share = models.DecimalField(
        _("share of the population"), max_digits=7, decimal_places=6, null=True, blank=True
    )
    is_main = models.BooleanField(_("main successor"))
    basis = models.CharField(_("legal basis"), max_length=200, validators=[validate_text])

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["on", "predecessor_id", "-is_main", "id"]
        constraints = [
            models.CheckConstraint(
                name="units_succession_relation", condition=Q(relation__in=Relation.values)
            ),
            models.CheckConstraint(
                name="units_succession_share",
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1),
                violation_error_message=_("A share lies between 0 and 1."),
            ),
            models.CheckConstraint(
                name="units_succession_not_itself",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("A unit cannot succeed itself."),
            ),
            models.CheckConstraint(
                name="units_succession_main_has_people",
                condition=Q(is_main=False) | Q(share__isnull=True) | Q(share__gt=0),
                violation_error_message=_("The main successor takes over some of the population."),
            ),
            models.UniqueConstraint(name="units_succession_pair", fields=["predecessor", "successor"]),
            models.UniqueConstraint(
                name="units_succession_one_main",
                fields=["predecessor"],
                condition=Q(is_main=True),
                violation_error_message=_("This unit has a main successor already."),
            ),
        ]
        triggers = [SUCCESSION_FITS]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class ClosedYear(models.Model):
    """A year of a city whose books are closed: its registrations, dialogues and decisions no longer change.

    It stands here since every room above has to ask for it; see ``closed_years``. What was closed is never opened again.
    """

    city = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    closed_at = models.DateTimeField(_("closed at"), default=timezone.now)

    objects = ClosedYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(name="units_year_closed_once", fields=["city", "year"])]
        triggers = [pgtrigger.Protect(name="never_reopened", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.year} {self.city}"


class YearPermit(models.Model):
    """Leave to change one record of a closed year once: what an approved correction comes to."""

    city = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    # The record by model and key ("dialogues.dialogue:12"), as the log names it: the tables stand above this one.
    record = models.CharField(_("record"), max_length=80)
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = YearPermitQuerySet.as_manager()

    class Meta:
        verbose_name = _("permit for a closed year")
        verbose_name_plural = _("permits for closed years")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="units_one_open_permit", fields=["record"], condition=Q(used_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.record}"


class Outline(models.Model):
    """The shape of a unit on the map, from a file that the city brought; simplified for pages, see ``outlines``.

    ``rings``: closed rings of [longitude, latitude], outer ones and holes alike; they are filled by turns.
    """

    unit = models.OneToOneField(
        Unit, models.PROTECT, primary_key=True, related_name="outline", verbose_name=_("unit")
    )
    rings = models.JSONField(_("rings"))
    source = models.CharField(_("source"), max_length=200, validators=[validate_text])
    loaded_at = models.DateTimeField(_("loaded at"), default=timezone.now)

    class Meta:
        verbose_name = _("outline of a unit")
        verbose_name_plural = _("outlines of units")

    def __str__(self) -> str:
        return f"{self.unit} ({self.source})"
