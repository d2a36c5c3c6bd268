"""The words that acts on many registrations take: said once, they hold for each of them."""

import datetime
import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.core.forms import PortalForm, TextField, VietnameseDateField
from mobilization.core.validators import validate_document_number
from models_registry.models import Registration, ReturnReason
from models_registry.services.assigning import reviewers_beside
from models_registry.states import Level, Outcome
from models_registry.validators import MAX_BODY, MAX_NUMBER, MAX_REASON, problems_of_recognition

_CODE = re.compile(r"dvk-?([0-9]{7})", re.IGNORECASE)
_NAMED = 10
"""So many wrong codes are named at once."""
LONGEST_OWN_WORDS = MAX_REASON - 400
"""A reason of the list comes before them."""


class BulkForm(PortalForm):
    """The words of one act on many registrations; ``user`` is who acts."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def words(self) -> dict[str, Any]:
        """Return what was written as plain values, as a job keeps them; the form is valid."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class LeaveOutForm(PortalForm):
    """Models that are left out this time, by their codes: also those that no page is long enough to show."""

    leave_codes = TextField(
        label=_("Leave these out as well"),
        widget=forms.Textarea(attrs={"class": "figures"}),
        max_length=150_000,
        required=False,
        help_text=_("Codes of models (DVK-0000001), one a line, as copied from a workbook."),
    )

    def __init__(self, *args: Any, rows: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.left_out: set[int] = set()
        """The rows that the codes mean, once the form is valid."""

    def clean_leave_codes(self) -> str:
        """Find the rows; a code that is none, or of a model that was not chosen, is named."""
        typed = self.cleaned_data["leave_codes"]
        words = {word for line in typed.splitlines() for word in re.split(r"[\s;,]+", line) if word}
        codes = {word: f"DVK-{found[1]}" if (found := _CODE.fullmatch(word)) else "" for word in words}
        chosen = Registration.objects.filter(pk__in=self.rows, model__code__in=set(codes.values()))
        found = dict(chosen.values_list("pk", "model__code"))
        unknown = sorted(word for word, code in codes.items() if code not in found.values())
        if unknown:
            named = get_text_list(unknown[:_NAMED], _("and"))
            more = _("None of the models that you chose has one of these codes: %(codes)s.")
            raise forms.ValidationError(more % {"codes": named}, "unknown")
        self.left_out = set(found)
        return typed


class NoWordsForm(BulkForm):
    """An act that takes no words."""


class ReturnManyForm(BulkForm):
    """One reason for all: of the list that staff keep, in own words, or both; and one day to mend it by."""

    listed = forms.ModelChoiceField(
        label=_("Reason from the list"), queryset=ReturnReason.objects.none(), required=False
    )
    reason = TextField(
        label=_("Own words"), widget=forms.Textarea, max_length=LONGEST_OWN_WORDS, required=False
    )
    due_on = VietnameseDateField(label=_("To be completed by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listed"].queryset = ReturnReason.objects.offered_to(self.user)

    def clean_due_on(self) -> datetime.date | None:
        """Refuse a day that has passed."""
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(_("The day to complete it by has passed already."), "past")
        return due_on

    def clean(self) -> dict[str, Any]:
        """Ask for a reason, wherever it comes from."""
        cleaned = super().clean()
        if "reason" in cleaned and not cleaned.get("listed") and not cleaned["reason"]:
            self.add_error("reason", _("Give a reason."))
        return cleaned

    def words(self) -> dict[str, Any]:
        """Return the reason as one text."""
        cleaned = self.cleaned_data
        reason = "\n".join(str(part) for part in (cleaned["listed"], cleaned["reason"]) if part)
        return {"reason": reason, "due_on": _plain(cleaned["due_on"])}


class RecogniseManyForm(BulkForm):
    """The decision under which all are recognised. Whether one is exemplary is decided for each by itself."""

    body = TextField(label=_("Recognised by"), max_length=MAX_BODY)
    number = TextField(
        label=_("Decision number"), max_length=MAX_NUMBER, validators=[validate_document_number]
    )
    decided_on = VietnameseDateField(label=_("Decision date"))

    def clean(self) -> dict[str, Any]:
        """Refuse what each single recognition would refuse."""
        cleaned = super().clean()
        if not self.errors:
            today = timezone.localdate()
            for name, sentences in problems_of_recognition(**cleaned, today=today).items():
                self.add_error(name, sentences)
        return cleaned


class ConcludeManyForm(BulkForm):
    """The outcome of the year for all of them; what ends says why."""

    outcome = forms.ChoiceField(label=_("Outcome of the year"), choices=Outcome.choices)
    reason = TextField(label=_("Reason"), widget=forms.Textarea, max_length=MAX_REASON, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask why a model ends."""
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.END and "reason" in cleaned and not cleaned["reason"]:
            self.add_error("reason", _("Say why the model ends."))
        return cleaned


class ProposeManyForm(BulkForm):
    """To which level they go, and why."""

    level = forms.ChoiceField(
        label=_("To which level"),
        choices=[("", _("The next level above each")), (Level.CITY.value, Level.CITY.label)],
        required=False,
    )
    reason = TextField(label=_("Own words"), widget=forms.Textarea, max_length=MAX_REASON, required=False)


class AssignManyForm(BulkForm):
    """Into whose hands they go."""

    reviewer = forms.ModelChoiceField(label=_("Reviewer"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers_beside(self.user)


_forms: dict[str, type[BulkForm]] = {
    "return": ReturnManyForm,
    "recognise": RecogniseManyForm,
    "propose": ProposeManyForm,
    "assign": AssignManyForm,
    "conclude": ConcludeManyForm,
}


def register(code: str, form: type[BulkForm]) -> None:
    """Name the form of a bulk act that a room above the registry declares."""
    _forms[code] = form


def form_of(code: str) -> type[BulkForm]:
    """Return the form of a bulk act; one without words where it takes none."""
    return _forms.get(code, NoWordsForm)


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, datetime.date) else value
