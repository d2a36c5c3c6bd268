"""The registers as tables, for CSV and XLSX alike; codes of certificates stand in none."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.models import Award, NumberBook

CHUNK = 1_000


def register_header() -> list[str]:
    """Return the headings of the register of certificates."""
    return [*award_header(), _("Handed out on"), _("Received by"), _("Handed out by"), _("Note")]


def register_rows(awards: QuerySet[Award]) -> Iterator[list[Any]]:
    """Yield a row for each certificate, with what stands of its handing out."""
    for award in awards.iterator(chunk_size=CHUNK):
        row = award.standing_handovers[0] if award.standing_handovers else None
        handed = [row.handed_on, row.received_by, row.handed_by, row.note] if row else [""] * 4
        yield [*_award(award), *handed]


def award_header() -> list[str]:
    """Return the headings of a list of awards."""
    return [
        _("Year"),
        _("Decision number"),
        _("Signed on"),
        _("Granting unit"),
        _("Certificate number"),
        _("Golden-book number"),
        _("Form of award"),
        _("Kind of recipient"),
        _("Recipient"),
        _("Unit"),
        _("Achievement"),
        _("State of the award"),
    ]


def award_rows(awards: QuerySet[Award]) -> Iterator[list[Any]]:
    """Yield a row for each award."""
    for award in awards.iterator(chunk_size=CHUNK):
        yield _award(award)


def book_header() -> list[str]:
    """Return the headings of the list of golden books."""
    return [_("Granting unit"), _("Tier"), _("Year"), _("Last number")]


def book_rows(books: QuerySet[NumberBook]) -> Iterator[list[Any]]:
    """Yield a row for each golden book."""
    for book in books.iterator(chunk_size=CHUNK):
        yield [book.unit.full_name, str(book.get_tier_display()), book.year, book.last_number]


def _award(award: Award) -> list[Any]:
    decision = award.decision
    return [
        award.year,
        decision.number,
        decision.signed_on,
        decision.unit.full_name,
        award.certificate_number,
        award.golden_book_number,
        award.form.name,
        str(award.get_recipient_kind_display()),
        award.recipient_name,
        award.unit.full_name,
        award.achievement,
        str(award.get_state_display()),
    ]
