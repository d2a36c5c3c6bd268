"""How figures come about: what changed since, which runs there were, and what direct counting found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.statistics.querysets import MarkQuerySet, ReconciliationQuerySet, RunQuerySet
from mobilization.statistics.states import Basis, Dimension, RunState, Why


class Mark(models.Model):
    """Something that is counted in a year was changed under a unit; written by triggers within the act itself.

    Only ever added and taken away: no act waits for another one's mark. Year 0: the tree of units changed, and with
    it every year as restated onto today's units.
    """

    EVERY_YEAR = 0

    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("unit"),
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of a change")
        verbose_name_plural = _("marks of changes")

    def __str__(self) -> str:
        return f"{self.year} {self.unit_id}"


class RebuildRun(models.Model):
    """One computation of one year: why, from when to when, what came of it."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    why = models.CharField(_("why"), max_length=10, choices=Why)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("asked by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.RUNNING)
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    rows = models.PositiveIntegerField(_("figures"), default=0)
    changed = models.PositiveIntegerField(_("differences"), default=0)
    marks = models.PositiveIntegerField(_("changes that led to it"), default=0)
    message = models.TextField(_("message"), blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("computation of a year")
        verbose_name_plural = _("computations of years")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["city", "year", "-id"], name="run_newest_of_year"),
            models.Index(fields=["city", "-id"], name="run_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING) | Q(ended_at__isnull=False), name="run_over_has_end"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.city_id} {self.began_at}"

    @property
    def duration(self):
        """How long it took; None while it runs."""
        return self.ended_at and self.ended_at - self.began_at


class Reconciliation(models.Model):
    """One night's comparison of the stored figures of a year with what the records say when counted directly."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), default=timezone.now)
    compared = models.PositiveIntegerField(_("figures compared"))
    differences = models.PositiveIntegerField(_("differences"))

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "year", "-id"], name="reconciliation_newest")]

    def __str__(self) -> str:
        return f"{self.year} {self.city_id} {self.differences}"


class Mismatch(models.Model):
    """A figure that direct counting found to be another one, with both numbers."""

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="mismatches")
    basis = models.CharField(_("basis"), max_length=8, choices=Basis)
    scope = models.CharField(_("scope"), max_length=8)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    measure = models.CharField(_("measure"), max_length=32)
    dimension = models.CharField(_("breakdown"), max_length=8, choices=Dimension)
    key = models.CharField(_("key of the breakdown"), max_length=20, blank=True)
    stored = models.BigIntegerField(_("stored"))
    counted = models.BigIntegerField(_("counted"))

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.measure} {self.unit_id} {self.stored} {self.counted}"
