"""Totals are kept whatever happened to the units; parts add up; restating twice changes nothing."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilization.statistics.restating import Allotment, Link, hand_out, parts_of, portions

HALF = Fraction(1, 2)


def shares(count):
    """Known shares that add up to one, and sometimes unknown ones."""
    weights = st.lists(st.integers(0, 9), min_size=count, max_size=count)
    unknown = st.lists(st.booleans(), min_size=count, max_size=count)
    return st.tuples(weights, unknown, st.integers(0, count - 1)).map(_links_shape)


def _links_shape(drawn):
    weights, unknown, main = drawn
    total = sum(weights) or 1
    return [
        (None if hidden else Fraction(weight, total), place == main)
        for place, (weight, hidden) in enumerate(zip(weights, unknown, strict=True))
    ]


@st.composite
def histories(draw):
    """Three generations of units: each of an ended one goes to one or several of a later one."""
    generations = [range(100), range(100, 130), range(200, 215)]
    sizes = [draw(st.integers(1, 8)) for _ in generations]
    successions = {}
    for era in range(2):
        for unit in list(generations[era])[: sizes[era]]:
            later = [
                u for g, n in zip(generations[era + 1 :], sizes[era + 1 :], strict=True) for u in list(g)[:n]
            ]
            successors = draw(st.lists(st.sampled_from(later), min_size=0, max_size=4, unique=True))
            if successors:
                shape = draw(shares(len(successors)))
                successions[unit] = [Link(to, *rest) for to, rest in zip(successors, shape, strict=True)]
    return successions


@given(histories())
def test_parts_of_any_history_add_up_to_one(successions):
    for unit in successions:
        restated = parts_of(unit, successions)
        assert sum(share for _, share in restated.parts) == 1
        assert all(share > 0 for _, share in restated.parts)
        assert {target for target, _ in restated.parts} <= restated.touched


@given(histories())
def test_parts_of_a_unit_of_today_are_itself(successions):
    for unit in successions:
        for target, _ in parts_of(unit, successions).parts:
            assert parts_of(target, successions).parts == ((target, Fraction(1)),)


@given(histories(), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=12))
def test_hand_out_any_cells_keeps_every_cell(successions, cells):
    for unit in successions:
        restated = parts_of(unit, successions)
        handed = Counter()
        for _target, cell, count in hand_out(restated.parts, enumerate(count for _, count in cells)):
            handed[cell] += count
        assert handed == Counter({place: count for place, (_, count) in enumerate(cells) if count})


@given(histories(), st.integers(0, 60), st.integers(0, 60))
def test_take_never_gives_a_subset_more_than_the_whole(successions, smaller, more):
    for unit in successions:
        parts = parts_of(unit, successions).parts
        few, many = Allotment(parts).take(smaller), Allotment(parts).take(smaller + more)
        assert all(few[target] <= many[target] for target in few)


@given(st.integers(1, 99), st.integers(0, 500))
def test_take_of_two_parts_is_the_largest_remainder(percent, number):
    parts = sorted(
        [(1, Fraction(percent, 100)), (2, Fraction(100 - percent, 100))], key=lambda part: -part[1]
    )
    taken = Counter(Allotment(parts).take(number))
    first, second = (number * share for _, share in parts)
    larger_remainder_first = first - int(first) >= second - int(second)
    exact = first == int(first)
    expected = int(first) + (0 if exact else larger_remainder_first)
    assert (taken[parts[0][0]], taken[parts[1][0]]) == (expected, number - expected)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.integers(0, 400))
def test_take_stays_within_one_record_of_the_share(weights, number):
    parts = [(place, Fraction(weight, sum(weights))) for place, weight in enumerate(weights)]
    taken = Counter(Allotment(parts).take(number))
    assert sum(taken.values()) == number
    assert all(abs(taken[target] - number * share) < 2 for target, share in parts)


@given(st.lists(st.integers(0, 300), max_size=8))
def test_take_in_pieces_equals_take_at_once(numbers):
    parts = [(1, Fraction(3, 7)), (2, Fraction(3, 7)), (3, Fraction(1, 7))]
    allotment = Allotment(parts)
    pieces = Counter()
    for number in numbers:
        pieces.update(allotment.take(number))
    assert pieces == Counter(Allotment(parts).take(sum(numbers)))


def test_parts_of_without_share_go_whole_to_the_main_successor():
    restated = parts_of(1, {1: [Link(10, None, is_main=False), Link(11, None, is_main=True)]})
    assert restated.parts == ((11, Fraction(1)),)
    assert restated.touched == {10, 11}
    assert restated.is_split


def test_parts_of_land_without_people_is_no_split():
    restated = parts_of(1, {1: [Link(10, Fraction(0), is_main=False), Link(11, Fraction(1), is_main=True)]})
    assert restated.parts == ((11, Fraction(1)),)
    assert not restated.is_split


def test_parts_of_chain_multiplies_the_shares():
    successions = {
        1: [Link(2, HALF, is_main=True), Link(3, HALF, is_main=False)],
        2: [Link(4, Fraction(2, 5), is_main=False), Link(5, Fraction(3, 5), is_main=True)],
    }
    assert dict(parts_of(1, successions).parts) == {3: HALF, 4: Fraction(1, 5), 5: Fraction(3, 10)}


def test_parts_of_circle_is_refused():
    successions = {1: [Link(2, None, is_main=True)], 2: [Link(1, None, is_main=True)]}
    with pytest.raises(ValueError, match="circle"):
        parts_of(1, successions)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([Link(1, Fraction(3, 10), False), Link(2, None, True)], [Fraction(3, 10), Fraction(7, 10)]),
        (
            [Link(1, Fraction(33, 100), True), Link(2, Fraction(66, 100), False)],
            [Fraction(1, 3), Fraction(2, 3)],
        ),
        ([Link(1, Fraction(0), True), Link(2, Fraction(0), False)], [Fraction(1), Fraction(0)]),
        ([Link(1, None, False), Link(2, None, False)], [Fraction(1), Fraction(0)]),
    ],
)
def test_portions_of_known_and_unknown_shares_add_up_to_one(links, expected):
    assert portions(links) == expected
