"""Boundary files (GeoJSON, RFC 7946): checked whole before anything is kept, and simplified for pages.

Every corner is moved to the nearest point of one fine grid, the same for all units of the file: neighbours keep their
common border, whatever is left out of it. Corners that fall together or lie on a straight line are dropped.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction

from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.units.models import Outline, Unit

LARGEST_FILE = 200 * 1024 * 1024
FINENESS = 1000
"""So many steps of the grid across the whole map: finer than a page shows it."""
CORNERS = 4
"""The fewest positions of a closed ring."""
DEGREES = (180, 90)

Ring = list[tuple[float, float]]


class OutlinesRefused(DomainError):
    """The file is not what it should be; ``problems`` tells every reason, and nothing was kept."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems), code="outlines_refused")


def read_outlines(path: Path, code: str = "code") -> dict[str, list[Ring]]:
    """Return the code of each feature → its rings. ``code`` names the property that holds the unit's code.

    Raises ``OutlinesRefused``, and ``OSError`` for a file that cannot be read.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise OutlinesRefused([f"larger than {LARGEST_FILE // 1024 // 1024} MB"])
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise OutlinesRefused([f"no JSON: {error}"]) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection" or not features:
        raise OutlinesRefused(["no FeatureCollection with features"])
    found: dict[str, list[Ring]] = {}
    problems = []
    for place, feature in enumerate(features, start=1):
        try:
            name, rings = _read_feature(feature, code)
        except ValueError as problem:
            problems.append(f"feature {place}: {problem}")
            continue
        if name in found:
            problems.append(f"feature {place}: a second one with the code {name}")
        found[name] = rings
    if problems:
        raise OutlinesRefused(problems)
    return found


def simplify(outlines: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """Return the outlines on a grid of ``FINENESS`` steps; what is smaller than a step is gone."""
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    spans = [max(axis) - min(axis) for axis in zip(*points, strict=True)]
    step = max(*spans, 1e-6) / FINENESS
    found = {}
    for code, rings in outlines.items():
        simple = [ring for ring in (_simple(ring, step) for ring in rings) if ring]
        # An island smaller than a step is left out, a unit is not.
        found[code] = simple or [max(rings, key=len)]
    return found


@transaction.atomic
def load_outlines(
    outlines: dict[str, list[Ring]],
    *,
    city: Unit,
    source: str,
    actor: models.Model | None,
    on: datetime.date | None = None,
) -> tuple[int, list[Unit]]:
    """Keep the outlines of the city's units in force on ``on`` (today), in place of those kept for them before.

    Returns how many were kept, and the communes, districts and other units with coordinates that have none. Raises
    ``OutlinesRefused`` where a code belongs to no unit of that day.
    """
    units = {unit.code: unit for unit in Unit.objects.under(city).in_force(on)}
    unknown = sorted(set(outlines) - set(units))
    if unknown:
        raise OutlinesRefused([f"no unit in force has the code {code}" for code in unknown])
    kept = [
        Outline(unit=units[code], rings=rings, source=source) for code, rings in simplify(outlines).items()
    ]
    Outline.objects.filter(unit__in=[outline.unit for outline in kept]).delete()
    Outline.objects.bulk_create(kept)
    data = {"job": "load_boundaries", "new": len(kept), "name": source}
    log.record("unit.load_outlines", actor=actor, target=city, unit=city, data=data)
    bare = [unit for code, unit in units.items() if code not in outlines and unit.lat is not None]
    return len(kept), bare


def _read_feature(feature: Any, code: str) -> tuple[str, list[Ring]]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get(code) if isinstance(properties, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"no text under “{code}”; codes keep their leading zeros only as text")
    geometry = feature.get("geometry")
    shape = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if shape in {"Polygon", "MultiPolygon"} else None
    polygons = [coordinates] if shape == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise ValueError("neither Polygon nor MultiPolygon")
    rings = [ring for polygon in polygons for ring in _rings_of(polygon)]
    return name.strip(), rings


def _rings_of(polygon: Any) -> Iterator[Ring]:
    if not isinstance(polygon, list) or not polygon:
        raise ValueError("a polygon without rings")
    for positions in polygon:
        if not isinstance(positions, list) or len(positions) < CORNERS:
            raise ValueError(f"a ring with fewer than {CORNERS} positions")
        ring = [_position(position) for position in positions]
        if ring[0] != ring[-1]:
            raise ValueError("a ring that does not close")
        yield ring


def _position(position: Any) -> tuple[float, float]:
    numbers = position[:2] if isinstance(position, list) else []
    plain = len(numbers) == len(DEGREES) and all(type(number) in {int, float} for number in numbers)
    if not plain or not all(abs(number) <= most for number, most in zip(numbers, DEGREES, strict=True)):
        raise ValueError("a position that is no longitude and latitude in degrees (WGS 84)")
    return numbers[0], numbers[1]


def _simple(ring: Ring, step: float) -> Ring:
    """Return the ring on the grid, closed; empty where less than a triangle is left."""
    on_grid = [(round(x / step), round(y / step)) for x, y in ring]
    corners: list[tuple[int, int]] = []
    for point in on_grid[:-1]:
        if corners and point == corners[-1]:
            continue
        while len(corners) > 1 and _straight(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    while len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < CORNERS - 1:
        return []
    return [(round(x * step, 6), round(y * step, 6)) for x, y in (*corners, corners[0])]


def _straight(one: tuple[int, int], middle: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether the three lie on a line; there and back again is one too."""
    across = (middle[0] - one[0]) * (other[1] - one[1])
    return across == (middle[1] - one[1]) * (other[0] - one[0])
