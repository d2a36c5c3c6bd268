"""Announcements as files: their list, and of each what stands in the annex of the decision, and no more."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mobilization.publication.states import Act
from models_registry.states import Kind, Level, WorkField

CHUNK = 2_000
COLUMNS = ("level", "registration__unit__code", "registration__unit__full_name", "registration__model__code")
COLUMNS += ("registration__title", "registration__registrant", "registration__kind", "registration__field")
COLUMNS += ("act", "exemplary", "reason")
CODED = {"level": Level, "registration__kind": Kind, "registration__field": WorkField, "act": Act}


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [
        _("Level"), _("Unit code"), _("Unit"), _("Code"), _("Title"), _("Who registers"), _("Kind"), _("Field"),
        _("Decision"), _("Exemplary"), _("Reason"),
    ]  # fmt: skip


def rows(decisions: QuerySet) -> Iterator[list[Any]]:
    """Yield a row for each decision, fetched in chunks; the words for the codes are looked up once."""
    words: dict[int, dict[Any, str]] = {
        COLUMNS.index(name): {code: str(label) for code, label in coded.choices}
        for name, coded in CODED.items()
    }
    words[COLUMNS.index("exemplary")] = {True: _("yes"), False: ""}
    for values in decisions.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        row = list(values)
        for place, labels in words.items():
            row[place] = labels.get(row[place], row[place])
        yield row


def announcements_header() -> list[str]:
    """Return the headings of the list of announcements, in the language of the page."""
    return [
        _("Announcement"), _("Recognised by"), _("Decision number"), _("Decision date"), _("Campaign"), _("Decisions"),
        _("Announced by"), _("Announced at"),
    ]  # fmt: skip


def announcements(publications: QuerySet) -> Iterator[list[Any]]:
    """Yield a row for each announcement."""
    for one in publications.iterator(chunk_size=CHUNK):
        yield [
            one.title,
            one.body,
            one.number,
            one.decided_on,
            one.campaign.title,
            one.counts.get("total", 0),
            one.published_by.full_name,
            one.published_at,
        ]
