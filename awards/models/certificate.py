"""Certificates on paper: how they look, the files made of them, and who was handed which."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.award import Award
from awards.models.decision import Decision
from awards.querysets.certificates import CertificateTemplateQuerySet, HandoverQuerySet
from awards.states import Border, Variant
from mobilization.core.files import StoredFile
from mobilization.core.validators import validate_plausible_date, validate_text

LEAST_MARGIN, MOST_MARGIN = 5, 40
"""With 40 mm on each side the longest name and text still fit; with more they would not."""
LEAST_SIZE, MOST_SIZE = 6, 60


def _colour(label: object, default: str) -> models.CharField:
    is_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as #RRGGBB, for example #c8102e."))
    return models.CharField(label, max_length=7, default=default, validators=[is_colour])


def _millimetres(label: object, default: int) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(LEAST_MARGIN), MaxValueValidator(MOST_MARGIN)]
    return models.PositiveSmallIntegerField(label, default=default, validators=bounds)


def _points(label: object, default: int) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(LEAST_SIZE), MaxValueValidator(MOST_SIZE)]
    return models.PositiveSmallIntegerField(label, default=default, validators=bounds)


def usual_places() -> dict[str, dict]:
    """Return where the words stand on pre-printed paper: corner, width and height in millimetres, size in points."""
    rows = {
        "recipient": (40, 96, 217, 16, 26, "center"),
        "unit": (40, 112, 217, 7, 14, "center"),
        "achievement": (35, 121, 227, 27, 16, "center"),
        "decision": (52, 168, 75, 6, 12, "left"),
        "book": (52, 176, 40, 6, 12, "left"),
        "day": (165, 150, 100, 7, 13, "center"),
        "post": (165, 157, 100, 7, 13, "center"),
        "signer": (165, 190, 100, 8, 14, "center"),
        "code": (18, 160, 26, 26, 7, "center"),
    }
    names = ("x", "y", "width", "height", "size", "align")
    return {part: dict(zip(names, row, strict=True)) for part, row in rows.items()}


class CertificateTemplate(models.Model):
    """How the certificates of one form, or of all forms, look when their decision is signed in these days.

    Of several the row for the form itself goes before one for all, then the latest; where there is none the values
    below hold. Only looks are kept here: what a certificate says is drawn from its award.
    """

    name = models.CharField(_("Name"), max_length=120, validators=[validate_text])
    form_code = models.CharField(
        _("Form of award"), max_length=40, blank=True, help_text=_("Empty: for every form without its own.")
    )
    valid_from = models.DateField(_("For decisions signed from"), validators=[validate_plausible_date])
    valid_to = models.DateField(
        _("Until (exclusive)"), null=True, blank=True, validators=[validate_plausible_date]
    )
    accent = _colour(_("Colour of body and form"), "#c8102e")
    ink = _colour(_("Colour of the text"), "#111111")
    border = models.CharField(_("Border"), max_length=8, choices=Border, default=Border.ORNATE)
    border_ink = _colour(_("Colour of the border"), "#b8860b")
    top = _millimetres(_("Margin above (mm)"), 18)
    bottom = _millimetres(_("Margin below (mm)"), 17)
    left = _millimetres(_("Margin left (mm)"), 21)
    right = _millimetres(_("Margin right (mm)"), 21)
    name_size = _points(_("Recipient, at most (pt)"), 28)
    name_floor = _points(_("Recipient, at least (pt)"), 18)
    text_size = _points(_("Achievement, at most (pt)"), 17)
    text_floor = _points(_("Achievement, at least (pt)"), 10)
    shows_code = models.BooleanField(_("Show the QR code"), default=True)
    places = models.JSONField(_("Places on pre-printed paper"), default=usual_places)
    version = models.PositiveIntegerField(_("Version"), default=1)

    objects = CertificateTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Certificate template")
        verbose_name_plural = _("Certificate templates")
        ordering = ["form_code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["form_code", "valid_from"],
                name="certificate_template_once_a_date",
                violation_error_message=_("There is a template of this form from this day on already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="certificate_template_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(name_floor__lte=F("name_size"), text_floor__lte=F("text_size")),
                name="certificate_template_sizes_in_order",
                violation_error_message=_("The least size cannot be above the largest."),
            ),
            models.CheckConstraint(
                condition=Q(border__in=Border.values), name="certificate_template_border_known"
            ),
        ]

    def __str__(self) -> str:
        """The name that city staff gave it."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return where it is changed."""
        return reverse("awards:template_edit", args=[self.pk])


class CertificateFile(StoredFile):
    """The certificates of a decision in one PDF, as they were when it was made; the latest of each variant is kept."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="certificate_files", verbose_name=_("Decision")
    )
    variant = models.CharField(_("Paper"), max_length=8, choices=Variant)
    fingerprint = models.CharField(max_length=64)
    certificates = models.PositiveIntegerField(_("Certificates"))

    class Meta:
        verbose_name = _("File of certificates")
        verbose_name_plural = _("Files of certificates")
        constraints = [
            models.UniqueConstraint(fields=["decision", "variant"], name="certificate_file_latest"),
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values), name="certificate_file_variant_known"
            ),
        ]


class Handover(models.Model):
    """A certificate that was handed out: when, to whom, by whom. One that was taken back stays readable as such."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="handovers", verbose_name=_("Award"))
    handed_on = models.DateField(
        _("Handed out on"), default=timezone.localdate, validators=[validate_plausible_date]
    )
    received_by = models.CharField(
        _("Received by"),
        max_length=200,
        validators=[validate_text],
        help_text=_("Name and post of who took it; never a phone or an identity number."),
    )
    handed_by = models.CharField(_("Handed out by"), max_length=200, validators=[validate_text])
    note = models.CharField(_("Note"), max_length=500, blank=True, validators=[validate_text])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Taken back by")
    )
    undone_at = models.DateTimeField(_("Taken back at"), null=True)
    undo_reason = models.CharField(_("Reason"), max_length=500, blank=True, validators=[validate_text])

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("Handing out of a certificate")
        verbose_name_plural = _("Certificates handed out")
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(undone_at=None), name="handover_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undo_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")),
                name="handover_undone_complete",
            ),
        ]

    def __str__(self) -> str:
        """The day and who received it."""
        return f"{self.handed_on:%d/%m/%Y}: {self.received_by}"

    @property
    def stands(self) -> bool:
        """Tell whether it was not taken back."""
        return self.undone_at is None
