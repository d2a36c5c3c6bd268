"""Choosing a unit, and the files of a reorganisation."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mobilization.core.errors import DomainError
from mobilization.core.forms import PortalForm
from mobilization.core.validators import validate_text
from mobilization.units.models import Unit
from mobilization.units.plan_files import read_plan
from mobilization.units.plans import Plan, PlanRefused

MAX_FILE = 2 * 1024 * 1024
SHOWN_PROBLEMS = 100


def unit_label(unit: Unit) -> str:
    """Return how a unit is written in a choice: by full name, told from others of that name by its code."""
    return f"{unit.full_name} ({unit.code})"


class UnitInput(forms.TextInput):
    """A line to type a unit's name or code, with the units to choose from as suggestions; needs no script."""

    template_name = "units/unit_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.choices: Any = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the suggestions."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', f'id_{name}')}_units"
        context["widget"]["attrs"]["list"] = list_id
        context["list_id"] = list_id
        context["labels"] = [label for key, label in self.choices if key]
        return context


class UnitChoiceField(forms.ModelChoiceField):
    """A unit out of ``queryset``, typed or picked by name or code; cleans to the ``Unit``.

    ``on`` is the date on which names and codes are meant, today without one. A primary key is not taken: it would be
    mistaken for a code.
    """

    widget = UnitInput
    default_error_messages = {"invalid_choice": _("Choose a unit from the list.")}

    def __init__(self, *args: Any, on: datetime.date | None = None, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        """Return what is suggested, and shown when the form is shown again."""
        return unit_label(obj)

    def prepare_value(self, value: Any) -> Any:
        """Return the words for a unit or its key; what was typed stays as it is."""
        if isinstance(value, Unit):
            return unit_label(value)
        if isinstance(value, int):
            found = self.queryset.filter(pk=value).first()
            return unit_label(found) if found else ""
        return value

    def to_python(self, value: Any) -> Unit | None:
        """Return the unit meant, or None for an empty field; raises ``ValidationError`` if none or several are."""
        if value in self.empty_values:
            return None
        if isinstance(value, Unit):
            return value
        text = str(value).strip()
        validate_text(text)
        name, _bracket, code = text.rpartition("(")
        try:
            return self.queryset.resolve(code.rstrip(")") if name else text, self.on)
        except DomainError as refusal:
            raise ValidationError(refusal.message, refusal.code) from refusal


class ReorganisationForm(PortalForm):
    """The two files of a reorganisation, in the form of those shipped; cleans to a ``Plan``.

    ``units`` and ``successions`` of ``texts`` hold what was in the files, so that the plan that was looked at is the
    one carried out: the second step sends them along instead of the files.
    """

    units_file = forms.FileField(
        label=_("Units (CSV)"),
        required=False,
        help_text=_(
            "Units that begin, and units that end with their last date; the same columns as the export."
        ),
    )
    successions_file = forms.FileField(
        label=_("Successions (CSV)"), required=False, help_text=_("Which unit became part of which.")
    )
    units_text = forms.CharField(required=False, strip=False, max_length=MAX_FILE, widget=forms.HiddenInput)
    successions_text = forms.CharField(
        required=False, strip=False, max_length=MAX_FILE, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """Read the files into ``plan``; every unreadable cell becomes an error of the form."""
        cleaned = super().clean()
        self.texts = {
            source: self._text(cleaned.get(f"{source}_file"), cleaned.get(f"{source}_text", ""))
            for source in ("units", "successions")
        }
        if not any(self.texts.values()):
            raise ValidationError(_("Choose at least one file."))
        try:
            self.plan: Plan = read_plan(self.texts["units"], self.texts["successions"])
        except PlanRefused as refusal:
            raise ValidationError(
                [str(problem) for problem in refusal.problems[:SHOWN_PROBLEMS]]
            ) from refusal
        return cleaned

    @staticmethod
    def _text(upload: Any, text: str) -> str:
        if not upload:
            return text
        if upload.size > MAX_FILE:
            raise ValidationError(_("The file is too long."))
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("This is no UTF-8 text file.")) from error
