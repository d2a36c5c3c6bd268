"""Where a unit came from and where it went, through all reorganisations, each with its figures over the years."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mobilization.statistics import readers
from mobilization.statistics.readers import Number
from mobilization.statistics.states import Basis, Scope
from mobilization.units.models import Succession, Unit

MEASURE = "registered"
MOST = 60
"""So many units at most are told one by one; nothing was ever formed of more."""


@dataclass(frozen=True)
class Kin:
    """A unit that went into this one or followed it: how, and what was registered there, year by year."""

    unit: Unit
    link: Succession
    direct: bool
    numbers: list[Number | None]


@dataclass(frozen=True)
class Generation:
    """The units of one reorganisation, with what they registered as filed."""

    on: datetime.date
    kin: list[Kin]


class Lineage:
    """The kin of one unit (three queries)."""

    def __init__(self, unit: Unit, years: Sequence[int]) -> None:
        self.unit = unit
        self.years = sorted(years)

    @cached_property
    def formed_from(self) -> list[Generation]:
        """The units of which it was formed, the latest reorganisation first."""
        links = list(self.unit.lineage_back()[:MOST])
        return self._generations([(link, link.predecessor) for link in links], "successor_id")

    @cached_property
    def became(self) -> list[Generation]:
        """The units into which it went, the earliest reorganisation first."""
        links = list(self.unit.lineage_forward()[:MOST])
        return self._generations([(link, link.successor) for link in links], "predecessor_id")

    def _generations(self, pairs: list[tuple[Succession, Unit]], side: str) -> list[Generation]:
        if not pairs:
            return []
        units = {unit.pk: unit for _link, unit in pairs}
        found = readers.years_of_units(units.values(), Basis.AS_FILED, Scope.SUBTREE, MEASURE)
        generations: dict[datetime.date, list[Kin]] = {}
        seen = set()
        for link, unit in pairs:
            if unit.pk in seen:  # several ways lead to it
                continue
            seen.add(unit.pk)
            numbers = [self._number(unit, year, found[unit.pk]) for year in self.years]
            kin = Kin(unit, link, getattr(link, side) == self.unit.pk, numbers)
            generations.setdefault(link.on, []).append(kin)
        return [Generation(on, kin) for on, kin in generations.items()]

    def _number(self, unit: Unit, year: int, numbers: dict[int, Number]) -> Number | None:
        """Return the number of a year in which the unit was in force on some day; None for any other."""
        begins, ends = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if unit.valid_from > ends or (unit.valid_to is not None and unit.valid_to <= begins):
            return None
        return numbers.get(year, Number())
