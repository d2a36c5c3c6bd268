"""Evidence files of a registration."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from mobilization.core.files import StoredFile, stored_path
from mobilization.core.validators import validate_text
from models_registry.models.registration import Registration
from models_registry.querysets.belonging import SHOWN_KINDS, AttachmentQuerySet

MAX_ATTACHMENTS = 20
"""A registration carries at most this many files; the size of each is bounded by ``core.files``."""
MAX_TOTAL_BYTES = 100 * 1024 * 1024
"""All files of a registration together, as they are kept."""


class Attachment(StoredFile):
    """One file; served after the permission check of its registration, or to anybody where it was made public."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="attachments", verbose_name=_("registration")
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True, validators=[validate_text])
    is_public = models.BooleanField(
        _("show on the public page"),
        default=False,
        help_text=_("Anybody can see this file once the registration is accepted."),
    )
    consent_note = models.CharField(
        _("consent"),
        max_length=300,
        blank=True,
        validators=[validate_text],
        help_text=_("Who agreed to be shown, when and how; a picture without recognisable people says so."),
    )
    """Law 91/2025/QH15 (personal data): nobody is shown without consent, and the note says whose there is."""
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("shown by"),
    )
    shown_at = models.DateTimeField(_("shown since"), null=True, editable=False)
    thumbnail = models.FileField(
        _("thumbnail"), upload_to=stored_path, max_length=120, blank=True, editable=False
    )
    """A small WebP made from a picture when it is kept; empty for other files."""

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="registry_attachment_shown_by_consent",
                condition=Q(is_public=False) | ~Q(consent_note=""),
                violation_error_message=_("Say who agreed to be shown, when and how."),
            )
        ]

    @property
    def kind_word(self) -> str:
        """Return the short name of the kind, as files are called: PDF, DOCX."""
        return PurePath(self.file.name).suffix.lstrip(".").upper()

    def stored_files(self) -> list[FieldFile]:
        """Return what lies in the storage for this row: the file, and its thumbnail where it has one."""
        return [stored for stored in (self.file, self.thumbnail) if stored]

    @property
    def may_be_shown(self) -> bool:
        """Tell whether files of this kind can stand on the public page: pictures and PDFs."""
        return self.content_type in SHOWN_KINDS
