"""Form parts of this app."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mobilization.units.models import Unit

MAX_VERSION = 2**31 - 1


class UnitChoiceField(forms.ModelChoiceField):
    """A unit, named so that units of different times with one name can be told apart."""

    def label_from_instance(self, obj: Unit) -> str:
        """Return the full name; of a unit that is no more, also its last day and what it belonged to."""
        if obj.valid_to is None:
            return obj.full_name
        parent = f", {obj.parent.full_name}" if obj.parent else ""
        last = (obj.valid_to - datetime.timedelta(days=1)).strftime("%d/%m/%Y")
        return _("%(unit)s%(parent)s (to %(date)s)") % {"unit": obj.full_name, "parent": parent, "date": last}


class VersionField(forms.IntegerField):
    """What the actor saw; comes back hidden with every form."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=MAX_VERSION, **kwargs)


class ClockField(forms.TimeField):
    """A time of day: 8:30, 08:30 or 8h30."""

    default_error_messages = {"invalid": _("Write the time as hours:minutes, for example 08:30.")}
    widget = forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:30", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%Hh", "%H:%M:%S"], **kwargs)


def units_newest_first(queryset):
    """Order units for a choice: those in force before those of the past, each in Vietnamese order."""
    return queryset.select_related("parent").order_by("-valid_to", "sort_key", "pk")


def add_field_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put the sentences of a validator at their fields; a field that is wrong already keeps its own sentence."""
    for name, sentences in error.message_dict.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, sentences)
