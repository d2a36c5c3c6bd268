"""The form of an opinion and the small forms of its acts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.fields import UnitChoiceField, VersionField, add_field_errors, units_newest_first
from dialogues.forms.dialogue import ReasonForm
from dialogues.models import Opinion
from dialogues.validators import validate_opinion
from mobilization.core.forms import PortalForm, PortalModelForm, TextField, VietnameseDateField
from mobilization.units.forms import UnitChoiceField as TypedUnitField
from mobilization.units.models import Unit

if TYPE_CHECKING:
    from dialogues.models import Dialogue

_MAX_TEXT = 4000


class OpinionForm(PortalModelForm):
    """What was raised, and who is to deal with it until when."""

    unit_in_charge = UnitChoiceField(label=_("Unit in charge"), queryset=None, required=False)
    version = VersionField()

    class Meta(PortalModelForm.Meta):
        model = Opinion
        fields = ("field", "matter", "text", "author_name", "unit_in_charge", "due_on", "is_sensitive")
        help_texts = {"matter": _("In a few words; shown in lists and, once published, to the public.")}

    def __init__(self, *args: Any, dialogue: "Dialogue", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.dialogue = dialogue
        known = Q(pk__in=Unit.objects.in_force().values("pk")) | Q(pk=self.instance.unit_in_charge_id)
        self.fields["unit_in_charge"].queryset = units_newest_first(Unit.objects.filter(known))
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            self.fields["unit_in_charge"].initial = dialogue.unit.heir_id

    def clean(self) -> dict[str, Any]:
        """Check the facts against each other, with the validators that imports use."""
        # As in DialogueForm: the validators know what the constraints say.
        try:
            validate_opinion(
                {"dialogue": self.instance.dialogue, "is_public": self.instance.is_public} | self.cleaned_data
            )
        except ValidationError as error:
            add_field_errors(self, error)
        return self.cleaned_data


class WordsForm(PortalForm):
    """A few words that may be left out."""

    words = TextField(label=_("Note"), required=False, max_length=_MAX_TEXT, widget=forms.Textarea)
    version = VersionField()


class SpotAnswerForm(PortalForm):
    """The answer given at the conference; its words may be left out."""

    answer = TextField(label=_("Answer"), required=False, max_length=_MAX_TEXT, widget=forms.Textarea)
    version = VersionField()


class AnswerForm(PortalForm):
    """An answer with its day and document."""

    answer = TextField(label=_("Answer"), max_length=_MAX_TEXT, widget=forms.Textarea)
    answered_on = VietnameseDateField(label=_("Date of the answer"), initial=timezone.localdate)
    answer_document = TextField(label=_("Document of the answer"), required=False, max_length=200)
    version = VersionField()


class ReopenForm(ReasonForm):
    """Why it is opened again, and until when it is to be settled now."""

    due_on = VietnameseDateField(label=_("New due date"), required=False)


class PassOnForm(PortalForm):
    """To whom an opinion is passed on, why, and until when it is to be settled now."""

    unit = TypedUnitField(label=_("Unit in charge"), queryset=None)
    words = TextField(label=_("In words"), max_length=_MAX_TEXT, widget=forms.Textarea)
    due_on = VietnameseDateField(label=_("New due date"), required=False)
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_charge()


class AssignForm(PortalForm):
    """Who is in charge of many opinions, until when; one of both may stay as it is."""

    unit = TypedUnitField(label=_("Unit in charge"), queryset=None, required=False)
    due_on = VietnameseDateField(label=_("Due date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_charge()

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of both."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError(_("Give the unit in charge, the due date, or both."))
        return self.cleaned_data


class DocumentForm(PortalForm):
    """One document of an answer."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, JPEG, PNG, WebP, DOCX or XLSX, at most 10 MB."))


def units_to_charge() -> QuerySet[Unit]:
    """Return the units that may be put in charge: those in force."""
    return Unit.objects.in_force().order_by("sort_key", "pk")


class PublicTextForm(PortalForm):
    """What the public will read, the matter above it too: without names of people."""

    matter = TextField(
        label=_("Matter"),
        max_length=Opinion._meta.get_field("matter").max_length,
        help_text=_("Stands above the text; the public reads it as well. Without names of people."),
    )
    public_text = TextField(
        label=_("Public text"),
        max_length=_MAX_TEXT,
        widget=forms.Textarea,
        help_text=_("Without names, phone numbers or addresses of people."),
    )
    public_answer = TextField(
        label=_("Public answer"), required=False, max_length=_MAX_TEXT, widget=forms.Textarea
    )
    version = VersionField()
