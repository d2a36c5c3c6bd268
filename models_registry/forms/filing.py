"""The registration form in its steps. What a text means is asked in ``validators``."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalModelForm, portal_formfield
from mobilization.units.models import Unit
from models_registry.models import (
    CARRIED_FIELDS,
    CONTENT_FIELDS,
    REPORT_FIELDS,
    REQUIRED_TO_REPORT,
    REQUIRED_TO_SUBMIT,
    Campaign,
    Registration,
)
from models_registry.versions import Remark

IDENTITY, CONTENT, RESULTS = "identity", "content", "results"
STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    IDENTITY: (_("What is registered"), CONTENT_FIELDS[: CONTENT_FIELDS.index("aim")]),
    CONTENT: (_("What will be done"), CONTENT_FIELDS[CONTENT_FIELDS.index("aim") :]),
    RESULTS: (_("What came of it"), REPORT_FIELDS),
}
"""The steps of the form, in the order in which officials are asked: title and fields."""
FOLDED = tuple(name for name in STEPS[CONTENT][1] if name not in {*REQUIRED_TO_SUBMIT, "person_post"})
"""What may stay empty of what will be done stands folded below what is needed: a phone shows five fields, not twelve.

The post stands open beside the person, else it is written behind the name. Of what came of it all stands open: figures
are made of that.
"""

_SHORTEST_FOLDED = 120
"""Last year's words are folded away from this length on."""
_KEYBOARDS = {"person_phone": ("tel", "tel")}
"""What a phone shows to type a field with, where the kind of the field does not say it: type, input mode."""
_SHORT_TEXTS = {"aim": 3, "content": 5, "method": 5, "result_summary": 4}
_HINTS = {
    "title": _("Short and concrete, often “Khéo trong …”."),
    "place": _("Street, village, residential group."),
    "registrant": _(
        "The collective or the person that carries the model; needs no account. You stand as who typed it."
    ),
    "kind": _(
        "Model: a way of working. Example: a person or a group to learn from. Public work: something built together."
    ),
    "subject": _("Collective: a group, an association, an agency. Individual: one person."),
    "field": _(
        "Economy: roads, work, income. Culture and society: environment, rubbish, health, schools, way of life. "
        "Defence and security: order, fire, traffic. Political system: the Party, authorities, associations."
    ),
    "aim": _("What was to be solved, and for whom."),
    "content": _("What is done, and what is expected of it."),
    "method": _("How it is done with the people: who does what, step by step."),
    "level": _("Communes, wards and units at the base choose “Grassroots”."),
    "person_phone": _("For the reviewer only, never shown to the public."),
    "person_name": _("For the reviewer only, never shown to the public."),
    "money": _("Whole đồng, for example 2.340.000."),
}


def writable_steps(registration: Registration) -> list[str]:
    """Return the steps of the form that may be written in the state in which ``registration`` stands."""
    editable = set(registration.editable_fields)
    return [step for step, (_title, names) in STEPS.items() if editable & set(names)]


def texts_of(record: Any, names: tuple[str, ...]) -> dict[str, str]:
    """Return the fields ``names`` of a registration, or of one of its versions, as they stand in the form."""
    return {name: _text_of(getattr(record, name)) for name in names}


def typed_in(data: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Return what was typed into the fields ``names``, letter by letter; fields that were not sent are left out."""
    return {name: data[name] for name in names if name in data}


def _text_of(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else str(value)


def step_of(field: str) -> str:
    """Return the step of the form that asks for ``field``."""
    return next(step for step, (_title, fields) in STEPS.items() if field in fields)


class LineArea(forms.Textarea):
    """One line of text, drawn as two: titles are longer than a phone is wide. Breaks become blanks."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, "data-one-line": ""} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """Return what was sent, on one line."""
        sent = super().value_from_datadict(data, files, name)
        return sent and " ".join(sent.splitlines())


class RegistrationForm(PortalModelForm):
    """One or more steps of a registration. Nothing is required to save: what is missing to submit is told there."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta(PortalModelForm.Meta):
        model = Registration
        fields = (*CONTENT_FIELDS, *REPORT_FIELDS)
        formfield_callback = portal_formfield

    def __init__(
        self,
        *args: Any,
        names: tuple[str, ...],
        remarks: Iterable[Remark] = (),
        last_year: Registration | None = None,
        source: Registration | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in names and name != "seen_version":
                del self.fields[name]
        for name, field in self.fields.items():
            self._prepare(name, field)
        self.order_fields([name for name in self.fields if name not in FOLDED])
        self.remarked = [remark for remark in remarks if remark.name in self.fields]
        for remark in self.remarked:
            self.fields[remark.name].help_text = _remark(remark, self.fields[remark.name].help_text)
        self.last_year, self.source = last_year, source
        self.initial["seen_version"] = self.instance.version

    @staticmethod
    def _prepare(name: str, field: forms.Field) -> None:
        """Give the field its hint, its height and the keyboard that a phone shows for it."""
        if name == "title":
            field.widget = LineArea(field.widget.attrs)
        if name in _SHORT_TEXTS:
            field.widget.attrs["rows"] = _SHORT_TEXTS[name]
        if name in _HINTS:
            field.help_text = _HINTS[name]
        if name in _KEYBOARDS:
            field.widget.input_type, field.widget.attrs["inputmode"] = _KEYBOARDS[name]
        field.widget.attrs.setdefault("autocomplete", "off")
        if name in REQUIRED_TO_SUBMIT or name in REQUIRED_TO_REPORT:
            field.label = _("%(label)s (needed)") % {"label": field.label}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show ``typed`` in the fields, slips and all, without complaining about them yet."""
        self.initial |= {name: text for name, text in typed.items() if name in self.fields}

    def read(self, name: str, text: str) -> Any:
        """Return what ``text`` means in the field ``name``; a slip means itself."""
        try:
            return self.fields[name].clean(text)
        except forms.ValidationError:
            return text.replace("\r\n", "\n").strip()

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand open, in the order of the page."""
        return [self[name] for name in self.fields if name not in FOLDED]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """Return the fields that are folded away below the others."""
        return [self[name] for name in self.fields if name in FOLDED]

    @property
    def folded_words(self) -> str:
        """Return what these are called, for whoever wonders whether to unfold them."""
        return ", ".join(str(field.label).lower() for field in self.folded_fields)

    @property
    def unfolds(self) -> bool:
        """Tell whether they stand open all the same: something is written there, remarked, wrong, or compared."""
        remarked = {remark.name for remark in self.remarked}
        return self.last_year is not None or any(
            field.name in remarked or _text_of(field.value()) or field.errors for field in self.folded_fields
        )

    def texts(self) -> dict[str, str]:
        """Return what stands in the fields now, typed or saved."""
        return {name: _text_of(self[name].value()) for name in self.fields if not self[name].is_hidden}

    def slips(self) -> list[str]:
        """Return the fields, in the order of the page, whose text cannot be saved as it stands."""
        if self.is_bound:
            return [name for name in self.texts() if name in self.errors]
        texts = {name: text for name, text in self.texts().items() if text and name in self.Meta.fields}
        return [name for name, text in texts.items() if self._refuses(name, text)]

    def _refuses(self, name: str, text: str) -> bool:
        try:
            self.fields[name].clean(text)
        except forms.ValidationError:
            return True
        return False

    def mark_last_year(self) -> None:
        """Write last year's words under each field; only where they differ they are shown."""
        if self.last_year is None:
            return
        now = self.texts()
        for name, text in texts_of(self.last_year, tuple(now)).items():
            same = self.read(name, text) == self.read(name, now[name])
            # What a page shows was bound when its text was read: the field's own hint would come too late.
            self[name].help_text = _last_year(self, name, text, hidden=same)

    def mark_carried(self) -> None:
        """Mark each field that still reads as in the model after which this one is made."""
        if self.source is None:
            return
        now = self.texts()
        names = tuple(name for name in CARRIED_FIELDS if name in now)
        for name, text in texts_of(self.source, names).items():
            if text and self.read(name, text) == self.read(name, now[name]):
                self[name].help_text = format_html(
                    '{} <span class="last-year">{}</span>',
                    self[name].help_text or "",
                    _("Carried over from %(unit)s: make it your own.") % {"unit": self.source.unit.full_name},
                )

    def make_readonly(self) -> None:
        """Show the fields to be read, not written: the texts can still be copied."""
        for field in self.fields.values():
            blocking = "disabled" if isinstance(field.widget, forms.Select) else "readonly"
            field.widget.attrs[blocking] = True

    def data_to_save(self) -> dict[str, Any]:
        """Return the typed values by field name, for ``services.save_draft``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


def _remark(remark: Remark, hint: Any) -> Any:
    mended = ("accepted", _("mended")) if remark.is_mended else ("returned", _("not touched yet"))
    return format_html(
        '<span class="remark-box"><strong class="remark">{}</strong> {} <span class="state state--{}">{}</span></span>{}',
        _("The reviewer remarks:"),
        remark.text,
        *mended,
        hint or "",
    )


def _last_year(form: RegistrationForm, name: str, text: str, *, hidden: bool) -> Any:
    field = form.fields[name]
    words = (text and dict(getattr(field, "choices", ())).get(text, text)) or "–"
    template = (
        '{} <details class="last-year" data-last-year="{}"{}><summary>{}</summary> <span class="prose">{}</span></details>'
        if len(str(words)) >= _SHORTEST_FOLDED
        else '{} <span class="last-year" data-last-year="{}"{}>{} {}</span>'
    )
    switch = mark_safe(" hidden" if hidden else "")  # noqa: S308 -- one of two constants
    return format_html(template, field.help_text or "", text, switch, _("Last year:"), words)


class StartForm(RegistrationForm):
    """The first step of a new registration: also for which unit and campaign; last where there is nothing to choose."""

    campaign = forms.ModelChoiceField(label=_("campaign"), queryset=Campaign.objects.none())
    unit = forms.ModelChoiceField(label=_("registering unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, campaigns: Any, units: Any, **kwargs: Any) -> None:
        self.declared = {"campaign": campaigns, "unit": units}
        super().__init__(*args, names=("campaign", "unit", *STEPS[IDENTITY][1]), **kwargs)
        for name, queryset in self.declared.items():
            self.fields[name].queryset = queryset
            self.fields[name].label = _("%(label)s (needed)") % {"label": self.fields[name].label}
            if len(queryset) == 1:
                self.initial.setdefault(name, queryset[0].pk)
        declared, others = tuple(self.declared), STEPS[IDENTITY][1]
        to_choose = any(len(queryset) > 1 for queryset in self.declared.values())
        self.order_fields(declared + others if to_choose else others + declared)

    def data_to_save(self) -> dict[str, Any]:
        """Return the values of the identity step alone."""
        return {name: self.cleaned_data[name] for name in STEPS[IDENTITY][1]}
