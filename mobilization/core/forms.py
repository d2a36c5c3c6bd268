"""Form parts that every app shares: Vietnamese dates and numbers, clean text, one layout."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.errors import NOT_SEEN
from mobilization.core.validators import clean_text, validate_plausible_date, validate_text

DATE_INPUTS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
MAX_MONEY = 10**15
# The keyboard of numbers that a phone shows for a date has no stroke on it.
_WITHOUT_STROKES = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$", re.ASCII)
_LOOKS_LIKE_A_DATE = re.compile(r"^\s*(\d{1,2}([/.-])\d{1,2}\2\d{4}|\d{4}-\d{1,2}-\d{1,2})\s*$", re.ASCII)
DJANGO_ROWS, ROWS = "10", "4"
"""Django draws text areas ten lines high; four fit a phone."""


class TextField(forms.CharField):
    """Typed text: NFC, stripped; characters that cannot be read are refused before anything else sees them."""

    def to_python(self, value: Any) -> str:
        """Return the text as it is stored; raises ``ValidationError`` with a sentence."""
        value = super().to_python(value)
        return clean_text(value) if value else value


class VietnameseDateField(forms.DateField):
    """A date as people here write it (22/11/2026), or as a browser's date field sends it (2026-11-22)."""

    default_error_messages = {
        "invalid": _("Write the date as day/month/year, for example %(today)s."),
        "no_such_day": _("The calendar has no such day. Write day/month/year, for example %(today)s."),
    }
    widget = forms.DateInput(
        format="%d/%m/%Y",
        attrs={
            "placeholder": _("day/month/year"),
            "inputmode": "numeric",
            "autocomplete": "off",
            "data-date": "",
        },
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DATE_INPUTS)
        super().__init__(**kwargs)
        self.validators.append(validate_plausible_date)

    def to_python(self, value: Any) -> Any:
        """Return the date, or None for an empty field; what only looks like a date is told apart from other text."""
        try:
            if isinstance(value, str):
                validate_text(value)
                value = _WITHOUT_STROKES.sub(r"\1/\2/\3", value)
            return super().to_python(value)
        except forms.ValidationError as error:
            code = "no_such_day" if _LOOKS_LIKE_A_DATE.match(str(value)) else "invalid"
            today = timezone.localdate().strftime("%d/%m/%Y")
            raise forms.ValidationError(self.error_messages[code], code, {"today": today}) from error


class MoneyField(forms.IntegerField):
    """Whole đồng; "2.340.000" and "2 340 000" are taken as people write them."""

    default_error_messages = {"invalid": _("Write a whole number of đồng, for example 2.340.000.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MAX_MONEY)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Return the number of đồng, or None for an empty field."""
        if isinstance(value, str):
            value = value.replace("đ", "").replace("\u00a0", " ").replace(" ", "").strip()
            groups = value.replace(",", ".").split(".")
            if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):  # noqa: PLR2004 -- thousands
                value = "".join(groups)
        return super().to_python(value)


class CountField(forms.IntegerField):
    """A number of people, households or days: whole, not negative, and no larger than the country."""

    default_error_messages = {"invalid": _("Write a whole number, for example 120.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-count": ""})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 100_000_000)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Return the number, or None for an empty field; thousands may be grouped by dots or blanks."""
        if isinstance(value, str):
            groups = value.replace("\u00a0", " ").replace(" ", ".").strip(".").split(".")
            if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):  # noqa: PLR2004 -- thousands
                value = "".join(groups)
        return super().to_python(value)


class AmountField(forms.DecimalField):
    """A number with decimals: "1.250,5" as people here write it, "1,250.5" as in English, "1250.5" as machines do.

    Where both signs stand, the last one parts the decimals; dots alone before three digits part thousands.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """Return the number, or None for an empty field."""
        if isinstance(value, str):
            value = value.replace("\u00a0", "").replace(" ", "")
            groups = value.split(".")
            if 0 <= value.rfind(",") < value.rfind("."):
                value = value.replace(",", "")
            elif "," in value or (len(groups) > 1 and all(len(group) == 3 for group in groups[1:])):  # noqa: PLR2004 -- thousands
                value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)


class SeenVersionField(forms.IntegerField):
    """The version of the record that the page showed; comes back hidden, and without it nothing is changed."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NOT_SEEN, "invalid": NOT_SEEN}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**31 - 1, **kwargs)


DASHES = "---------"
"""What Django shows for nothing chosen."""
CHOOSE = _("Choose …")
_MISSING: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.FileField, _("Please choose a file.")),
    (forms.ChoiceField, _("Please choose.")),
    (forms.BooleanField, _("Please tick this.")),
    (forms.Field, _("Please fill this in.")),
)
"""What to do about an empty field; the first that fits."""


def speak_plainly(field: forms.Field) -> None:
    """Let ``field`` say what to do where Django says what it is: when it is empty, and for a choice not made yet.

    Words that the field was given itself stay.
    """
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = next(words for kind, words in _MISSING if isinstance(field, kind))
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = CHOOSE
    elif isinstance(field, forms.ChoiceField) and next(iter(field.choices), None) == ("", DASHES):
        field.choices = [("", CHOOSE), *list(field.choices)[1:]]


class PortalFormMixin:
    """One layout for all forms: crispy, no form tag (the page writes it), errors at their field, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.attrs = {"novalidate": True}
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == DJANGO_ROWS:
                field.widget.attrs["rows"] = ROWS
            speak_plainly(field)

    def full_clean(self) -> None:
        """Check what was sent; fields that the form got since it was made speak plainly too."""
        for field in self.fields.values():
            speak_plainly(field)
        super().full_clean()


class PortalForm(PortalFormMixin, forms.Form):
    """A plain form in the portal's layout."""


_AS_DJANGO_DOES = (
    models.DateTimeField,
    models.EmailField,
    models.URLField,
    models.SlugField,
    models.AutoField,
)
_FORM_FIELDS: tuple[tuple[type[models.Field] | tuple[type[models.Field], ...], type[forms.Field]], ...] = (
    (models.DateField, VietnameseDateField),
    (models.PositiveIntegerField, CountField),
    (models.DecimalField, AmountField),
    (models.BigIntegerField, MoneyField),
    ((models.CharField, models.TextField), TextField),
)


def portal_formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """Return the form field of a model field; for ``Meta.formfield_callback`` of model forms.

    Dates are Vietnamese dates, text is clean text; all else is Django's own choice. Numbers keep Django's own
    validation and are bounded by their column.
    """
    if field.choices or field.is_relation or isinstance(field, _AS_DJANGO_DOES):
        return field.formfield(**kwargs)
    found = next((form_class for kind, form_class in _FORM_FIELDS if isinstance(field, kind)), None)
    return field.formfield(form_class=found, **kwargs) if found else field.formfield(**kwargs)


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A model form in the portal's layout; subclasses inherit ``Meta`` so that their fields are made as above."""

    class Meta:
        formfield_callback = portal_formfield
