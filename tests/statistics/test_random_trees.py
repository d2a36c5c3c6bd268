"""Random cities whose units were split and merged on two dates: totals are kept at every level, for every measure."""

import datetime
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilization.statistics import readers, reconciling, services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Figure
from mobilization.statistics.places import Places
from mobilization.statistics.states import Basis, Scope
from mobilization.units.states import UnitKind
from tests.statistics.factories import (
    make_city,
    make_dialogue,
    make_registrations,
    make_unit,
    scatter,
    succeed,
)

FIRST, SECOND = datetime.date(2025, 1, 1), datetime.date(2025, 7, 1)
YEARS = (2023, 2025)
SHARES = [("1",), ("0.5", "0.5"), ("0.61", "0.39"), ("0.2", "0.3", "0.5"), None]


@st.composite
def histories(draw):
    """How many districts; the communes of each generation; where each ended one goes, with shares or without."""
    sizes = [draw(st.integers(0, 2)), *(draw(st.integers(2, 4)) for _ in range(3))]

    def went(count, later):
        chosen = st.lists(st.integers(0, later - 1), min_size=1, max_size=3, unique=True)
        return [(draw(chosen), draw(st.booleans()), draw(st.integers(0, 8))) for _ in range(count)]

    return sizes, went(sizes[1], sizes[2]), went(sizes[2], sizes[3]), draw(st.integers(0, 10_000))


class RandomCity:
    """Districts until the second date, communes that end on the first, on the second, and those of today."""

    def __init__(self, history):
        (districts, *sizes), first, second, self.seed = history
        self.city = make_city()
        self.districts = [
            make_unit(f"Huyện {n}", self.city, UnitKind.RURAL_DISTRICT, until=SECOND)
            for n in range(districts)
        ]
        above = self.districts or [self.city]
        old = [make_unit(f"Cũ {n}", above[n % len(above)], until=FIRST) for n in range(sizes[0])]
        middle = [
            make_unit(f"Giữa {n}", above[n % len(above)], since=FIRST, until=SECOND) for n in range(sizes[1])
        ]
        self.today = [make_unit(f"Mới {n}", self.city, since=SECOND) for n in range(sizes[2])]
        for units, later, links, on in ((old, middle, first, FIRST), (middle, self.today, second, SECOND)):
            for unit, (chosen, known, main) in zip(units, links, strict=True):
                shares = SHARES[{1: 0, 2: 1 + main % 2, 3: 3}[len(chosen)]] if known else None
                succeed(unit, *(later[n] for n in chosen), shares=shares, main=main % len(chosen), on=on)
        self.filing = {2023: [*old, *self.districts, self.city], 2025: [*old, *middle, *self.today]}


def figures(city, year, basis):
    rows = Figure.objects.of_year(year).on_basis(basis).filter(unit__path__startswith=city.path)
    own, subtree = Counter(), Counter()
    for unit, measure, dimension, key, mine, all_ in rows.values_list(
        "unit", "measure", "dimension", "key", "own", "subtree"
    ):
        own[unit, measure, dimension, key] += mine
        subtree[unit, measure, dimension, key] += all_
    return +own, +subtree


def sums(own, units, keys):
    return {key: sum(own[unit, *key] for unit in units) for key in keys}


@pytest.mark.django_db
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(histories())
def test_totals_are_kept_for_every_measure_year_and_level(history):
    made = RandomCity(history)
    places = Places(made.city)
    for year in YEARS:
        scatter(made.seed + year, made.filing[year], year)
        for district in made.districts:
            make_dialogue(district, year, attending=7)
        services.rebuild_year(year, city=made.city)
        filed_own, filed = figures(made.city, year, Basis.AS_FILED)
        current_own, current = figures(made.city, year, Basis.CURRENT)
        keys = {key[1:] for key in filed} | {key[1:] for key in current}
        assert all(filed[made.city.pk, *key] == current[made.city.pk, *key] for key in keys)
        # At each level: what stands under a unit is its own and that of the units below it.
        for unit in places.paths:
            below = [other for other, way in places.paths.items() if unit in way]
            assert {key: filed[unit, *key] for key in keys} == sums(filed_own, below, keys)
            if unit not in places.ended:
                assert {key: current[unit, *key] for key in keys} == sums(current_own, below, keys)
        assert reconciling.compare(year, made.city, datetime.date.today())[1] == []  # noqa: DTZ011
        # Restating twice changes nothing: units of today stand for themselves, and nothing is left to write.
        assert all(places.restated[unit.pk].parts == ((unit.pk, Fraction(1)),) for unit in made.today)
        assert services.rebuild_year(year, city=made.city).changed == 0


@pytest.mark.django_db
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(histories())
def test_units_of_today_and_former_districts_add_up_to_the_city(history):
    made, year, codes = RandomCity(history), 2023, list(MEASURES)
    scatter(made.seed, made.filing[year], year)
    for district in made.districts:
        make_dialogue(district, year, attending=7)
    services.rebuild_year(year, city=made.city)
    lines = readers.table_of(
        readers.units_below(made.city, year, Basis.CURRENT), year, Basis.CURRENT, Scope.SUBTREE, codes
    )
    former = readers.former_units(made.city, year, codes)
    assert {line.unit.pk for line in former} == {unit.pk for unit in made.districts}
    total = readers.numbers_of(made.city, [year], Basis.CURRENT, Scope.SUBTREE)[year]
    own = readers.numbers_of(made.city, [year], Basis.CURRENT, Scope.OWN)[year]
    for code in codes:
        parts = sum(line.numbers[code].total for line in (*lines, *former))
        assert parts + own[code].total == total[code].total
    for line in lines:
        grounds = readers.grounds_of(line.unit, year)
        assert bool(grounds) == any(number.estimated for number in line.numbers.values())
        assert all(0 <= ground.share <= 1 for ground in grounds)


def test_formed_from_tells_each_former_unit_with_its_series(world, django_assert_num_queries):
    scatter(1, [world.whole, world.shared], 2024)
    services.rebuild_year(2024, city=world.city)
    with django_assert_num_queries(3):
        former = readers.formed_from(world.first, ["registered"])
    assert [one.unit for one in former] == [world.whole, world.shared]
    filed = readers.numbers_of(world.shared, [2024], "as_filed", "subtree")[2024]["registered"].total
    assert former[1].series[2024]["registered"].total == filed
    assert former[1].link.share is not None


def test_grounds_tell_known_shares_from_the_main_successor(world):
    for unit in (world.shared, world.unknown):
        make_registrations(unit, 2024, 4)
    services.rebuild_year(2024, city=world.city)
    found = {ground.split: ground for ground in readers.grounds_of(world.second, 2024)}
    assert (found[world.shared].known, found[world.shared].share) == (True, Fraction(3, 10))
    assert (found[world.unknown].known, found[world.unknown].share) == (False, 0)
    assert readers.grounds_of(world.city, 2024) == []
