"""What was loaded from workbooks of old registers, so that it can be recognised and undone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegisterBatch(models.Model):
    """One workbook that was loaded whole."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(_("File"), max_length=255)
    sha256 = models.CharField(max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Actor")
    )
    loaded_at = models.DateTimeField(_("Loaded at"), default=timezone.now)
    counts = models.JSONField(_("Rows loaded"), default=dict)
    undone_at = models.DateTimeField(_("Undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Undone by")
    )

    class Meta:
        verbose_name = _("Loaded register")
        verbose_name_plural = _("Loaded registers")
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        """The file's name."""
        return self.file_name


class RegisterRow(models.Model):
    """One row of a loaded workbook, and the record that it became.

    ``fingerprint`` is a hash over the row's content: the same row is recognised in any later workbook. Rows go when
    their batch is undone.
    """

    batch = models.ForeignKey(RegisterBatch, models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=31)
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, unique=True)
    registration = models.ForeignKey(
        "models_registry.Registration", models.PROTECT, null=True, related_name="+"
    )
    dialogue = models.ForeignKey("dialogues.Dialogue", models.PROTECT, null=True, related_name="+")
    award = models.ForeignKey("awards.Award", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Row of a loaded register")
        verbose_name_plural = _("Rows of loaded registers")

    def __str__(self) -> str:
        """Sheet and row."""
        return f"{self.sheet} {self.number}"
