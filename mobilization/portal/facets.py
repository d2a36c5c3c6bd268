"""How many records each value of a filter would leave: one query for all filters of the list of models."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.portal.filters import YES, ModelFilter
from models_registry.models import Registration
from models_registry.states import Kind, Level, State, Subject, WorkField

COLUMNS = ("year", "field", "level", "kind", "subject", "state", "exemplary")
KEPT_SECONDS = 3600
WORDS = {"field": WorkField, "level": Level, "kind": Kind, "subject": Subject}


@dataclass(frozen=True)
class Value:
    """One value of a filter: its name, how many records it leaves, and the address that chooses or leaves it."""

    label: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter with its values that occur."""

    label: str
    values: list[Value]


def model_facets(filterset: ModelFilter, address: QueryDict) -> list[Facet]:
    """Return the filters of the list with their counts.

    Each filter's counts heed all other filters but not its own choice, so that one can go from value to value.
    """
    chosen = {name: str(value) for name, value in filterset.chosen.items() if name not in {"q", "unit"}}
    rows = [(_values(group[:-1]), group[-1]) for group in _groups(filterset)]
    return [facet for name in _names() if (facet := _facet(name, rows, chosen, address)).values]


def _groups(filterset: ModelFilter) -> list[tuple]:
    """Return the records that words and unit leave, counted by all filters at once.

    Kept until any registration changes: the number of the last change is part of the key. A day is part of it too,
    since units begin and end by date.
    """
    words, unit = filterset.words, filterset.chosen.get("unit")
    change = (
        Registration.events.rel.related_model.objects.order_by("-pk").values_list("pk", flat=True).first()
    )
    what = repr((words, unit and unit.pk, change, timezone.localdate()))
    key = f"portal:counts:{hashlib.sha256(what.encode()).hexdigest()}"

    def count() -> list[tuple]:
        found = filterset.queryset
        if words:
            found = filterset.by_words(found, "q", words)
        if unit:
            found = filterset.by_unit(found, "unit", unit)
        return list(found.order_by().values_list(*COLUMNS).annotate(n=Count("pk")))

    return cache.get_or_set(key, count, KEPT_SECONDS)


def _names() -> tuple[str, ...]:
    return ("year", "field", "level", "kind", "subject", "recognised", "exemplary")


def _values(group: tuple) -> dict[str, str]:
    row = dict(zip(COLUMNS, group, strict=True))
    recognised = row["state"] == State.RECOGNISED
    return {
        "year": str(row["year"]),
        **{name: row[name] for name in WORDS},
        "recognised": "1" if recognised else "",
        "exemplary": "1" if recognised and row["exemplary"] else "",
    }


def _facet(name: str, rows: list, chosen: dict[str, str], address: QueryDict) -> Facet:
    others = {other: value for other, value in chosen.items() if other != name}
    counts: Counter[str] = Counter()
    for values, number in rows:
        if values[name] and all(values[other] == value for other, value in others.items()):
            counts[values[name]] += number
    labels = _labels(name, counts)
    values = [
        Value(str(label), counts[key], _query(address, name, key, chosen), chosen.get(name) == key)
        for key, label in labels
        if counts[key] or chosen.get(name) == key
    ]
    label = ModelFilter.base_filters[name].label
    return Facet(_("Result") if name in {"recognised", "exemplary"} else str(label), values)


def _labels(name: str, counts: Counter[str]) -> list[tuple[str, Any]]:
    if name in WORDS:
        return WORDS[name].choices
    if name == "year":
        return [(year, year) for year in sorted(counts, reverse=True)]
    return [(YES[0][0], ModelFilter.base_filters[name].label)]


def _query(address: QueryDict, name: str, key: str, chosen: dict[str, str]) -> str:
    """Return the query string that chooses ``key``, or leaves it where it is chosen."""
    query = address.copy()
    query.pop("cursor", None)
    query.pop(name, None)
    if chosen.get(name) != key:
        query[name] = key
    return query.urlencode()
