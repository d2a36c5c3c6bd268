"""What the content of a decision and of an award must be; forms, pages and the loading of registers all ask here."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NUMBER_LENGTH = 60
NAME_LENGTH = 300


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
