"""What all parts of the demonstration share: one source of chance, the people who act, the days it plays on."""

import datetime
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from mobilization.accounts.models import User
from mobilization.units.models import Unit

SEED = 20090226
"""The day on which the movement was launched; any number would do, but it must stay."""
LAST_DAY = datetime.date(2026, 11, 20)
"""Nothing of the demonstration happens after this day."""
HOME_CODE = "00004"
"""Phường Ba Đình: the ward of the demonstration's official and reviewer."""
NEIGHBOUR_CODE = "00070"
"""Phường Hoàn Kiếm: a second ward, to see that nobody looks into another's drafts."""
KEPT_FREE = ("016", datetime.date(2025, 1, 1))
"""Huyện Sóc Sơn gets nothing generated before 2025: its totals stay those of the shipped register."""


A_YEAR = 740
"""How many registrations are generated a year."""


@dataclass
class World:
    """Handed from part to part while the demonstration is made."""

    city: Unit
    a_year: int = A_YEAR
    people: dict[str, User] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 -- the same at every start, on purpose

    def official_of(self, unit: Unit) -> User:
        """Return who files for ``unit``."""
        return self.people.get(f"official:{unit.pk}", self.people["clerk"])

    def reviewer_of(self, unit: Unit) -> User:
        """Return who reviews what ``unit`` files."""
        return self.people.get(f"reviewer:{unit.pk}", self.people["old_reviewer"])

    def day(self, first: datetime.date, last: datetime.date) -> datetime.date:
        """Return a day between two days, both included, never after the last day of the demonstration."""
        last = max(min(last, LAST_DAY), first)
        return first + datetime.timedelta(days=self.random.randint(0, (last - first).days))

    def moment(self, day: datetime.date) -> datetime.datetime:
        """Return a moment of a working day."""
        clock = datetime.time(self.random.randint(8, 16), self.random.randint(0, 59))
        return timezone.make_aware(datetime.datetime.combine(day, clock))
