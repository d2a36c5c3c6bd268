"""The forms of judging: words about warnings, decisions drawn, papers handed in."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, Recipient
from awards.models.nomination import MAX_WORDS
from awards.services import PREPARERS
from awards.states import DossierPart, WarningCode
from mobilization.accounts.scopes import scope_units
from mobilization.core.errors import NOT_SEEN
from mobilization.core.forms import PortalForm, PortalModelForm, SeenVersionField, TextField

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"
"""What the file chooser of the browser offers; what a file really is, its content tells."""


class ApproveForm(PortalForm):
    """The words that take note of warnings, a field for each kind of warning.

    ``about`` maps each code to the sentences that it is told in. With ``required`` no field may stay empty; without,
    what a field left empty concerns is left out.
    """

    seen_version = SeenVersionField(required=False)

    def __init__(self, *args, about: Mapping[str, Sequence[str]], required: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        left_out = "" if required else _("Left empty, those that it concerns are left out.")
        for code in about:
            self.fields[str(code)] = TextField(
                label=WarningCode(code).label,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=MAX_WORDS,
                required=required,
                help_text=left_out,
                error_messages={"required": _("Say in your own words why it is approved all the same.")},
            )

    def words(self) -> dict[str, str]:
        """Return the words by the code of the warning."""
        return {code: text for code, text in self.cleaned_data.items() if code in WarningCode.values}


class DrawForm(PortalForm):
    """Which decision the nominations go into; number, date and signer are typed there."""

    into = forms.ModelChoiceField(
        label=_("Into the draft"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("A new draft for each granting unit and tier"),
    )
    title = TextField(
        label=_("Subject of the decision"),
        max_length=500,
        required=False,
        help_text=_(
            "For new drafts, proposed from form, recipients and year; it can be changed until the decision is issued. "
            "Left empty, each new draft gets its own."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, user, proposed: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = proposed
        drafts = Decision.objects.drafts().filter(unit__in=scope_units(user, *PREPARERS).values("pk"))
        self.fields["into"].queryset = drafts.filter(amends=None).for_list()


class SignedMinutesForm(PortalForm):
    """The signed minutes of an examination."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, pictures, DOCX or XLSX, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class PaperForm(SignedMinutesForm):
    """A signed paper of a dossier."""

    part = forms.ChoiceField(label=_("Paper"), choices=DossierPart)

    field_order = ["part", "file"]


class RecipientForm(PortalModelForm):
    """A recipient's name, unit and what tells it apart; awards keep the names under which they were granted."""

    seen_version = SeenVersionField()

    class Meta(PortalModelForm.Meta):
        model = Recipient
        fields = ["kind", "name", "unit", "note"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["seen_version"].initial = self.instance.version

    def clean(self):
        """Say above the form what is wrong with the hidden version: nobody could read it at its field."""
        cleaned = super().clean()
        if "seen_version" in self.errors:
            self.add_error(None, NOT_SEEN)
        return cleaned


class MergeForm(PortalForm):
    """Which recipient is the same as this one, and why."""

    double = forms.ModelChoiceField(
        label=_("The same as this one"),
        queryset=Recipient.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea)

    def __init__(self, *args, doubles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["double"].queryset = doubles
        self.fields["double"].label_from_instance = lambda one: f"{one} – {one.unit.full_name}"
