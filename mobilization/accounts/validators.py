"""What a position must be, before it is granted; forms and services ask the same."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobilization.accounts.states import Role
from mobilization.core.validators import validate_plausible_date
from mobilization.units.models import Unit


def validate_position(
    role: str, unit: Unit, valid_from: datetime.date, valid_to: datetime.date | None
) -> None:
    """Refuse a role that does not fit the kind of the unit, dates the wrong way round, or outside the unit's life.

    Raises ``ValidationError`` with the sentences at their fields.
    """
    errors: dict[str, str] = {}
    if not Role(role).fits(unit.kind):
        errors["unit"] = (
            _("This role is held at the city only.")
            if role in Role.CITY
            else _("This role is held at a commune, a district or a committee, not at the city.")
        )
    elif unit.valid_to and valid_from >= unit.valid_to:
        errors["unit"] = _("This unit was dissolved before the position begins.")
    elif valid_from < unit.valid_from:
        errors["valid_from"] = _("The unit does not exist yet on this date.")
    elif unit.valid_to and (valid_to is None or valid_to > unit.valid_to):
        errors["valid_to"] = _("The position must end with the unit, on %(date)s at the latest.") % {
            "date": unit.valid_to.strftime("%d/%m/%Y")
        }
    for day in filter(None, (valid_from, valid_to)):
        validate_plausible_date(day)
    if valid_to and valid_to < valid_from:
        errors["valid_to"] = _("The end must not be before the start.")
    if errors:
        raise ValidationError(errors)
