"""The lines of the lists of models: only what they show leaves the database, and each word is looked up once a page.

A list is opened thousands of times a day: model instances, a template's own way to a choice's label and its two hundred
variables a page took four fifths of its time. So the lines are written here, and only shown by the templates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mobilization.core.templatetags.portal import highlight
from models_registry.models import Recognition, Registration
from models_registry.states import Level, State, WorkField

COLUMNS = (
    *("id", "year", "title", "place", "state", "field", "exemplary"),
    *("model__code", "unit__full_name"),
)
LINE = (
    '<li class="record">'
    '<h3 class="record-title"><a href="{url}">{title}</a></h3>'
    '<ul class="record-meta"><li class="figures">{year}</li><li>{field}</li><li>{unit}</li>{place}</ul>'
    '<ul class="record-meta mt-1"><li>{state}</li>{levels}{exemplary}</ul>'
    "</li>"
)
BADGE = '<span class="state state--{}">{}</span>'
_ANY_CODE = "code"


def rows_of(registrations: QuerySet[Registration]) -> QuerySet:
    """Return the columns of the lines instead of whole registrations."""
    return registrations.values(*COLUMNS)


def model_lines(rows: Iterable[dict[str, Any]], words: str = "") -> list[SafeString]:
    """Return ``rows`` as their lines are shown, the searched ``words`` marked; one query for all recognitions."""
    return list(_lines(list(rows), words))


def _lines(rows: list[dict[str, Any]], words: str) -> Iterator[SafeString]:
    levels = _levels([row["id"] for row in rows])
    fields = _labels(WorkField)
    states = {state: format_html(BADGE, state, label) for state, label in _labels(State).items()}
    exemplary = format_html(f"<li>{BADGE}</li>", "exemplary", _("Exemplary"))
    address = reverse("portal:model_detail", args=[_ANY_CODE])
    for row in rows:
        place = highlight(row["place"], words)
        yield format_html(
            LINE,
            url=address.replace(_ANY_CODE, row["model__code"]),
            title=highlight(row["title"], words),
            year=row["year"],
            field=fields.get(row["field"], ""),
            unit=row["unit__full_name"],
            place=format_html("<li>{}</li>", place) if place else "",
            state=states[row["state"]],
            levels=format_html_join("", "<li>{}</li>", levels[row["id"]]),
            exemplary=exemplary if row["exemplary"] else "",
        )


def _levels(registrations: list[int]) -> dict[int, list[tuple[str]]]:
    labels = _labels(Level)
    levels: dict[int, list[tuple[str]]] = defaultdict(list)
    if registrations:
        recognitions = Recognition.objects.filter(registration__in=registrations).order_by("decided_on", "pk")
        for registration, level in recognitions.values_list("registration_id", "level"):
            levels[registration].append((labels[level],))
    return levels


def _labels(words: type) -> dict[str, str]:
    return {value: str(label) for value, label in words.choices}
