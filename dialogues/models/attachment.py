"""Files of a dialogue, and the documents by which opinions are answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues.models.dialogue import Dialogue
from dialogues.models.opinion import Opinion
from mobilization.core.files import StoredFile
from mobilization.units.models import Unit


class AttachmentKind(models.TextChoices):
    """What a file of a dialogue is."""

    PLAN = "plan", _("Plan")
    NOTICE = "notice", _("Notice")
    MINUTES = "minutes", _("Minutes")
    CONCLUSION = "conclusion", _("Conclusion notice")
    PICTURE = "picture", _("Picture")
    OTHER = "other", _("Other document")


class DialogueAttachment(StoredFile):
    """A file of a dialogue: for staff, never public by itself."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("What it is"), max_length=16, choices=AttachmentKind.choices)

    class Meta:
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")
        ordering = ("uploaded_at", "id")

    @property
    def unit(self) -> Unit:
        """Return the unit of the dialogue: what permissions ask about."""
        return self.dialogue.unit


class OpinionDocument(StoredFile):
    """A document of the answer to an opinion: for staff, never public by itself, kept for good."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="documents")

    class Meta:
        verbose_name = _("Document of the answer")
        verbose_name_plural = _("Documents of the answer")
        ordering = ("uploaded_at", "id")

    @property
    def unit(self) -> Unit:
        """Return the unit that recorded the opinion."""
        return self.opinion.unit
