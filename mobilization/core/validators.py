"""What any typed text, date or number must be, before a rule of the domain looks at it.

Used by forms, workbook imports and the API alike; each raises Django's ``ValidationError`` with a whole sentence.
"""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mobilization.core.text import nfc

EARLIEST = datetime.date(1945, 9, 2)
LATEST = datetime.date(2100, 12, 31)
# Line breaks and tabs are text; other control characters, and marks that turn the direction of what follows, are not.
# Written as a pattern, since a workbook brings millions of characters: the categories Cc and Cs of Unicode.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def validate_text(value: str) -> None:
    """Refuse control characters (NUL among them), marks of writing direction and unpaired surrogates."""
    if _UNREADABLE.search(value):
        raise ValidationError(
            _("This text has characters that cannot be read. Please type it again."), "control"
        )
    if _DIRECTION_MARKS.search(value):
        raise ValidationError(
            _("This text has hidden marks of writing direction. Please type it again."), "direction"
        )


def clean_text(value: str) -> str:
    """Return ``value`` as it is stored: NFC, outer blanks gone. Raises ``ValidationError`` as ``validate_text``."""
    validate_text(value)
    return nfc(value).strip()


def validate_plausible_date(value: datetime.date) -> None:
    """Refuse dates that no record of the movement can have (before 2 September 1945 or after 2100)."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if not EARLIEST <= value <= LATEST:
        raise ValidationError(
            _("The date must lie between %(earliest)s and %(latest)s."),
            "implausible",
            {"earliest": EARLIEST.strftime("%d/%m/%Y"), "latest": LATEST.strftime("%d/%m/%Y")},
        )


def validate_document_number(value: str) -> None:
    """Refuse a document number that could not stand on paper: it is free text ("29-HD/ĐUK") with a letter or digit."""
    validate_text(value)
    if "\n" in value or "\r" in value or "\t" in value or not any(character.isalnum() for character in value):
        raise ValidationError(
            _("Write the number as it stands on the document, for example 12/QĐ-UBND."), "number"
        )
