"""What leaves the staff list as a workbook or CSV: no phone, no person in charge."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

CHUNK = 2_000


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [
        _("Year"), _("Code"), _("Unit code"), _("Unit"), _("Title"), _("Kind"), _("Subject"), _("Who registers"),
        _("Place"), _("Field"), _("Level"), _("New or maintained"), _("State"), _("Submitted at"), _("Late"),
        _("Exemplary"), _("Outcome of the year"),
    ]  # fmt: skip


def rows(registrations: QuerySet) -> Iterator[list[Any]]:
    """Yield a row for each registration, fetched in chunks so that memory stays flat."""
    for row in registrations.select_related("model", "unit").iterator(chunk_size=CHUNK):
        yield [
            row.year, row.model.code, row.unit.code, row.unit.full_name, row.title, row.get_kind_display(),
            row.get_subject_display(), row.registrant, row.place, row.get_field_display(), row.get_level_display(),
            row.get_novelty_display(), row.get_state_display(), row.submitted_at, _("yes") if row.late else "",
            _("yes") if row.exemplary else "", row.get_outcome_display(),
        ]  # fmt: skip
