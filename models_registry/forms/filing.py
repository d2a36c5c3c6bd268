"""The registration form in its steps, and its files. What a text means is asked in ``validators``."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm, PortalModelForm, TextField, portal_formfield
from mobilization.units.models import Unit
from models_registry.models import (
    CONTENT_FIELDS,
    REPORT_FIELDS,
    REQUIRED_TO_REPORT,
    REQUIRED_TO_SUBMIT,
    Campaign,
    Registration,
)

IDENTITY, CONTENT, RESULTS = "identity", "content", "results"
STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    IDENTITY: (_("What is registered"), CONTENT_FIELDS[: CONTENT_FIELDS.index("aim")]),
    CONTENT: (_("What will be done"), CONTENT_FIELDS[CONTENT_FIELDS.index("aim") :]),
    RESULTS: (_("What came of it"), REPORT_FIELDS),
}
"""The steps of the form, in the order in which officials are asked: title and fields."""

_SHORT_TEXTS = {"aim": 3, "content": 5, "method": 5, "result_summary": 4}
_HINTS = {
    "title": _("Short and concrete, often “Khéo trong …”. Without accents it is found as well."),
    "place": _("Street, village, residential group."),
    "registrant": _("The collective or the person that carries the model."),
    "person_phone": _("For the reviewer only, never shown to the public."),
    "person_name": _("For the reviewer only, never shown to the public."),
    "money": _("Whole đồng, for example 2.340.000."),
}


def step_of(field: str) -> str:
    """Return the step of the form that asks for ``field``."""
    return next(step for step, (_title, fields) in STEPS.items() if field in fields)


class RegistrationForm(PortalModelForm):
    """One or more steps of a registration. Nothing is required to save: what is missing to submit is told there."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta(PortalModelForm.Meta):
        model = Registration
        fields = (*CONTENT_FIELDS, *REPORT_FIELDS)
        formfield_callback = portal_formfield

    def __init__(
        self, *args: Any, names: tuple[str, ...], remarks: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in names and name != "seen_version":
                del self.fields[name]
        for name, field in self.fields.items():
            if name in _SHORT_TEXTS:
                field.widget.attrs["rows"] = _SHORT_TEXTS[name]
            if name in _HINTS:
                field.help_text = _HINTS[name]
            if name in REQUIRED_TO_SUBMIT or name in REQUIRED_TO_REPORT:
                field.label = _("%(label)s (needed)") % {"label": field.label}
        for name, remark in (remarks or {}).items():
            if name in self.fields:
                self.fields[name].help_text = format_html(
                    '<strong class="remark">{}</strong> {}', _("The reviewer remarks:"), remark
                )
        self.initial["seen_version"] = self.instance.version

    def data_to_save(self) -> dict[str, Any]:
        """Return the typed values by field name, for ``services.save_draft``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class StartForm(RegistrationForm):
    """The first step of a new registration: also for which unit and campaign."""

    campaign = forms.ModelChoiceField(label=_("campaign"), queryset=Campaign.objects.none())
    unit = forms.ModelChoiceField(label=_("registering unit"), queryset=Unit.objects.none())

    field_order = ("campaign", "unit")

    def __init__(self, *args: Any, campaigns: Any, units: Any, **kwargs: Any) -> None:
        self.declared = {"campaign": campaigns, "unit": units}
        super().__init__(*args, names=("campaign", "unit", *STEPS[IDENTITY][1]), **kwargs)
        for name, queryset in self.declared.items():
            self.fields[name].queryset = queryset
            if len(queryset) == 1:
                self.initial.setdefault(name, queryset[0].pk)

    def data_to_save(self) -> dict[str, Any]:
        """Return the values of the identity step alone."""
        return {name: self.cleaned_data[name] for name in STEPS[IDENTITY][1]}


class AttachmentForm(PortalForm):
    """One evidence file. What kind of file it is, its content tells: see ``core.files``."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, picture, DOCX or XLSX, at most 10 MB."))
    caption = TextField(label=_("What it shows"), max_length=200, required=False)
    is_public = forms.BooleanField(
        label=_("May be shown on the public page"),
        required=False,
        help_text=_("Only if everybody who can be recognised in it agrees."),
    )
