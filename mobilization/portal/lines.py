"""The lines of the lists of models: only what they show leaves the database, and each word is looked up once a page.

A list is opened thousands of times a day: model instances, and a template's own way to a choice's label, took four
fifths of its time.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from mobilization.core.templatetags.portal import highlight
from models_registry.models import Recognition, Registration
from models_registry.states import Level, State, WorkField

COLUMNS = (
    *("id", "year", "title", "place", "state", "field", "exemplary"),
    *("model__code", "unit__full_name"),
)


def rows_of(registrations: QuerySet[Registration]) -> QuerySet:
    """Return the columns of the lines instead of whole registrations."""
    return registrations.values(*COLUMNS)


def model_lines(rows: Iterable[dict[str, Any]], words: str = "") -> list[dict[str, Any]]:
    """Return ``rows`` as their lines are shown, the searched ``words`` marked; one query for all recognitions."""
    rows = list(rows)
    levels = _levels([row["id"] for row in rows])
    fields, states = _labels(WorkField), _labels(State)
    return [
        {
            "url": reverse("portal:model_detail", args=[row["model__code"]]),
            "title": highlight(row["title"], words),
            "place": highlight(row["place"], words),
            "year": row["year"],
            "unit": row["unit__full_name"],
            "field": fields.get(row["field"], ""),
            "state": row["state"],
            "state_label": states[row["state"]],
            "levels": levels[row["id"]],
            "exemplary": row["exemplary"],
        }
        for row in rows
    ]


def _levels(registrations: list[int]) -> dict[int, list[str]]:
    labels = _labels(Level)
    levels: dict[int, list[str]] = defaultdict(list)
    if registrations:
        recognitions = Recognition.objects.filter(registration__in=registrations).order_by("decided_on", "pk")
        for registration, level in recognitions.values_list("registration_id", "level"):
            levels[registration].append(labels[level])
    return levels


def _labels(words: type) -> dict[str, str]:
    return {value: str(label) for value, label in words.choices}
