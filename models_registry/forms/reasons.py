"""A reason for returning, as staff keep it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, TextField
from models_registry.models import ReturnReason


class ReasonWordsForm(PortalForm):
    """The words of one reason."""

    text = TextField(
        label=_("Reason"),
        max_length=ReturnReason._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say what is missing and how to mend it; the unit reads these words."),
    )
