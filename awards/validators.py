"""What the content of a decision and of an award must be; forms, pages and the loading of registers all ask here."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NUMBER_LENGTH = 60
NAME_LENGTH = 300
NOTE_LENGTH = 200
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){7,}")
_DAY = re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}\b")
_BORN = re.compile(
    r"\b(sinh\s+(ngày|năm)|ngày sinh|năm sinh|cccd|cmnd|căn cước|điện thoại|đt\s*:|sđt)", re.IGNORECASE
)


def validate_not_personal(value: str) -> None:
    """Refuse what looks like a birth date, a phone or an identity number: they are not collected.

    Source: Law 91/2025/QH15 (personal data): nothing beyond what the purpose needs.
    """
    if _LONG_NUMBER.search(value) or _DAY.search(value) or _BORN.search(value):
        raise ValidationError(
            _(
                "Write no birth date, phone or identity number here; a post or a hamlet tells people apart as well."
            ),
            "personal",
        )


def validate_form_fits(form, *, tier: str, on: datetime.date) -> None:
    """Refuse a form of award that another tier grants, or that the catalogue does not have on ``on``.

    Source: the catalogue (Law 06/2022/QH15 and its decrees by date); the district's certificates ended with the
    districts on 30 June 2025.
    """
    if form.tier != tier:
        raise ValidationError(_("“%(form)s” is not granted at this tier."), "tier", {"form": form})
    if not form.is_in_force(on):
        raise ValidationError(
            _("“%(form)s” is not in the catalogue on %(date)s."),
            "form_not_in_force",
            {"form": form, "date": on.strftime("%d/%m/%Y")},
        )


def validate_unit_in_force(unit, on: datetime.date) -> None:
    """Refuse a unit that is not in force on the day of signing: nothing is awarded to a dissolved unit."""
    if not unit.is_in_force(on):
        raise ValidationError(
            _("%(unit)s is not in force on %(date)s."),
            "unit_not_in_force",
            {"unit": unit.full_name, "date": on.strftime("%d/%m/%Y")},
        )
