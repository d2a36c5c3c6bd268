"""What leaves the staff list as a workbook or CSV: no phone, no person in charge."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from models_registry.states import Kind, Level, Novelty, Outcome, State, Subject, WorkField

CHUNK = 2_000
COLUMNS = (
    *(
        "year",
        "model__code",
        "unit__code",
        "unit__full_name",
        "title",
        "kind",
        "subject",
        "registrant",
        "place",
    ),
    *("field", "level", "novelty", "state", "submitted_at", "late", "exemplary", "outcome"),
)
CODED = {
    "kind": Kind,
    "subject": Subject,
    "field": WorkField,
    "level": Level,
    "novelty": Novelty,
    "state": State,
    "outcome": Outcome,
}


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [
        _("Year"), _("Code"), _("Unit code"), _("Unit"), _("Title"), _("Kind"), _("Subject"), _("Who registers"),
        _("Place"), _("Field"), _("Level"), _("New or maintained"), _("State"), _("Submitted at"), _("Late"),
        _("Exemplary"), _("Outcome of the year"),
    ]  # fmt: skip


def rows(registrations: QuerySet) -> Iterator[list[Any]]:
    """Yield a row for each registration, fetched in chunks so that memory stays flat.

    The words for the codes are looked up once for the whole file: a label that is translated anew in every cell costs
    more than the database and the file together.
    """
    words: dict[int, dict[Any, str]] = {
        COLUMNS.index(name): {code: str(label) for code, label in coded.choices}
        for name, coded in CODED.items()
    }
    words |= {COLUMNS.index(name): {True: _("yes"), False: ""} for name in ("late", "exemplary")}
    for values in registrations.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        row = list(values)
        for place, labels in words.items():
            row[place] = labels.get(row[place], row[place])
        yield row
