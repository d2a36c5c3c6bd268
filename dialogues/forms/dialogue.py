"""The form of a dialogue and the small forms of its acts."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Column, Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.fields import (
    ClockField,
    UnitChoiceField,
    VersionField,
    add_field_errors,
    units_newest_first,
)
from dialogues.models import AttachmentKind, Dialogue
from dialogues.querysets import recordable_units
from dialogues.states import COUNTED, Chair, State
from dialogues.validators import MAX_OPINIONS, MAX_PEOPLE, SUMMARY_FIELDS, validate_dialogue
from mobilization.core.forms import CountField, PortalForm, PortalModelForm, TextField, VietnameseDateField

if TYPE_CHECKING:
    from mobilization.accounts.models import User

_RESULTS = ("attending", "spoke", "minutes_number", "minutes_date", "conclusion_number", "conclusion_date")


class DialogueForm(PortalModelForm):
    """All facts of a dialogue. A new one is planned, or recorded as already held."""

    already_held = forms.BooleanField(
        label=_("This dialogue was held already"),
        required=False,
        help_text=_("For conferences whose plan and notice are not recorded here."),
    )
    unit = UnitChoiceField(label=_("Unit"), queryset=None)
    starts_at = ClockField(label=_("Start"), required=False)
    chairs = forms.MultipleChoiceField(
        label=_("Chaired by"), choices=Chair.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    attending = CountField(label=_("People attending"), required=False, max_value=MAX_PEOPLE)
    spoke = CountField(label=_("People who spoke"), required=False, max_value=MAX_PEOPLE)
    opinions_total = CountField(label=_("Opinions in total"), required=False, max_value=MAX_OPINIONS)
    opinions_on_spot = CountField(label=_("Answered on the spot"), required=False, max_value=MAX_OPINIONS)
    opinions_resolved = CountField(label=_("Resolved"), required=False, max_value=MAX_OPINIONS)
    opinions_in_progress = CountField(label=_("Being dealt with"), required=False, max_value=MAX_OPINIONS)
    opinions_outside = CountField(label=_("Outside competence"), required=False, max_value=MAX_OPINIONS)
    version = VersionField()

    class Meta(PortalModelForm.Meta):
        model = Dialogue
        fields = (
            "unit",
            "kind",
            "topic",
            "held_on",
            "starts_at",
            "venue",
            "form",
            "chairs",
            "plan_number",
            "plan_date",
            "announced_on",
            *_RESULTS,
            "summary_only",
            *SUMMARY_FIELDS,
        )
        help_texts = {
            "summary_only": _("Only totals of opinions are known; no single opinions will be entered."),
            "topic": _("What the dialogue is about, as it was announced."),
        }

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_units(user)
        if self.instance.pk:
            del self.fields["already_held"]
            self.initial["version"] = self.instance.version
        if self.instance.pk and self.instance.state == State.PLANNED:
            del self.fields["announced_on"]
        if self.instance.pk and not self.instance.is_counted:
            for name in ("summary_only", *SUMMARY_FIELDS):
                del self.fields[name]
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        """Check the facts against each other, with the validators that imports use."""
        # Without Django's own clean(): it would ask the database for every constraint, which the validators know.
        state = self.state()
        if not self.instance.pk and state == State.PLANNED and self.cleaned_data.get("announced_on"):
            self.add_error("announced_on", _("A planned dialogue is announced by the act “Announce”."))
        try:
            validate_dialogue(
                {"announced_on": self.instance.announced_on} | self.cleaned_data | {"state": state}
            )
        except ValidationError as error:
            add_field_errors(self, error)
        return self.cleaned_data

    def state(self) -> str:
        """Return the state that the dialogue has, or will have once it is saved."""
        if self.instance.pk:
            return self.instance.state
        return State.HELD if self.cleaned_data.get("already_held") else State.PLANNED

    def _offer_units(self, user: "User") -> None:
        units, field = recordable_units(user), self.fields["unit"]
        if self.instance.pk and self.instance.state in COUNTED:
            units = units.filter(pk=self.instance.unit_id)
            field.help_text = _("A dialogue that was held stays with the unit it was filed under.")
        field.queryset = units_newest_first(units)
        own = user.units_of()
        if not self.instance.pk and len(own) == 1:
            field.initial = own[0].pk

    def _layout(self) -> Layout:
        held = [Row(_half("attending"), _half("spoke")), *(_pair(name) for name in ("minutes", "conclusion"))]
        summary = [HTML('<div class="row">'), *(_third(name) for name in SUMMARY_FIELDS), HTML("</div>")]
        parts = [
            "version",
            self._set(
                _("What and where"), "unit", "kind", "topic", Row(_half("held_on"), _half("starts_at"))
            ),
            self._set(_("How"), "venue", "form", "chairs"),
            self._set(_("Plan and notice"), _pair("plan"), *(["announced_on"] if self.instance.pk else [])),
            self._set(
                _("Once it was held"), "already_held", *([] if self.instance.pk else ["announced_on"]), *held
            ),
        ]
        if "summary_only" in self.fields:
            parts.append(self._set(_("Totals of opinions"), "summary_only", *summary))
        return Layout(*parts)

    def _set(self, legend: Any, *parts: Any) -> Fieldset:
        known = [part for part in parts if not isinstance(part, str) or part in self.fields]
        return Fieldset(legend, *known, css_class="panel")


def _half(name: str) -> Column:
    return Column(Field(name), css_class="col-sm-6")


def _third(name: str) -> Column:
    return Column(Field(name), css_class="col-sm-4")


def _pair(name: str) -> Row:
    return Row(_half(f"{name}_number"), _half(f"{name}_date"))


class AnnounceForm(PortalForm):
    """When the notice went out."""

    announced_on = VietnameseDateField(label=_("Announced on"), initial=timezone.localdate)
    version = VersionField()


class HoldForm(PortalForm):
    """How many came and spoke; both may follow later."""

    attending = CountField(label=_("People attending"), required=False, max_value=MAX_PEOPLE)
    spoke = CountField(label=_("People who spoke"), required=False, max_value=MAX_PEOPLE)
    version = VersionField()


class PublishForm(PortalForm):
    """When the results were published, and by which notice."""

    published_on = VietnameseDateField(label=_("Results published on"), initial=timezone.localdate)
    conclusion_number = TextField(label=_("Conclusion notice number"), required=False, max_length=100)
    conclusion_date = VietnameseDateField(label=_("Conclusion notice date"), required=False)
    version = VersionField()


class ReasonForm(PortalForm):
    """Why."""

    reason = TextField(label=_("Reason"), max_length=4000, widget=forms.Textarea)
    version = VersionField()


class AttachmentForm(PortalForm):
    """One file of a dialogue."""

    kind = forms.ChoiceField(label=_("What it is"), choices=AttachmentKind.choices)
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPEG, PNG, WebP, DOCX or XLSX, at most 10 MB."))
