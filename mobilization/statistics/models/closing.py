"""What is kept of a closed year: its seal, the corrections asked for since, and what they changed."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_text
from mobilization.statistics.querysets import AdjustmentQuerySet, CorrectionQuerySet, SealQuerySet
from mobilization.statistics.states import Basis, CorrectionState, Dimension


class Seal(models.Model):
    """The figures of a closed year in canonical form, hashed together with the seal before it; see ``sealing``."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number in the chain"))
    header = models.TextField(_("who, when, of what"))
    figures = models.TextField(_("figures"))
    cells = models.TextField(_("counted records"))
    previous = models.CharField(_("hash of the seal before"), max_length=64, blank=True)
    sha256 = models.CharField(_("hash"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sealed by")
    )
    words = models.TextField(_("what was open, and why it was closed all the same"), blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal of a year")
        verbose_name_plural = _("seals of years")
        ordering = ["city", "number"]
        constraints = [
            models.UniqueConstraint(fields=["city", "year"], name="seal_once_a_year"),
            models.UniqueConstraint(fields=["city", "number"], name="seal_chain_does_not_fork"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.year} {self.sha256[:12]}"


class Correction(models.Model):
    """Somebody asks to change one record of a closed year; the city leader, another person, allows it or not."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    record = models.CharField(_("record"), max_length=80)
    title = models.CharField(_("record"), max_length=500)
    url = models.CharField(max_length=200)
    wanted = models.TextField(_("what is to be changed"), max_length=2000, validators=[validate_text])
    reason = models.TextField(_("reason"), max_length=2000, validators=[validate_text])
    state = models.CharField(
        _("state"), max_length=10, choices=CorrectionState, default=CorrectionState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.TextField(
        _("words of the decision"), max_length=2000, blank=True, validators=[validate_text]
    )
    permit = models.OneToOneField("units.YearPermit", models.PROTECT, related_name="+", null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction after closing")
        verbose_name_plural = _("corrections after closing")
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "state", "id"], name="correction_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CorrectionState.ASKED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="correction_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.APPROVED, permit__isnull=False)
                | ~Q(state=CorrectionState.APPROVED) & Q(permit__isnull=True),
                name="correction_approved_has_permit",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The staff page on which it is decided."""
        return reverse("statistics:correction", args=[self.pk])

    @property
    def is_done(self) -> bool:
        """Whether the change that was approved has been made."""
        return self.permit is not None and self.permit.used_at is not None


class Adjustment(models.Model):
    """What became another number after the closing, and for which reasons; the sealed figures stay as they are.

    ``causes``: each with its kind (``correction``, ``decision``, ``follow_up``, ``unexplained``, ``explained``), in words of the day:
    reason, who asked, who approved, when, the record's name and address.
    """

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    causes = models.JSONField(_("causes"), default=list, encoder=DjangoJSONEncoder)
    unexplained = models.BooleanField(_("without a known cause"), default=False)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjustment after closing")
        verbose_name_plural = _("adjustments after closing")
        ordering = ["id"]
        indexes = [models.Index(fields=["city", "year", "id"], name="adjustment_of_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.at}"


class AdjustmentLine(models.Model):
    """By how much one figure changed; the sealed figure and all its lines give the number of today."""

    adjustment = models.ForeignKey(Adjustment, models.CASCADE, related_name="lines")
    basis = models.CharField(_("basis"), max_length=8, choices=Basis)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    dimension = models.CharField(_("breakdown"), max_length=8, choices=Dimension)
    measure = models.CharField(_("measure"), max_length=32)
    key = models.CharField(_("key of the breakdown"), max_length=20, blank=True)
    own = models.BigIntegerField(_("own"))
    subtree = models.BigIntegerField(_("with all units below"))

    class Meta:
        verbose_name = _("line of an adjustment")
        verbose_name_plural = _("lines of adjustments")
        constraints = [
            models.UniqueConstraint(
                fields=["adjustment", "basis", "unit", "dimension", "measure", "key"],
                name="adjustment_line_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.unit_id} {self.subtree:+d}"
