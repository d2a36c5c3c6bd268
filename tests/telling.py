"""Which of many bad values are worth a request of their own."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import QueryDict


def telling(form: BaseForm, name: str, values: Iterable[str]) -> list[str]:
    """Return those of ``values`` that the field ``name`` takes, and one of those that it refuses.

    What a field takes goes on to what lies behind it, each value in its own way; of two that it refuses, the form knows
    no more than that. A name that is no field of the form may lead anywhere: all values are returned.
    """
    if name not in form.fields:
        return list(values)
    taken, refused = [], []
    for value in values:
        (taken if _takes(form, name, value) else refused).append(value)
    return taken + refused[:1]


def _takes(form: BaseForm, name: str, value: str) -> bool:
    field = form.fields[name]
    sent = QueryDict(mutable=True)
    sent[form.add_prefix(name)] = value
    try:
        field.clean(field.widget.value_from_datadict(sent, {}, form.add_prefix(name)))
    except ValidationError:
        return False
    return True
