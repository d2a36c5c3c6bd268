"""The records behind a figure: the very ones that were counted, by the words of its measure.

As filed, those are the records of the unit, or of all units below it. Restated, those of the units that went into it.
A unit that was divided by known shares hands out its records by number, not by name: all of them are listed then, and
the list says so.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet, Sum

from mobilization.statistics.measuring import Measure, Part
from mobilization.statistics.places import Places
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.units.models import Unit


@dataclass(frozen=True)
class Figured:
    """Which figure: a measure of a unit in a year, whole or for one key of a dimension."""

    measure: Measure
    year: int
    unit: Unit
    basis: str
    scope: str
    dimension: str = Dimension.NONE
    key: str = ""
    on: datetime.date | None = None
    """The day it was computed, where that matters (what is overdue); today without one."""


@dataclass(frozen=True)
class Pile:
    """Records of one kind behind a figure; with ``value``, what is added up is that column of theirs."""

    part: Part
    records: QuerySet

    @property
    def value(self) -> str:
        """The column that is added up; empty where records are counted."""
        return self.part.value

    def number(self) -> int:
        """Count them now: what they give to the figure."""
        if self.value:
            return self.records.aggregate(sum=Sum(self.value))["sum"] or 0
        return self.records.count()


class Behind:
    """The records behind one figure."""

    def __init__(self, figured: Figured) -> None:
        self.figured = figured

    @cached_property
    def piles(self) -> list[Pile]:
        """One pile for each part of the measure; most have one."""
        return [Pile(part, self._records(part)) for part in self.figured.measure.parts]

    @cached_property
    def divided(self) -> list[Unit]:
        """The units of whose records only some count here, since their people went to several places by shares."""
        if self.figured.basis != Basis.CURRENT:
            return []
        _whole, some = self._sources
        return list(Unit.objects.filter(pk__in=some)) if some else []

    def _records(self, part: Part) -> QuerySet:
        figured, source = self.figured, part.source
        records = part.chosen(figured.year, figured.on).filter(self._units(source.unit)).order_by()
        if figured.dimension != Dimension.NONE:
            records = records.filter(**{source.dimensions[Dimension(figured.dimension)]: figured.key})
        return records.filter(**{f"{part.value}__gt": 0}) if part.value else records

    def _units(self, path: str) -> Q:
        figured = self.figured
        unit = figured.unit
        if figured.basis == Basis.CURRENT and not (unit.parent_id is None and figured.scope == Scope.SUBTREE):
            whole, some = self._sources
            return Q(**{f"{path}__in": [*whole, *some]})
        return Q(**{path: unit} if figured.scope == Scope.OWN else {f"{path}__path__startswith": unit.path})

    @cached_property
    def _sources(self) -> tuple[list[int], list[int]]:
        """The units whose records count here, all of them or some of them."""
        figured = self.figured
        if figured.unit.parent_id is None and figured.scope == Scope.SUBTREE:
            return [], []
        places = Places(Unit.objects.get(pk=figured.unit.path_ids[0]))
        here = places.below_today(figured.unit.pk) if figured.scope == Scope.SUBTREE else {figured.unit.pk}
        whole, some = [], []
        for unit, restated in places.restated.items():
            targets = [target in here for target, _share in restated.parts]
            if any(targets):
                (whole if all(targets) else some).append(unit)
        return whole, some


def number_behind(figured: Figured) -> int:
    """Count the records behind a figure now. Where a unit was divided, that is more than the figure says."""
    return sum(pile.number() for pile in Behind(figured).piles)
