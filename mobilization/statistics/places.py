"""Where figures stand: every unit under a city, its ancestors, and the units of today it is restated to."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from django.utils import timezone

from mobilization.statistics.restating import Link, Restated, parts_of
from mobilization.statistics.states import Basis
from mobilization.units.models import Succession, Unit


class Places:
    """The tree of one city as the computation needs it; a few hundred rows, read at once.

    Successions that lead out of the tree are not followed: a city's figures are restated within it.
    """

    def __init__(self, city: Unit, on: datetime.date | None = None) -> None:
        on = on or timezone.localdate()
        self.city = city
        self.paths: dict[int, list[int]] = {}
        self.ended: set[int] = set()
        for pk, path, valid_to in Unit.objects.under(city).values_list("pk", "path", "valid_to"):
            self.paths[pk] = [int(part) for part in path.strip("/").split("/")]
            if valid_to is not None and valid_to <= on:
                self.ended.add(pk)
        self._successions = self._links()
        self.restated: dict[int, Restated] = {unit: parts_of(unit, self._successions) for unit in self.paths}

    def _links(self) -> dict[int, list[Link]]:
        links: dict[int, list[Link]] = defaultdict(list)
        rows = Succession.objects.filter(predecessor__in=self.ended).order_by("-is_main", "-share", "pk")
        for row in rows.values_list("predecessor", "successor", "share", "is_main"):
            predecessor, successor, share, is_main = row
            if successor in self.paths:
                links[predecessor].append(
                    Link(successor, None if share is None else Fraction(share), is_main)
                )
        return links

    def whole(self) -> Iterator[tuple[int, int]]:
        """(unit, unit of today) for each unit whose figures go to one place."""
        for unit, restated in self.restated.items():
            if len(restated.parts) == 1:
                yield unit, restated.parts[0][0]

    def shared_out(self) -> dict[int, Restated]:
        """The units whose figures go to several places by known shares."""
        return {unit: restated for unit, restated in self.restated.items() if len(restated.parts) > 1}

    def fingerprint(self) -> str:
        """A hash over where every unit's figures stand today: equal trees, equal restated figures."""
        state = hashlib.sha256()
        for unit in sorted(self.paths):
            parts = [(target, str(share)) for target, share in self.restated[unit].parts]
            line = (unit, parts, sorted(self.restated[unit].touched), self._above_today(unit))
            state.update(f"{line}\n".encode())
        return state.hexdigest()

    def split_units_of(self, unit: int) -> set[int]:
        """The ended units whose figures make those of ``unit`` on today's units an estimate."""
        return {split for split, place in self.doubts() if place == unit}

    def share_of(self, split: int, unit: int) -> Fraction:
        """The part of the figures of ``split`` that stands under ``unit`` or a unit below it today."""
        parts = self.restated[split].parts
        return sum((share for target, share in parts if unit in self.paths[target]), Fraction(0))

    def is_known(self, split: int) -> bool:
        """Whether every share on the way of ``split`` to the units of today is told by a note."""
        links = self._successions.get(split, ())
        told = len(links) < 2 or all(link.share is not None for link in links)  # noqa: PLR2004 -- one of two
        return told and all(self.is_known(link.successor) for link in links)

    def doubts(self) -> Iterator[tuple[int, int]]:
        """(split unit, unit of today) where figures of the split unit make an estimate.

        Those are the places where its people now live, and the units above that hold some of them but not all: a
        unit that holds them all has the exact number.
        """
        for unit, restated in self.restated.items():
            if not restated.is_split:
                continue
            holders = [set(self._above_today(target)) for target in restated.touched]
            for place in restated.touched | (set.union(*holders) - set.intersection(*holders)):
                yield unit, place

    def ancestors(self) -> Iterator[tuple[str, int, int]]:
        """(basis, unit, ancestor): as filed all units above, restated the units above that are in force today."""
        for unit, path in self.paths.items():
            for above in path[:-1]:
                if above in self.paths:
                    yield Basis.AS_FILED, unit, above
            for above in self._above_today(unit):
                yield Basis.CURRENT, unit, above

    def below_today(self, unit: int) -> set[int]:
        """The unit, and those below it to which figures are restated: not those that others succeeded to."""
        stay = (other for other, restated in self.restated.items() if restated.parts[0][0] == other)
        return {other for other in stay if other == unit or unit in self._above_today(other)}

    def _above_today(self, unit: int) -> list[int]:
        return [above for above in self.paths[unit][:-1] if above in self.paths and above not in self.ended]
