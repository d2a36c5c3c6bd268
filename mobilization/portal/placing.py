"""Where each tile of the map stands: one cell for each unit, so that neighbours stay near.

Pure arithmetic on coordinates; the same coordinates always give the same places. Units lie close in town and far apart
outside, tiles all take the same room. So the points are first pushed apart until each has the room of a tile, keeping
north above south and east beside west; then each is given the cell of a grid so that together they move least.
"""

import math
from collections.abc import Hashable, Mapping, Sequence

Point = tuple[float, float]
Cell = tuple[int, int]

EVENLY = 0.6
"""How far crowded places are drawn out beforehand: 0 leaves the map, 1 spreads the points evenly along each axis."""
ROUNDS, STEP = 400, 0.2
"""So often the points are pushed apart, and by how much of what they overlap."""
NEAR_ENOUGH = 0.08
"""What still overlaps by less, in tiles, the cells put right."""


def place(positions: Mapping[Hashable, Point]) -> dict[Hashable, Cell]:
    """Return key → (column, row), counted from 1 at the north-west; no two share a cell.

    ``positions``: key → (latitude, longitude) in degrees. Keys are taken in the order of their coordinates, so that
    nothing depends on the order in which they come.
    """
    keys = sorted(positions, key=lambda key: (positions[key], repr(key)))
    points = _pushed_apart(_on_a_plane([positions[key] for key in keys]))
    cells = _cells_around(points)
    chosen = [
        cells[place] for place in assign([[_distance(point, cell) for cell in cells] for point in points])
    ]
    west, north = (min((cell[axis] for cell in chosen), default=0) for axis in (0, 1))
    return {
        key: (column - west + 1, row - north + 1) for key, (column, row) in zip(keys, chosen, strict=True)
    }


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row the column it gets, no column twice, so that the sum of the costs is least.

    There are at least as many columns as rows. The shortest way to add a row to those that have their columns, one
    row after the other (the method named Hungarian).
    """
    width = len(costs[0]) if costs else 0
    row_of = [-1] * (width + 1)
    row_price, column_price = [0.0] * len(costs), [0.0] * (width + 1)
    for row in range(len(costs)):
        row_of[width] = row
        _make_room(costs, row_of, row_price, column_price)
    found = [0] * len(costs)
    for column, row in enumerate(row_of[:width]):
        if row >= 0:
            found[row] = column
    return found


def _make_room(
    costs: Sequence[Sequence[float]], row_of: list[int], row_price: list, column_price: list
) -> None:
    """Give the row that stands in the extra, last column a column of its own; others may have to move."""
    width = len(row_of) - 1
    here, free = width, list(range(width))
    nearest, came_from = [math.inf] * width, [width] * width
    seen = [width]
    while row_of[here] != -1:
        row = row_of[here]
        line, paid = costs[row], row_price[row]
        step, best = math.inf, -1
        for column in free:
            reduced = line[column] - paid - column_price[column]
            if reduced < nearest[column]:
                nearest[column], came_from[column] = reduced, here
            if nearest[column] < step:
                step, best = nearest[column], column
        for column in seen:
            row_price[row_of[column]] += step
            column_price[column] -= step
        for column in free:
            nearest[column] -= step
        here = best
        free.remove(here)
        seen.append(here)
    while here != width:
        row_of[here] = row_of[came_from[here]]
        here = came_from[here]
    row_of[width] = -1


def _on_a_plane(positions: Sequence[Point]) -> list[Point]:
    """Return the points with east to the right and south below, in tiles, the crowded places drawn out."""
    if not positions:
        return []
    middle = math.radians(sum(lat for lat, _lon in positions) / len(positions))
    flat = [(lon * math.cos(middle), -lat) for lat, lon in positions]
    wide, high = (max(axis) - min(axis) for axis in zip(*flat, strict=True))
    tile = max(math.sqrt(wide * high / len(flat)), max(wide, high) / len(flat), 1e-9)
    drawn = [_drawn_out([point[axis] / tile for point in flat]) for axis in (0, 1)]
    return list(zip(*drawn, strict=True))


def _drawn_out(values: Sequence[float]) -> list[float]:
    """Return one coordinate of all points, part of the way from where it is to its rank among the others."""
    order = sorted(range(len(values)), key=lambda place: (values[place], place))
    first, span = values[order[0]], values[order[-1]] - values[order[0]]
    found = list(values)
    for rank, place in enumerate(order):
        evenly = first + span * rank / max(len(values) - 1, 1)
        found[place] += EVENLY * (evenly - values[place])
    return found


def _pushed_apart(points: list[Point]) -> list[Point]:
    """Return the points moved so far that nearly each has the room of a tile; all move at once, a little at a time."""
    for _round in range(ROUNDS):
        moves, furthest = _pushes(points)
        points = [(x + right, y + down) for (x, y), (right, down) in zip(points, moves, strict=True)]
        if furthest < NEAR_ENOUGH:
            break
    return points


def _pushes(points: list[Point]) -> tuple[list[list[float]], float]:
    """Return how far each point is pushed by those too near to it, and by how much the nearest two overlap."""
    moves = [[0.0, 0.0] for _point in points]
    most = 0.0
    for one, (x, y) in enumerate(points):
        for other in range(one + 1, len(points)):
            right, down = points[other][0] - x, points[other][1] - y
            if abs(right) >= 1 or abs(down) >= 1:
                continue
            apart = math.hypot(right, down)
            if apart >= 1:
                continue
            if not apart:  # in one place: they part from west to east
                right = apart = 1e-9
            force = (1 - apart) / apart * STEP
            most = max(most, 1 - apart)
            for move, sign in ((moves[one], -force), (moves[other], force)):
                move[0] += right * sign
                move[1] += down * sign
    return moves, most


def _cells_around(points: Sequence[Point]) -> list[Cell]:
    """Return the cells near the points, enough for all of them, in the order of rows."""
    reach = 1
    while True:
        cells = {
            (round(x) + right, round(y) + down)
            for x, y in points
            for right in range(-reach, reach + 1)
            for down in range(-reach, reach + 1)
        }
        if len(cells) >= len(points):
            return sorted(cells, key=lambda cell: (cell[1], cell[0]))
        reach += 1


def _distance(point: Point, cell: Cell) -> float:
    return (point[0] - cell[0]) ** 2 + (point[1] - cell[1]) ** 2
