"""Where units of the past lay, for the map of tiles: estimated from the units that took over from them.

Nobody tells their coordinates. A unit that went into one other lay somewhere in it; one that was divided lay between
its successors, nearer to those that took over more of its people. The same units always get the same places.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mobilization.units.models import Succession, Unit

Point = tuple[float, float]

LINKS = 6
"""So many reorganisations after each other are followed."""
MAIN, OTHER = 2.0, 1.0
"""What the main successor and any other one weigh where nobody tells the shares."""
APART = 0.004
"""In degrees, some 400 m: how far from each other units stand that lay in the same one of today."""
TURN = math.pi * (3 - math.sqrt(5))


def estimated_positions(units: Iterable[Unit]) -> dict[int, Point]:
    """Return unit → (latitude, longitude) of those of ``units`` that have no coordinates, as far as others lead to some.

    A query for each reorganisation on the way; none where all have coordinates.
    """
    asked = {unit.pk: unit.code for unit in units if unit.lat is None or unit.lon is None}
    links = _links_from(asked)
    known = {
        link.successor_id: (float(link.successor.lat), float(link.successor.lon))
        for found in links.values()
        for link in found
        if link.successor.lat is not None and link.successor.lon is not None
    }
    positions = {pk: point for pk in asked if (point := _between(pk, links, known)) is not None}
    return _apart(positions, asked)


def _links_from(units: Iterable[int]) -> dict[int, list[Succession]]:
    """Return unit → its links, of ``units`` and of every successor without coordinates of its own."""
    links: dict[int, list[Succession]] = defaultdict(list)
    wanted = set(units)
    for _step in range(LINKS):
        if not wanted:
            break
        found = Succession.objects.filter(predecessor__in=wanted).select_related("successor").order_by("pk")
        wanted = set()
        for link in found:
            links[link.predecessor_id].append(link)
            if link.successor.lat is None or link.successor.lon is None:
                wanted.add(link.successor_id)
        wanted -= links.keys()
    return links


def _between(pk: int, links: Mapping[int, Sequence[Succession]], known: Mapping[int, Point]) -> Point | None:
    if pk in known:
        return known[pk]
    points, weights = [], []
    for link in links.get(pk, ()):
        point = _between(link.successor_id, links, known)
        weight = _weight(link)
        if point is not None and weight:
            points.append(point)
            weights.append(weight)
    if not points:
        return None
    return tuple(
        sum(point[axis] * weight for point, weight in zip(points, weights, strict=True)) / sum(weights)
        for axis in (0, 1)
    )


def _weight(link: Succession) -> float:
    if link.share is not None:
        return float(link.share)
    return MAIN if link.is_main else OTHER


def _apart(positions: Mapping[int, Point], codes: Mapping[int, str]) -> dict[int, Point]:
    """Return the places with those that fell together wound around their common point, in the order of their codes."""
    together: dict[Point, list[int]] = defaultdict(list)
    for pk in sorted(positions, key=lambda pk: (codes[pk], pk)):
        together[tuple(round(part, 5) for part in positions[pk])].append(pk)
    found = {}
    for (lat, lon), units in together.items():
        for place, pk in enumerate(units):
            far, angle = (APART * math.sqrt(place), TURN * place)
            found[pk] = (lat + far * math.sin(angle), lon + far * math.cos(angle))
    return found
