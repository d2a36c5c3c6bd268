"""Who receives awards: persons, collectives and households of their own, over all years and units."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.querysets.recipients import RecipientQuerySet
from awards.states import RecipientKind
from awards.validators import NAME_LENGTH, NOTE_LENGTH, validate_not_personal
from mobilization.core.search import Fold, folded_vector
from mobilization.core.validators import validate_text


class Recipient(models.Model):
    """A person, a collective or a household, as one over all its awards.

    ``note`` tells two of one name apart by what is no personal data (a post, a hamlet); never birth date, phone,
    address or identity number (Law 91/2025/QH15). Awards keep the name under which they were granted. A double that
    was merged stays, and names the one that it was merged into.
    """

    kind = models.CharField(_("Kind of recipient"), max_length=12, choices=RecipientKind)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH, validators=[validate_text])
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="recipients", verbose_name=_("Unit"))
    note = models.CharField(
        _("What tells them apart"),
        max_length=NOTE_LENGTH,
        blank=True,
        validators=[validate_text, validate_not_personal],
        help_text=_(
            "Only where two have one name: a post, a hamlet, a group. Never a birth date, phone, address or identity number."
        ),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("Merged into"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Recorded by"),
    )
    created_at = models.DateTimeField(_("Recorded at"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("Version"), default=1, editable=False)
    folded_name = models.GeneratedField(
        expression=Fold("name"), output_field=models.TextField(), db_persist=True, editable=False
    )
    search = folded_vector(name="A", note="C")

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("Recipient")
        verbose_name_plural = _("Recipients")
        constraints = [
            models.UniqueConstraint(
                "kind",
                "unit",
                "folded_name",
                Lower("note"),
                condition=models.Q(merged_into=None),
                name="recipient_once",
                violation_error_message=_(
                    "This unit already has a recipient of this name. Choose it, or say what tells them apart."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RecipientKind.values), name="recipient_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="recipient_not_its_own_double",
            ),
        ]
        indexes = [
            GinIndex("search", name="recipient_search"),
            models.Index(fields=["folded_name", "kind"], name="recipient_name"),
        ]

    def __str__(self) -> str:
        """The name, with what tells it apart."""
        return f"{self.name} ({self.note})" if self.note else self.name

    def get_absolute_url(self) -> str:
        """Return the staff page."""
        return reverse("awards:recipient", args=[self.pk])


class RecipientMerge(models.Model):
    """One merging of two doubles: what moved, so that it can be taken back."""

    kept = models.ForeignKey(Recipient, models.PROTECT, related_name="merges", verbose_name=_("Kept"))
    double = models.ForeignKey(Recipient, models.PROTECT, related_name="+", verbose_name=_("Double"))
    awards = ArrayField(models.BigIntegerField(), default=list)
    nominations = ArrayField(models.BigIntegerField(), default=list)
    reason = models.TextField(_("Reason"), max_length=2000, validators=[validate_text])
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Actor")
    )
    at = models.DateTimeField(_("Merged at"), default=timezone.now)
    undone_at = models.DateTimeField(_("Undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Undone by")
    )

    class Meta:
        verbose_name = _("Merging of recipients")
        verbose_name_plural = _("Mergings of recipients")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["double"], condition=models.Q(undone_at=None), name="recipient_merged_once"
            )
        ]

    def __str__(self) -> str:
        """Both names."""
        return f"{self.double} → {self.kept}"
