"""The form of the table at the conference: few fields, each filled by a few letters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogues.fields import add_field_errors
from dialogues.forms.opinion import units_to_charge
from dialogues.models import Dialogue
from dialogues.states import OpinionField
from dialogues.validators import validate_opinion
from mobilization.core.errors import DomainError
from mobilization.core.forms import PortalForm, TextField, VietnameseDateField
from mobilization.core.text import fold
from mobilization.units.forms import UnitChoiceField, unit_label
from mobilization.units.models import Unit

_MAX_TEXT = 4000


class FieldInput(forms.TextInput):
    """A line to type into, with the fields of opinions as suggestions; needs no script."""

    template_name = "dialogues/field_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the suggestions."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', f'id_{name}')}_fields"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off"}
        return context | {"list_id": list_id, "labels": OpinionField.labels}


class LettersField(TextField):
    """The field of an opinion by a few letters of its name, accents and case aside; cleans to its code."""

    widget = FieldInput

    def to_python(self, value: Any) -> str:
        """Return the code meant; raises ``ValidationError`` where none or several are."""
        text = fold(super().to_python(value)).strip()
        if not text:
            return ""
        named = {choice.value: fold(str(choice.label)) for choice in OpinionField}
        exact = [code for code, label in named.items() if text in {label, code}]
        found = exact or [
            code for code, label in named.items() if all(f" {word}" in f" {label}" for word in text.split())
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("Several fields begin like this; type some more letters."))
        raise ValidationError(_("Choose a field from the list."))


class LettersUnitField(UnitChoiceField):
    """A unit by name or code, or by a few letters that only one has."""

    def to_python(self, value: Any) -> Unit | None:
        """Return the unit meant, or None for an empty field."""
        try:
            return super().to_python(value)
        except (ValidationError, DomainError):
            found = list(self.queryset.search(str(value))[:2])
            if len(found) != 1:
                raise
            return found[0]


class TableForm(PortalForm):
    """One opinion as it is raised, in the order in which the secretary hears it."""

    text = TextField(
        label=_("Text of the opinion"), max_length=_MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    field = LettersField(label=_("Field of the opinion"), max_length=100)
    unit_in_charge = LettersUnitField(label=_("Unit in charge"), queryset=None, required=False)
    due_on = VietnameseDateField(label=_("Due date"), required=False)
    author_name = TextField(
        label=_("Raised by"),
        max_length=150,
        required=False,
        help_text=_("Optional. Never published and never exported."),
    )
    on_spot = forms.BooleanField(label=_("Answered on the spot"), required=False)
    answer = TextField(
        label=_("Answer"), max_length=_MAX_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    is_sensitive = forms.BooleanField(label=_("Sensitive"), required=False)

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        unit = self.fields["unit_in_charge"]
        unit.queryset = units_to_charge()
        unit.initial = unit_label(dialogue.unit.heir)

    def clean(self) -> dict[str, Any]:
        """Check the facts against each other, with the validators that imports use."""
        try:
            validate_opinion({"dialogue": self.dialogue, "due_on": self.cleaned_data.get("due_on")})
        except ValidationError as error:
            add_field_errors(self, error)
        if self.cleaned_data.get("answer") and not self.cleaned_data.get("on_spot"):
            self.add_error("on_spot", _("An answer was typed: tick that it was given on the spot."))
        return self.cleaned_data
