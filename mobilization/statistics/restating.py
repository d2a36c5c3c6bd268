"""Restating: whatever was filed under a unit of its time, counted under the units in force today.

Pure arithmetic on identifiers; no database. Two rules make every part add up:

* where a unit goes is one decision per unit (:func:`parts_of`): the product of the shares along the chain of its
  successions, and where a share is not known, whole to the main successor;
* a unit with several parts hands out its records one after the other, each to the part that is furthest behind its
  share (:class:`Allotment`). The counts are those of largest remainders, and since a *record* is handed out, with
  everything that is counted about it, new and maintained still add up to registered, the fields to the total, and a
  later step never counts more than an earlier one.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple


class Link(NamedTuple):
    """One line of a succession; ``share`` is the part of the population, or None where no note tells it."""

    successor: int
    share: Fraction | None
    is_main: bool


@dataclass(frozen=True, slots=True)
class Restated:
    """Where one unit's figures go.

    ``parts``: unit in force today → share, main successor first, adding up to one. ``touched``: every unit of today
    in which some of its people live, also those that get nothing for want of a known share.
    """

    parts: tuple[tuple[int, Fraction], ...]
    touched: frozenset[int]

    @property
    def is_split(self) -> bool:
        """Whether figures restated from this unit are estimates."""
        return len(self.touched) > 1


def parts_of(unit: int, successions: Mapping[int, Sequence[Link]]) -> Restated:
    """Follow the successions of ``unit`` to the end.

    ``successions`` holds the links of the units that have ended; a unit without links stands for itself: it is in
    force, or nothing succeeded it (the districts of 2025). Raises ValueError where the links run in a circle.
    """
    if not successions.get(unit):
        return Restated(((unit, Fraction(1)),), frozenset([unit]))
    shares: Counter[int] = Counter()
    touched: set[int] = set()

    def follow(current: int, share: Fraction, above: tuple[int, ...]) -> None:
        if current in above:
            raise ValueError(f"The successions of unit {current} run in a circle.")
        links = successions.get(current)
        if not links:
            touched.add(current)
            if share:
                shares[current] += share
            return
        for link, portion in zip(links, portions(links), strict=True):
            if portion or link.share is None:
                follow(link.successor, share * portion, (*above, current))

    follow(unit, Fraction(1), ())
    order = {target: place for place, target in enumerate(shares)}
    ranked = sorted(shares.items(), key=lambda part: (-part[1], order[part[0]]))
    return Restated(tuple(ranked), frozenset(touched))


def portions(links: Sequence[Link]) -> list[Fraction]:
    """The share each link gets, adding up to one: the known ones as they are, what remains to the main successor.

    Published shares are rounded; where all are known and miss one by a little, they are scaled to it.
    """
    if len(links) == 1:
        return [Fraction(1)]
    known = [link.share or Fraction(0) for link in links]
    total = sum(known)
    if total and (total >= 1 or all(link.share is not None for link in links)):
        return [share / total for share in known]
    main = next((place for place, link in enumerate(links) if link.is_main), 0)
    known[main] += 1 - total
    return known


class Allotment:
    """Hands out one unit's records, in the order they are asked for, to its parts.

    Each goes to the part that is furthest behind its share, the larger part where two are as far: between two parts
    that is the largest remainder at every number of records, and no part ever loses what it already has.
    """

    def __init__(self, parts: Sequence[tuple[int, Fraction]]) -> None:
        self._targets = [target for target, _ in parts]
        self._period = lcm(*(share.denominator for _, share in parts))
        self._steps = [int(share * self._period) for _, share in parts]
        self._owed = [0] * len(parts)

    def take(self, number: int) -> dict[int, int]:
        """Hand out ``number`` more records; answers target → how many of them, without zeros."""
        rounds, rest = divmod(number, self._period)
        taken = [rounds * step for step in self._steps]
        places = range(len(self._targets))
        for _ in range(rest):
            for place in places:
                self._owed[place] += self._steps[place]
            furthest = max(places, key=self._owed.__getitem__)
            self._owed[furthest] -= self._period
            taken[furthest] += 1
        return {target: count for target, count in zip(self._targets, taken, strict=True) if count}


def hand_out(
    parts: Sequence[tuple[int, Fraction]], cells: Iterable[tuple[Hashable, int]]
) -> Iterator[tuple[int, Hashable, int]]:
    """Hand out counted cells of like records in the order given: (target, cell, count) for each part of each."""
    allotment = Allotment(parts)
    for cell, number in cells:
        for target, count in allotment.take(number).items():
            yield target, cell, count
