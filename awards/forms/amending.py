"""The forms that amend an issued decision, and those of acts without words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Award, Decision
from awards.states import AwardState
from awards.validators import NUMBER_LENGTH
from mobilization.core.errors import NOT_SEEN
from mobilization.core.forms import PortalForm, SeenVersionField, TextField, VietnameseDateField


class AwardsChoice(forms.ModelMultipleChoiceField):
    """Awards of one issued decision that still stand."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, award: Award) -> str:
        """Return number, recipient and form."""
        number = f"{award.certificate_number}. " if award.certificate_number else ""
        return f"{number}{award.recipient_name} – {award.form.name}"


class _AmendForm(PortalForm):
    awards = AwardsChoice(
        label=_("Awards concerned"),
        queryset=Award.objects.none(),
        error_messages={
            "invalid_choice": _(
                "One of these awards was corrected or revoked meanwhile. Tick again what is meant."
            )
        },
    )
    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea)
    seen_version = SeenVersionField()

    def __init__(self, *args, decision: Decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = decision.version
        standing = decision.awards.filter(state=AwardState.VALID).select_related("form").in_annex_order()
        self.fields["awards"].queryset = standing
        self.fields["awards"].initial = [award.pk for award in standing]

    def clean(self):
        """Say above the form what is wrong with the hidden version: nobody could read it at its field."""
        cleaned = super().clean()
        if "seen_version" in self.errors:
            self.add_error(None, NOT_SEEN)
        return cleaned

    def look_again_at(self, current: Decision) -> None:
        """Let what was typed be sent on purpose over the decision as it stands now, once it has been looked at."""
        self.data = self.data.copy()
        self.data["seen_version"] = str(current.version)


class CorrectForm(_AmendForm):
    """Which awards are to be corrected, and why."""


class RevokeForm(_AmendForm):
    """The new decision that revokes."""

    number = TextField(label=_("Number of the revoking decision"), max_length=NUMBER_LENGTH)
    signed_on = VietnameseDateField(label=_("Signed on"))
    signer = TextField(label=_("Signer"), max_length=120)
    signer_post = TextField(label=_("Signer's post"), max_length=200)

    field_order = ["number", "signed_on", "signer", "signer_post", "reason", "awards"]

    def __init__(self, *args, decision: Decision, **kwargs):
        super().__init__(*args, decision=decision, **kwargs)
        for name in ("signer", "signer_post"):
            self.fields[name].initial = getattr(decision, name)


class SeenVersionForm(PortalForm):
    """An act without words: only the version that the page showed."""

    seen_version = SeenVersionField()
