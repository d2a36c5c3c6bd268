"""The lines of the staff lists: only what they show leaves the database, and each word is looked up once a page."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobilization.core.templatetags.portal import date_vi
from models_registry.columns import USUAL, Cells, chosen_beside
from models_registry.models import Registration
from models_registry.states import Level, State

COLUMNS = (
    *("id", "title", "registrant", "year", "level", "state", "late", "exemplary", "return_due_on"),
    *("state_since", "changed_at", "rounds", "file_count", "model__code"),
    "assignment__reviewer__full_name",
    *("unit_id", "unit__full_name", "unit__heir_id", "unit__heir__full_name"),
)


def rows_of(found: QuerySet[Registration], shown: Sequence[str] = USUAL) -> QuerySet:
    """Return the columns of the lines of one page; what they are joined with is looked up for these rows only."""
    page = Registration.objects.filter(pk__in=found.values("pk")).order_by(*found.query.order_by)
    page = page.with_file_count()
    return page.values_list(*COLUMNS, *chosen_beside(shown), named=True)


def lines(
    rows: Iterable[Any], *, today: datetime.date, queue: bool = False, shown: Sequence[str] = USUAL
) -> list[dict[str, Any]]:
    """Return ``rows`` as the table shows them: words instead of codes, every mark that the row bears, one day.

    ``shown`` names the columns, as ``rows_of`` was told. With ``queue`` the day is that since which it waits, and its page leads on to the next one that waits.
    """
    levels, states = _labels(Level), _labels(State)
    words = {"late": _("Late"), "exemplary": _("Exemplary"), "overdue": _("Overdue")}
    cells = Cells(shown)
    untitled, suffix = _("Untitled registration"), "?queue=1" if queue else ""
    return [
        {
            "id": row.id,
            "url": reverse("models_registry:detail", args=[row.id]) + suffix,
            "title": row.title or untitled,
            "about": " · ".join(_about(row)),
            "unit": row.unit__full_name,
            "heir": row.unit__heir__full_name if row.unit__heir_id != row.unit_id else "",
            "year": str(row.year),
            "level": levels.get(row.level, ""),
            "marks": [(row.state, states[row.state]), *((mark, words[mark]) for mark in _marks(row, today))],
            "day": date_vi(row.state_since if queue else row.changed_at),
            "waited": _waited(row, today) if queue else "",
            "cells": cells.of(row),
        }
        for row in rows
    ]


def _about(row: Any) -> Iterator[str]:
    yield row.model__code
    if row.registrant:
        yield row.registrant
    if row.file_count:
        yield ngettext("%(count)d file", "%(count)d files", row.file_count) % {"count": row.file_count}
    if row.assignment__reviewer__full_name:
        yield _("assigned to %(who)s") % {"who": row.assignment__reviewer__full_name}
    if row.rounds:
        yield ngettext("%(count)d time returned", "%(count)d times returned", row.rounds) % {
            "count": row.rounds
        }


def _waited(row: Any, today: datetime.date) -> str:
    days = (today - timezone.localtime(row.state_since).date()).days
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _marks(row: Any, today: datetime.date) -> Iterator[str]:
    if row.late:
        yield "late"
    if row.exemplary:
        yield "exemplary"
    if row.return_due_on and row.return_due_on < today:
        yield "overdue"


def _labels(words: type) -> dict[str, str]:
    return {value: str(label) for value, label in words.choices}
