"""What is stored of a year: its figures, and when and how they were computed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobilization.statistics.querysets import FigureQuerySet, YearStatusQuerySet
from mobilization.statistics.states import Basis, Dimension, Scope


class Figure(models.Model):
    """One number: a measure of a unit in a year, on one basis, whole or for one key of a dimension.

    ``own`` is what stands under the unit itself, ``subtree`` that with all units below it: two columns, since nearly
    every unit needs both and half of all units are leaves, where they are equal. A number that is zero has no row.
    The key is the row: there is one index, in the order in which pages and API read.
    """

    pk = models.CompositePrimaryKey("year", "basis", "unit", "dimension", "measure", "key")
    year = models.PositiveSmallIntegerField(_("year"))
    basis = models.CharField(_("basis"), max_length=8, choices=Basis)
    # Units are never deleted (a trigger holds that), so a hundred thousand checks a night would prove nothing.
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("unit"),
    )
    dimension = models.CharField(_("breakdown"), max_length=8, choices=Dimension)
    measure = models.CharField(_("measure"), max_length=32)
    key = models.CharField(_("key of the breakdown"), max_length=20, blank=True)
    own = models.BigIntegerField(_("own"))
    subtree = models.BigIntegerField(_("with all units below"))
    estimated = models.BooleanField(_("estimate"))

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dimension=Dimension.NONE, key="")
                | ~models.Q(dimension=Dimension.NONE) & ~models.Q(key=""),
                name="figure_total_has_no_key",
            ),
            models.CheckConstraint(
                condition=models.Q(basis=Basis.CURRENT) | models.Q(estimated=False),
                name="figure_as_filed_is_no_estimate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.basis} {self.unit_id} {self.measure} {self.key}".rstrip()

    def value(self, scope: str) -> int:
        """The number of one scope."""
        return self.own if scope == Scope.OWN else self.subtree


class YearStatus(models.Model):
    """What is known of one year's figures under one city: when they were computed, and whether they still change."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    computed_at = models.DateTimeField(_("computed at"))
    figures = models.PositiveIntegerField(_("figures"))
    changed = models.PositiveIntegerField(_("changed by the last run"))
    duration = models.DurationField(_("duration"))
    computed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("computed by"),
    )
    final = models.BooleanField(_("final"), default=False)

    objects = YearStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("year of statistics")
        verbose_name_plural = _("years of statistics")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["city", "year"], name="one_status_per_year_and_city")]

    def __str__(self) -> str:
        return f"{self.year} {self.city}"
