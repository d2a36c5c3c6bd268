"""A map of outlines, where a city has brought its boundaries: each unit as a path in a drawing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mobilization.units.models import Outline, Unit
from mobilization.units.outlines import FINENESS

ROOM = (58, 26)
"""The least width and height of a shape that has room for its number."""


@dataclass(frozen=True)
class Shape:
    """One unit: its path, and where its number stands if there is room for it."""

    path: str
    x: int
    y: int
    has_room: bool


@dataclass(frozen=True)
class Frame:
    """The whole map, in steps of the grid on which the outlines were simplified."""

    width: int
    height: int
    shapes: dict[int, Shape]
    source: str

    @property
    def view_box(self) -> str:
        """Return what is seen, with room for the lines at the edge."""
        return f"-2 -2 {self.width + 4} {self.height + 4}"


def frame_of(units: Mapping[int, Unit]) -> Frame | None:
    """Return the map of ``units``; None unless the outline of each is known (one query)."""
    outlines = list(Outline.objects.filter(unit__in=list(units)))
    if not outlines or len(outlines) < len(units):
        return None
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    west, east = min(lon for lon, _lat in points), max(lon for lon, _lat in points)
    south, north = min(lat for _lon, lat in points), max(lat for _lon, lat in points)
    shrunk = math.cos(math.radians((south + north) / 2))
    scale = FINENESS / max((east - west) * shrunk, north - south, 1e-9)

    def on_page(lon: float, lat: float) -> tuple[int, int]:
        return round((lon - west) * shrunk * scale), round((north - lat) * scale)

    shapes = {}
    for outline in outlines:
        rings = [[on_page(*point) for point in ring] for ring in outline.rings]
        unit = units[outline.unit_id]
        shapes[unit.pk] = _shape(rings, on_page(float(unit.lon), float(unit.lat)))
    width, height = on_page(east, south)
    return Frame(width, height, shapes, outlines[0].source)


def _shape(rings: Sequence[Sequence[tuple[int, int]]], middle: tuple[int, int]) -> Shape:
    largest = max(rings, key=len)
    spans = [max(axis) - min(axis) for axis in zip(*largest, strict=True)]
    has_room = all(span >= room for span, room in zip(spans, ROOM, strict=True))
    return Shape("".join(_path(ring) for ring in rings), *middle, has_room)


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """Return a closed ring as drawings write it: where it begins, then how far from corner to corner."""
    begin, *others = ring
    steps, here = [], begin
    for point in others[:-1]:
        steps.append(f"{point[0] - here[0]} {point[1] - here[1]}")
        here = point
    return f"M{begin[0]} {begin[1]}l{' '.join(steps)}z"
