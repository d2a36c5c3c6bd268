"""Questions to the duty to hold dialogues."""

import datetime
from typing import Self

from django.db.models import Q, QuerySet

from dialogues.querysets.days import days_of
from mobilization.units.models import Unit


class DialogueDutyQuerySet(QuerySet):
    """How many dialogues a unit owes."""

    def in_force(self, on: datetime.date) -> Self:
        """Return the duties of that day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)

    def of_unit(self, unit: Unit, year: int) -> Self:
        """Return the duty of ``unit`` in ``year``: the one of the last day of the year on which it is in force."""
        last_day = days_of(year)[1]
        if unit.valid_to is not None:
            last_day = min(last_day, unit.valid_to - datetime.timedelta(days=1))
        return self.in_force(last_day).filter(unit_kind=unit.kind)
