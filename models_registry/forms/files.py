"""Evidence files: several at once, and what has to be said before one is shown to everybody."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, TextField
from models_registry.forms.filing import LineArea
from models_registry.models import MAX_ATTACHMENTS, Attachment

_CONSENT = Attachment._meta.get_field("consent_note").help_text
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"
"""What the file chooser of the browser offers; what a file really is, its content tells."""


class FilesInput(forms.FileInput):
    """A chooser of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; the value is always a list. Each is looked at by ``core.files`` when it is kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list:
        """Return the files that came. An empty one is refused where it is kept, with the others kept all the same."""
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], "required")
        if len(files) > MAX_ATTACHMENTS:
            raise forms.ValidationError(
                _("No more than %(limit)d files."), "too_many", {"limit": MAX_ATTACHMENTS}
            )
        return files


class ConsentMixin:
    """A form that asks who agreed to be shown."""

    @staticmethod
    def consent_answers() -> list[str]:
        """Return what is most often true: to be written by a tap, and changed where it is otherwise."""
        day = timezone.localdate().strftime("%d/%m/%Y")
        return [
            gettext("Nobody can be recognised in the picture."),
            gettext("Those in the picture were asked on %(day)s and agreed.") % {"day": day},
        ]


class AttachmentForm(ConsentMixin, PortalForm):
    """Evidence files with what they show; nothing is public without words about who agreed.

    ``added`` are the files that came before the words: no more has to be chosen then.
    """

    file = FilesField(
        label=_("Pictures and documents"),
        help_text=_("PDF, pictures, DOCX or XLSX, at most 10 MB each. Several can be chosen at once."),
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        required=False,
    )
    caption = TextField(
        label=_("What they show"),
        max_length=200,
        required=False,
        help_text=_("For example: people clearing the road, March 2026."),
        widget=LineArea,
    )
    is_public = forms.BooleanField(label=_("May be shown on the public page"), required=False)
    # Asked for once the files are to be shown, and only then on the page: the label says so at once.
    consent_note = TextField(
        label=_("Who agreed to be shown (needed)"), max_length=300, required=False, help_text=_CONSENT
    )

    def __init__(self, *args: Any, added: Collection[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.added = added

    def is_empty(self) -> bool:
        """Tell whether nothing was chosen and nothing written."""
        written = any(self.data.get(name, "").strip() for name in ("caption", "is_public", "consent_note"))
        return not (self.files or self.added or written)

    def words(self) -> dict[str, Any]:
        """Return what is said of the files, by the names that ``services.attach`` takes; slips are left out."""
        cleaned = self.cleaned_data
        return {
            "caption": cleaned.get("caption", ""),
            "is_public": cleaned.get("is_public", False),
            "consent_note": cleaned.get("consent_note", ""),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a file, unless some came before, and for the consent where the files are to be shown."""
        cleaned = super().clean()
        if not (self.added or cleaned.get("file") or "file" in self.errors):
            self.add_error("file", _("Choose the picture or the document first."))
        if cleaned.get("is_public") and not cleaned.get("consent_note") and "consent_note" not in self.errors:
            self.add_error("consent_note", _("Say who agreed to be shown, when and how."))
        if cleaned.get("is_public") and not cleaned.get("caption") and "caption" not in self.errors:
            self.add_error("caption", _("Say what the picture shows, for those who cannot see it."))
        return cleaned


class ShowFileForm(ConsentMixin, PortalForm):
    """What has to be said before a file stands on the public page."""

    caption = TextField(
        label=_("What it shows"),
        max_length=200,
        required=False,
        help_text=_("Read out to those who cannot see the picture."),
    )
    consent_note = TextField(label=_("Who agreed to be shown"), max_length=300, help_text=_CONSENT)
