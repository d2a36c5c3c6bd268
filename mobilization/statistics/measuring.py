"""What a measure is: records of a source, chosen by the words of their queryset, broken down by its dimensions.

Which measures there are stands in ``measures``.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from mobilization.statistics.states import Dimension


@dataclass(frozen=True)
class Source:
    """Records of one kind, read once for all measures that count them.

    ``of_year`` answers the records of a year, ``unit`` is the path to the unit they were filed under, ``dimensions``
    the paths to the keys of each breakdown. ``nested`` names measures each of which is a subset of the one before:
    when a split unit's records are handed out, they keep the same order, so that each of them gets its share.
    ``few``: a year's records, and whatever they are joined with, are few enough to be hashed whole. ``label`` names the
    records, ``answerable`` the office in charge of them, which answers for the figures.
    """

    code: str
    of_year: Callable[[int], QuerySet]
    label: str = ""
    answerable: str = ""
    unit: str = "unit"
    dimensions: dict[Dimension, str] = field(default_factory=dict)
    nested: tuple[str, ...] = ()
    few: bool = False


@dataclass(frozen=True)
class Part:
    """What one source gives to a measure: its records chosen by ``words``; with ``value``, the sum of that column.

    ``of_the_day``: the words ask for today, and take another day as ``on``.
    """

    source: Source
    words: Callable[..., QuerySet] = QuerySet.all
    value: str = ""
    of_the_day: bool = False

    def chosen(self, year: int, on: datetime.date | None = None) -> QuerySet:
        """The records of ``year`` that it counts, as of the day ``on`` where that matters (today without one)."""
        records = self.source.of_year(year)
        return self.words(records, on) if self.of_the_day else self.words(records)


@dataclass(frozen=True)
class Measure:
    """One statistic: its code (part of the API), its name, what it says in a sentence, and what it is made of."""

    code: str
    label: str
    definition: str
    parts: tuple[Part, ...]

    @property
    def answerable(self) -> str:
        """The office that answers for the figure: the one in charge of the records it is counted from."""
        return self.parts[0].source.answerable

    @property
    def records(self) -> str:
        """The records that are counted, in words."""
        return self.parts[0].source.label

    @property
    def is_of_the_day(self) -> bool:
        """Whether it changes as days pass, without anybody doing anything."""
        return any(part.of_the_day for part in self.parts)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The breakdowns that every part of it can give; a sum over a column has none."""
        return tuple(
            dimension
            for dimension in Dimension
            if all(dimension in part.source.dimensions and not part.value for part in self.parts)
        )
