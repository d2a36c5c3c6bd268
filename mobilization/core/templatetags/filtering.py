"""The fields of a list's filters, as crispy writes them; the plain ones without its dozen templates a field."""

from collections.abc import Collection, Mapping

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mobilization.core.templatetags.portal import options

register = template.Library()

_SELECTS = (forms.Select,)
_INPUTS = (forms.TextInput, forms.DateInput, forms.NumberInput)


BESIDE_FILTERS = ("order", "per_page", "columns")
FOLDED = '<details class="wide"{}><summary>{}</summary><div class="filters-grid">{}</div></details>'


@register.simple_tag
def filter_fields(form: forms.BaseForm) -> SafeString:
    """Return all fields of ``form``, those among its ``more_names`` folded below the others.

    They stand open where one of them is in use (``more_in_use``). A form without such names has one part.
    """
    folded = getattr(form, "more_names", ())
    return arranged(field_parts(form), folded, is_open=bool(folded) and form.more_in_use)


def field_parts(form: forms.BaseForm) -> dict[str, SafeString]:
    """Return each field of ``form`` as it is written, by name."""
    return {field.name: filter_field(field) for field in form}


def arranged(parts: Mapping[str, SafeString], folded: Collection[str], *, is_open: bool) -> SafeString:
    """Return ``parts`` in their sequence, those called ``folded`` below the others."""
    usual = SafeString("".join(part for name, part in parts.items() if name not in folded))
    if not folded:
        return usual
    below = SafeString("".join(part for name, part in parts.items() if name in folded))
    return usual + format_html(FOLDED, SafeString(" open" if is_open else ""), _("More filters"), below)


@register.simple_tag
def carried(asked: QueryDict) -> SafeString:
    """Return what the address asks beside the filters, hidden: a list keeps its look when it is filtered anew."""
    pairs = [(name, asked[name]) for name in BESIDE_FILTERS if asked.get(name)]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag
def filter_field(field: forms.BoundField) -> SafeString:
    """Return ``field`` with its label: a select or a line of text at once, everything else by crispy.

    A list of staff is opened all day long, and its filters took longer than its rows.
    """
    widget = field.field.widget
    is_select = _is_one_of(widget, _SELECTS)
    if field.errors or field.help_text or not (is_select or _is_one_of(widget, _INPUTS)):
        return as_crispy_field(field)
    choices = list(widget.choices) if is_select else []
    if any(isinstance(label, list | tuple) for _, label in choices):  # groups of choices
        return as_crispy_field(field)
    return format_html(
        '<div id="div_{0}" class="mb-3"><label for="{0}" class="form-label">{1}</label>{2}</div>',
        field.id_for_label,
        field.label,
        _select(field, choices) if is_select else _input(field),
    )


def _select(field: forms.BoundField, choices: list[tuple]) -> SafeString:
    chosen = field.field.widget.format_value(field.value())
    attributes = _attributes(field, "select form-select")
    return format_html("<select{}>{}</select>", attributes, options(choices, chosen[0] if chosen else ""))


def _input(field: forms.BoundField) -> SafeString:
    widget = field.field.widget
    value = widget.format_value(field.value())
    given = {} if value is None else {"value": value}
    kind = widget.attrs.get("type", widget.input_type)
    look = f"{type(widget).__name__.lower()} form-control"
    return format_html("<input{}>", _attributes(field, look, type=kind, **given))


def _attributes(field: forms.BoundField, look: str, **attributes: object) -> SafeString:
    given = field.build_widget_attrs(field.field.widget.attrs, field.field.widget)
    css = f"{look} {given['class']}" if "class" in given else look
    named = {"name": field.html_name, "class": css, "id": field.id_for_label}
    return flatatt({**given, **attributes, **named})


def _is_one_of(widget: forms.Widget, kinds: tuple[type[forms.Widget], ...]) -> bool:
    """Tell whether the widget is just that: what a heir or a template of its own adds, crispy shows."""
    return any(
        isinstance(widget, kind)
        and widget.template_name == kind.template_name
        and type(widget).get_context is kind.get_context
        and not getattr(widget, "allow_multiple_selected", False)
        and not widget.is_localized
        for kind in kinds
    )
