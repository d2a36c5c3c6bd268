"""Which of many bad values are worth a request of their own."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.forms import BaseForm, CharField, Field
from django.http import QueryDict


def telling(form: BaseForm, name: str, values: Iterable[str]) -> list[str]:
    """Return those of ``values`` that the field ``name`` takes, and one of those that it refuses.

    What a field takes goes on to what lies behind it, each value in its own way; of two that it refuses, the form knows
    no more than that. A name that is no field of the form may lead anywhere: all values are returned.
    """
    if name not in form.fields:
        return list(values)
    taken, refused = _sorted(form, name, values)
    return taken + refused[:1]


def taken_by(form: BaseForm, name: str, values: Iterable[str]) -> list[str]:
    """Return those of ``values`` that the field ``name`` takes, so that they go on to what lies behind the form."""
    return _sorted(form, name, values)[0]


def in_one(form: BaseForm, name: str, values: Iterable[str]) -> list[str]:
    """Return what is telling of ``values``, in as few texts as hold it.

    A field of text keeps and shows what it takes, and looks for no meaning in it: side by side values are as bad as
    each alone, as long as the field takes them so.
    """
    taken, refused = _sorted(form, name, values)
    if not isinstance(form.fields[name], CharField):
        return taken + refused[:1]
    texts: list[str] = []
    for value in taken:
        if texts and _takes(form, name, f"{texts[-1]} {value}"):
            texts[-1] += f" {value}"
        else:
            texts.append(value)
    return texts + refused[:1]


def spread(
    form: BaseForm, names: Iterable[str], values: Sequence[str], worth_of: Callable = telling
) -> list[dict[str, str]]:
    """Return answers that fill all of ``names``, so that each kind of field meets every value that is telling for it.

    Fields of one kind clean and show a value alike, so they share the values out among themselves: a form of twenty
    fields is sent as often as its rarest kind needs, not as often as there are values. ``worth_of`` (``telling`` or
    ``in_one``) says what that kind needs.
    """
    kinds: dict[tuple, list[str]] = defaultdict(list)
    for name in names:
        field = form.fields.get(name)
        kinds[_kind(field) if field else (name,)].append(name)
    lines = []
    for alike in kinds.values():
        worth = worth_of(form, alike[0], values)
        rows = -(-len(worth) // len(alike))
        lines.append(
            [
                {name: worth[(row * len(alike) + place) % len(worth)] for place, name in enumerate(alike)}
                for row in range(rows)
            ]
        )
    longest = max(map(len, lines), default=0)
    return [
        {k: v for rows in lines for k, v in rows[number % len(rows)].items()} for number in range(longest)
    ]


def together(
    form: BaseForm, names: Sequence[str], values: Sequence[str], most: int = 4
) -> list[dict[str, str]]:
    """Return questions that give each of ``names`` every value that is telling for it, ``most`` of them at a time."""
    asked = []
    for start in range(0, len(names), most):
        worth = {name: telling(form, name, values) for name in names[start : start + most]}
        longest = max(map(len, worth.values()))
        asked += [
            {name: found[place] for name, found in worth.items() if place < len(found)}
            for place in range(longest)
        ]
    return asked


def _kind(field: Field) -> tuple:
    return type(field), type(field.widget), field.required, getattr(field, "max_length", None)


def _sorted(form: BaseForm, name: str, values: Iterable[str]) -> tuple[list[str], list[str]]:
    taken, refused = [], []
    for value in values:
        (taken if _takes(form, name, value) else refused).append(value)
    return taken, refused


def _takes(form: BaseForm, name: str, value: str) -> bool:
    field = form.fields[name]
    sent = QueryDict(mutable=True)
    sent[form.add_prefix(name)] = value
    try:
        field.clean(field.widget.value_from_datadict(sent, {}, form.add_prefix(name)))
    except ValidationError:
        return False
    return True
