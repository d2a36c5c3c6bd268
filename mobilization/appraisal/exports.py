"""The list of the sessions as a file: no member, nothing of a single item."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [
        _("Session"), _("Day"), _("Place"), _("Unit code"), _("Unit"), _("Level"), _("Campaign"), _("Quorum"),
        _("Number of the minutes"), _("State"), _("Items"), _("Recognised"), _("Not recognised"),
    ]  # fmt: skip


def rows(sessions: QuerySet) -> Iterator[list[Any]]:
    """Yield a row for each of ``sessions`` with their counts."""
    for one in sessions.iterator(chunk_size=500):
        yield [
            one.title,
            one.held_on,
            one.place,
            one.unit.code,
            one.unit.full_name,
            one.get_level_display(),
            str(one.campaign),
            one.quorum,
            one.minutes_number,
            one.get_state_display(),
            one.total,
            one.recognised,
            one.refused,
        ]
