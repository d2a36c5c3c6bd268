"""What is written when deciding quietly, and when announcing."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, TextField, VietnameseDateField
from mobilization.core.validators import validate_document_number
from mobilization.publication.services import quiet_bulk
from mobilization.publication.services.pending import MAX_REASON, MAX_SOURCE
from mobilization.publication.services.publishing import MAX_TITLE
from models_registry.forms import bulk
from models_registry.validators import MAX_BODY, MAX_NUMBER

RECOGNISE, REFUSE = "recognise", "refuse"


class DecideForm(bulk.BulkForm):
    """What is decided on all chosen registrations, where, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(RECOGNISE, _("Recognise")), (REFUSE, _("Do not recognise"))],
        widget=forms.RadioSelect,
    )
    exemplary = forms.BooleanField(label=_("Exemplary"), required=False)
    source = TextField(
        label=_("Decided at"),
        max_length=MAX_SOURCE,
        required=False,
        help_text=_("For example: council session, minutes 12/BB-HĐ."),
    )
    reason = TextField(
        label=_("Reason"),
        widget=forms.Textarea,
        max_length=MAX_REASON,
        required=False,
        help_text=_("Needed where it is not recognised. The unit reads it once it is announced."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask why where the answer is no; only what is recognised can be exemplary."""
        cleaned = super().clean()
        if cleaned.get("decision") == REFUSE:
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("Give a reason."))
            if cleaned.get("exemplary"):
                self.add_error("exemplary", _("Only what is recognised can be exemplary."))
        return cleaned

    def words(self) -> dict[str, Any]:
        """Return what was decided as plain values."""
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in ("exemplary", "source", "reason")}
        return kept | {"recognise": cleaned["decision"] == RECOGNISE}


class PublishForm(PortalForm):
    """The document under which decisions are announced."""

    title = TextField(label=_("What is announced"), max_length=MAX_TITLE)
    body = TextField(label=_("Recognised by"), max_length=MAX_BODY)
    number = TextField(
        label=_("Decision number"), max_length=MAX_NUMBER, validators=[validate_document_number]
    )
    decided_on = VietnameseDateField(label=_("Decision date"))

    def clean_decided_on(self) -> Any:
        """Refuse a date to come."""
        decided_on = self.cleaned_data["decided_on"]
        if decided_on > timezone.localdate():
            raise forms.ValidationError(_("The decision cannot lie in the future."), "future")
        return decided_on


bulk.register(quiet_bulk.CODE, DecideForm)
