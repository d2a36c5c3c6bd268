"""Which of many bad values are worth a request of their own."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

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
        if texts and _takes(form.fields[name], _read(form, name, f"{texts[-1]} {value}")):
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


def together(form: BaseForm, names: Iterable[str], values: Iterable[str]) -> list[dict[str, str]]:
    """Return questions that give each of ``names`` every value that is telling for it, as many names at once as there are.

    What is taken stands apart from what is refused: one answer that is refused would keep the others from what lies
    behind the form. A name that is no field of the form meets all values.
    """
    taken, refused = {}, {}
    for name in names:
        taken[name], no = _sorted(form, name, values) if name in form.fields else (list(values), [])
        if no:
            refused[name] = no[0]
    return [*_side_by_side(taken), *([refused] if refused else [])]


def reaching(form: BaseForm, values: Iterable[str], texts: type[Field]) -> list[dict[str, str]]:
    """Return what of ``values`` the fields of ``form`` take, for answers that are otherwise right.

    Fields of the type ``texts`` take all without looking at it, so they are filled in one answer. The others may be
    refused by what lies behind the form, so each is filled alone.
    """
    plain = [name for name, field in form.fields.items() if type(field) is texts]
    others = [name for name in form.fields if name not in plain]
    singly = [{name: value} for name in others for value in taken_by(form, name, values)]
    return [*_side_by_side({name: taken_by(form, name, values) for name in plain}), *singly]


def _side_by_side(found: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    longest = max(map(len, found.values()), default=0)
    return [
        {name: values[row] for name, values in found.items() if row < len(values)} for row in range(longest)
    ]


def _kind(field: Field) -> tuple:
    return type(field), type(field.widget), field.required, getattr(field, "max_length", None)


def _sorted(form: BaseForm, name: str, values: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what the field takes of ``values`` and what it refuses, one of those that its widget reads as the same.

    A box is ticked or not, and a place for files finds none in a text: nobody behind the widget knows by which word.
    """
    taken, refused, read = [], [], []
    for value in values:
        seen = _read(form, name, value)
        if seen in read:
            continue
        read.append(seen)
        (taken if _takes(form.fields[name], seen) else refused).append(value)
    return taken, refused


def _read(form: BaseForm, name: str, value: str) -> object:
    sent = QueryDict(mutable=True)
    sent[form.add_prefix(name)] = value
    return form.fields[name].widget.value_from_datadict(sent, {}, form.add_prefix(name))


def _takes(field: Field, read: object) -> bool:
    try:
        field.clean(read)
    except ValidationError:
        return False
    return True
