"""Evidence files of a registration."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mobilization.core.files import StoredFile
from mobilization.core.validators import validate_text
from models_registry.models.registration import Registration
from models_registry.querysets import AttachmentQuerySet

MAX_ATTACHMENTS = 20
"""A registration carries at most this many files; the size of each is bounded by ``core.files``."""


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

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
