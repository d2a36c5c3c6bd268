"""The words, dates and numbers that acts take."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, TextField, VietnameseDateField
from mobilization.core.validators import validate_document_number
from models_registry.models import Campaign, Registration, ReturnReason
from models_registry.states import Level, Outcome
from models_registry.validators import MAX_REASON, MAX_REMARK

LONGEST_OWN_WORDS = MAX_REASON - 400
"""A reason of the list comes before them."""
LONGEST_SHOWN = 240
"""So much of what the unit wrote stands under the remark at it."""


class ReasonForm(PortalForm):
    """An act that needs its reason."""

    reason = TextField(label=_("Reason"), widget=forms.Textarea, max_length=4000)


class WithdrawForm(PortalForm):
    """An act that may say why."""

    reason = TextField(label=_("Reason"), widget=forms.Textarea, max_length=4000, required=False)


class ReturnForm(PortalForm):
    """A return: a reason of the list, own words or both, a due date, and a remark at any field to be mended."""

    listed = forms.ModelChoiceField(
        label=_("Reason from the list"), queryset=ReturnReason.objects.none(), required=False
    )
    reason = TextField(
        label=_("Own words"), widget=forms.Textarea, max_length=LONGEST_OWN_WORDS, required=False
    )
    due_on = VietnameseDateField(label=_("To be completed by"), required=False)

    def __init__(
        self,
        *args: Any,
        names: tuple[str, ...],
        reasons: QuerySet[ReturnReason],
        texts: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listed"].queryset = reasons
        self.remarked = names
        for name in names:
            label = Registration._meta.get_field(name).verbose_name
            self.fields[f"remark_{name}"] = TextField(
                label=_("Remark at “%(field)s”") % {"field": label},
                required=False,
                max_length=MAX_REMARK,
                help_text=escape(Truncator(texts.get(name) or "–").chars(LONGEST_SHOWN)),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason, wherever it comes from."""
        cleaned = super().clean()
        if "reason" in cleaned and not cleaned.get("listed") and not cleaned["reason"]:
            self.add_error("reason", _("Give a reason."))
        return cleaned

    def whole_reason(self) -> str:
        """Return the reason as the step keeps it: the words of the list first, then the own ones."""
        return "\n".join(
            str(self.cleaned_data[name]) for name in ("listed", "reason") if self.cleaned_data[name]
        )

    def remark_fields(self) -> list[forms.BoundField]:
        """Return the remark fields, to be shown folded."""
        return [self[f"remark_{name}"] for name in self.remarked]

    def has_remarks(self) -> bool:
        """Tell whether a remark was written, or is wrong: then they are shown unfolded."""
        return self.is_bound and any(self[f"remark_{name}"].value() for name in self.remarked)

    def remarks(self) -> dict[str, str]:
        """Return the remarks that were written, by field of the registration."""
        written = {name: self.cleaned_data.get(f"remark_{name}") for name in self.remarked}
        return {name: text for name, text in written.items() if text}


class RecogniseForm(PortalForm):
    """The decision behind a recognition."""

    body = TextField(label=_("Recognised by"), max_length=200)
    number = TextField(label=_("Decision number"), max_length=60, validators=[validate_document_number])
    decided_on = VietnameseDateField(label=_("Decision date"))
    exemplary = forms.BooleanField(label=_("Exemplary"), required=False)


class ProposeForm(PortalForm):
    """To which level a recognised registration is proposed, and why."""

    level = forms.ChoiceField(label=_("Proposed level"))
    reason = TextField(label=_("Why it deserves it"), widget=forms.Textarea, max_length=4000, required=False)

    def __init__(self, *args: Any, levels: list[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, level.label) for level in levels]


class ConcludeForm(PortalForm):
    """The outcome of the year."""

    outcome = forms.ChoiceField(label=_("Outcome of the year"), choices=Outcome.choices)
    reason = TextField(label=_("Reason"), widget=forms.Textarea, max_length=4000, required=False)


class RenewForm(PortalForm):
    """Into which campaign a model goes on."""

    campaign = forms.ModelChoiceField(label=_("campaign"), queryset=Campaign.objects.none())

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns
