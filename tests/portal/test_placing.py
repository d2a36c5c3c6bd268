"""Tiles stand as on the map: no two in one place, neighbours near, and always the same."""

import csv
import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilization.portal.placing import assign, place
from mobilization.units.management.commands.load_units import SHIPPED

degrees = st.tuples(st.floats(-80, 80), st.floats(-170, 170))


def hanoi(today=True):
    with (SHIPPED / "units.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["lat"] and (not row["valid_to"]) == today]
    kinds = {"ward", "commune"} if today else {"urban_district", "rural_district", "town"}
    return {
        (row["code"], row["valid_from"]): (float(row["lat"]), float(row["lon"]))
        for row in rows
        if row["kind"] in kinds
    }


@given(st.lists(degrees, max_size=25))
def test_place_gives_each_a_cell_of_its_own(points):
    cells = place(dict(enumerate(points)))
    assert len(set(cells.values())) == len(points)
    if points:
        assert (
            min(column for column, _row in cells.values()) == min(row for _column, row in cells.values()) == 1
        )


@given(st.lists(degrees, max_size=12), st.randoms())
def test_place_does_not_depend_on_the_order(points, chance):
    positions = list(enumerate(points))
    shuffled = positions.copy()
    chance.shuffle(shuffled)
    assert place(dict(positions)) == place(dict(shuffled))


@pytest.mark.parametrize("today", [True, False])
def test_place_keeps_hanoi_as_on_the_map(today):
    positions = hanoi(today)
    cells = place(positions)
    assert len(cells) == (126 if today else 30)
    turned = pairs = 0
    for one, other in itertools.combinations(positions, 2):
        for axis, sign in ((0, 1), (1, -1)):  # columns go east, rows go south
            apart = sign * (positions[one][1 - axis] - positions[other][1 - axis])
            here = cells[one][axis] - cells[other][axis]
            pairs += here != 0
            turned += here * apart < 0
    assert turned / pairs < 0.03
    assert sum(_to_the_nearest(positions, cells)) / len(cells) < 1.7


def _to_the_nearest(positions, cells):
    """Yield how many tiles each unit and the one nearest to it are apart."""
    for one, (lat, lon) in positions.items():
        others = (other for other in positions if other != one)
        nearest = min(
            others, key=lambda o: math.dist((lat, lon * 0.93), (positions[o][0], positions[o][1] * 0.93))
        )
        yield math.dist(cells[one], cells[nearest])


def test_place_of_one_point_and_of_none():
    assert place({}) == {}
    assert place({"a": (21.0, 105.8)}) == {"a": (1, 1)}


def test_assign_finds_the_least_sum():
    chance = random.Random(5)
    for _round in range(30):
        rows = chance.randint(1, 5)
        costs = [[chance.randint(0, 20) for _ in range(rows + chance.randint(0, 2))] for _ in range(1)]
        costs += [[chance.randint(0, 20) for _ in costs[0]] for _ in range(rows - 1)]
        least = min(
            sum(line[column] for line, column in zip(costs, columns, strict=True))
            for columns in itertools.permutations(range(len(costs[0])), rows)
        )
        chosen = assign(costs)
        assert len(set(chosen)) == rows
        assert sum(line[column] for line, column in zip(costs, chosen, strict=True)) == least
