"""The form of the register of certificates handed out."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.certificates.handing_out import waiting
from awards.forms.amending import AwardsChoice
from awards.models import Award, Decision
from mobilization.core.forms import PortalForm, TextField, VietnameseDateField


class HandOutForm(PortalForm):
    """Which certificates of one decision, when, to whom, by whom."""

    awards = AwardsChoice(label=_("Certificates"), queryset=Award.objects.none(), required=False)
    all_waiting = forms.BooleanField(
        label=_("All certificates of this decision that nobody was handed yet"), required=False
    )
    handed_on = VietnameseDateField(label=_("Handed out on"))
    received_by = TextField(
        label=_("Received by"),
        max_length=200,
        help_text=_("Name and post of who took it; never a phone or an identity number."),
    )
    handed_by = TextField(label=_("Handed out by"), max_length=200)
    note = TextField(label=_("Note"), max_length=500, required=False)

    field_order = ["handed_on", "received_by", "handed_by", "note", "all_waiting", "awards"]

    def __init__(self, *args, decision: Decision, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting(decision).select_related("form").in_annex_order()
        self.fields["awards"].queryset = self.waiting
        self.fields["handed_on"].initial = timezone.localdate().strftime("%d/%m/%Y")
        self.fields["handed_by"].initial = user.full_name

    def clean(self):
        """Ask for at least one certificate."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("all_waiting") and not cleaned.get("awards"):
            self.add_error("awards", _("Choose at least one certificate."))
        return cleaned

    def chosen(self):
        """Return the ticked awards, or all that wait."""
        return self.waiting if self.cleaned_data["all_waiting"] else self.cleaned_data["awards"]


class TakeBackForm(PortalForm):
    """Why a line of the register is taken back."""

    reason = TextField(label=_("Reason"), max_length=500, widget=forms.Textarea)
