"""Choosing what the table of units shows, and the words of a reminder."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, TextField
from models_registry.matrix import Line
from models_registry.models import Campaign


class MatrixForm(PortalForm):
    """Campaign, the unit above, and words of a unit's name or code."""

    q = TextField(
        label=_("Search for a unit"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    parent = forms.TypedChoiceField(
        label=_("Directly under"), required=False, coerce=int, empty_value=None, choices=()
    )

    def __init__(self, *args, campaigns: Sequence[Campaign], lines: Sequence[Line], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].choices = [(str(one.pk), str(one)) for one in campaigns]
        above = {line.parent: line.parent_name for line in lines if line.parent}
        if len(above) > 1:
            self.fields["parent"].choices = [("", _("All")), *above.items()]
        else:
            del self.fields["parent"]


class RemindForm(PortalForm):
    """Own words of a reminder."""

    words = TextField(
        label=_("Words to add"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("They stand under what the unit owes."),
    )
