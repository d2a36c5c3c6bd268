"""The map of tiles: one for each unit, placed as on the map, shaded by how much there is of one measure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache

from mobilization.portal.outline_map import Frame, Shape, frame_of
from mobilization.portal.placing import Cell, Point, place
from mobilization.statistics.readers import Number, UnitFigures
from mobilization.units.models import Unit

SHADES = 5
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Tile:
    """One unit on the map; ``shade`` 0 is none, then from the least to the most."""

    unit: Unit
    number: Number
    shade: int
    column: int
    row: int
    url: str = ""
    shape: Shape | None = None


@dataclass(frozen=True)
class Shade:
    """One line of the legend."""

    shade: int
    first: int
    last: int
    units: int


@dataclass(frozen=True)
class TileMap:
    """The tiles from west to east and north to south, the legend, and the units without coordinates."""

    tiles: list[Tile]
    shades: list[Shade]
    columns: int
    rows: int
    elsewhere: list[UnitFigures]
    frame: Frame | None = None
    """Where the outlines of all of them are known: how large the map of them is. Then it is shown, and not the tiles."""
    estimated: bool = False
    """Whether the places of some rest on the units that took over from them."""


def tile_map(
    lines: Iterable[UnitFigures],
    measure: str,
    address: Callable[[Unit], str],
    estimated: Mapping[int, Point] | None = None,
) -> TileMap | None:
    """Return the map of ``lines`` by one of their measures, each tile leading to ``address(unit)``.

    ``estimated``: the places of units that have no coordinates. None where fewer than two units have a place.
    """
    lines = list(lines)
    known = {
        unit.pk: (float(unit.lat), float(unit.lon))
        for unit in (line.unit for line in lines)
        if unit.lat is not None and unit.lon is not None
    }
    positions = {line.unit.pk: (estimated or {}).get(line.unit.pk) for line in lines} | known
    placed = [line for line in lines if positions[line.unit.pk] is not None]
    if len(placed) < 2:  # noqa: PLR2004 -- one tile is no map
        return None
    cells = cells_of({line.unit.pk: positions[line.unit.pk] for line in placed})
    all_known = len(known) == len(placed)
    frame = frame_of({line.unit.pk: line.unit for line in placed}) if all_known else None
    bounds = breaks([line.numbers[measure].total for line in placed])
    tiles = [
        Tile(
            line.unit,
            number,
            shade_of(number.total, bounds),
            *cells[line.unit.pk],
            address(line.unit),
            frame and frame.shapes[line.unit.pk],
        )
        for line in placed
        for number in [line.numbers[measure]]
    ]
    tiles.sort(key=lambda tile: (tile.row, tile.column))
    return TileMap(
        tiles,
        _legend(tiles),
        max(tile.column for tile in tiles),
        max(tile.row for tile in tiles),
        [line for line in lines if line not in placed],
        frame,
        not all_known,
    )


def cells_of(positions: Mapping[int, Point]) -> dict[int, Cell]:
    """Return unit → its cell. Computed once for the same coordinates, and kept under what they are."""
    known = repr(sorted(positions.items())).encode()
    key = f"portal:cells:{hashlib.sha256(known).hexdigest()}"
    return cache.get_or_set(key, lambda: place(positions), A_YEAR)


def breaks(numbers: Sequence[int]) -> list[int]:
    """Return the least number of each shade, so that about as many units stand in each; zeros stand apart."""
    ranked = sorted(number for number in numbers if number > 0)
    if not ranked:
        return []
    wanted = (ranked[len(ranked) * step // SHADES] for step in range(SHADES))
    return sorted({*wanted, ranked[0]})


def shade_of(number: int, bounds: Sequence[int]) -> int:
    """Return the shade of a number; where there are fewer bounds than shades, those in the middle."""
    if number <= 0 or not bounds:
        return 0
    return (SHADES - len(bounds)) // 2 + sum(1 for bound in bounds if number >= bound)


def _legend(tiles: Sequence[Tile]) -> list[Shade]:
    found = []
    for shade in range(SHADES + 1):
        numbers = [tile.number.total for tile in tiles if tile.shade == shade]
        if numbers:
            found.append(Shade(shade, min(numbers), max(numbers), len(numbers)))
    return found
