"""Words that the closing of a year and its corrections take."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, TextField

AREA = {"widget": forms.Textarea(attrs={"rows": 4}), "max_length": 2000}


class CloseForm(PortalForm):
    """Why a year is closed although something is open, and that one knows what is done."""

    words = TextField(
        label=_("What is left open, and why the year is closed all the same"),
        required=False,
        help_text=_("Needed where the list above is not clean. It becomes part of the seal."),
        **AREA,
    )
    confirmed = forms.BooleanField(label=_("I close this year. I know that it is never opened again."))


class AskForm(PortalForm):
    """What is to be changed, and why."""

    wanted = TextField(label=_("What is to be changed"), **AREA)
    reason = TextField(label=_("Reason"), help_text=_("Name the document it rests on."), **AREA)


class ExplainForm(PortalForm):
    """Why a closed year changed."""

    reason = TextField(label=_("Cause of the change"), **AREA)


class DecideForm(PortalForm):
    """The words of a decision; needed to decline."""

    answer = TextField(label=_("Your words"), required=False, **AREA)
