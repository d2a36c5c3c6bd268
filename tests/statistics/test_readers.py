"""What pages and the API read: zeros included, both scopes, and a fixed number of queries."""

import pytest

from mobilization.statistics import readers, services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.states import Basis, Scope
from models_registry.states import Level, WorkField
from tests.statistics.factories import make_dialogue, make_registrations

YEAR = 2024


@pytest.fixture
def counted(world):
    make_registrations(world.whole, YEAR, 2, recognised_at=[Level.GRASSROOTS, Level.CITY])
    make_registrations(world.unknown, YEAR, 3, field=WorkField.CULTURE_SOCIETY)
    make_dialogue(world.north, YEAR, attending=40)
    services.rebuild_year(YEAR, city=world.city)
    return world


def test_statistics_of_a_unit_spells_out_every_measure_and_key(counted, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = readers.statistics_of(YEAR, counted.city, Basis.AS_FILED, Scope.SUBTREE)
    assert list(answer["measures"]) == list(MEASURES)
    assert (answer["year"], answer["unit"], answer["basis"], answer["scope"], answer["final"]) == (
        YEAR,
        counted.city.pk,
        "as_filed",
        "subtree",
        False,
    )
    assert answer["computed_at"] is not None
    assert answer["measures"]["recognised"]["total"] == 5
    assert answer["measures"]["recognised"]["by_field"] == {
        "political_system": 0,
        "economy": 2,
        "culture_society": 3,
        "defence_security": 0,
    }
    assert answer["measures"]["recognitions"] == {
        "total": 7,
        "estimated": False,
        "by_level": {"grassroots": 5, "intermediate": 0, "city": 2},
    }


def test_statistics_of_a_year_never_computed_is_zero(world):
    answer = readers.statistics_of(1999, world.city, Basis.CURRENT, Scope.OWN)
    assert answer["computed_at"] is None
    assert {measure["total"] for measure in answer["measures"].values()} == {0}


def test_statistics_of_own_leaves_out_the_units_below(counted):
    own = readers.statistics_of(YEAR, counted.north, Basis.AS_FILED, Scope.OWN)["measures"]
    subtree = readers.statistics_of(YEAR, counted.north, Basis.AS_FILED, Scope.SUBTREE)["measures"]
    assert (own["registered"]["total"], own["dialogues_periodic"]["total"]) == (0, 1)
    assert (subtree["registered"]["total"], subtree["dialogues_periodic"]["total"]) == (2, 1)


def test_units_below_a_city_are_those_of_the_time_or_of_today(counted):
    filed = readers.units_below(counted.city, YEAR, Basis.AS_FILED)
    current = readers.units_below(counted.city, YEAR, Basis.CURRENT)
    assert set(filed) == {counted.north, counted.south, counted.committee}
    assert set(current) == {counted.first, counted.second, counted.third, counted.committee}


def test_units_below_in_the_year_of_the_reform_are_both(counted):
    assert len(readers.units_below(counted.city, 2025, Basis.AS_FILED)) == 6


def test_table_and_former_units_add_up_to_the_city(counted, django_assert_num_queries):
    city, codes = counted.city, ["registered", "dialogues_periodic"]
    with django_assert_num_queries(4):
        units = readers.units_below(city, YEAR, Basis.CURRENT)
        lines = readers.table_of(units, YEAR, Basis.CURRENT, Scope.SUBTREE, codes)
        former = readers.former_units(city, YEAR, codes)
    assert [line.unit for line in former] == [counted.north]
    for code, total in (("registered", 5), ("dialogues_periodic", 1)):
        assert sum(line.numbers[code].total for line in [*lines, *former]) == total
    marked = {line.unit.pk for line in lines if line.numbers["registered"].estimated}
    assert marked == {counted.second.pk, counted.third.pk}


def test_series_of_a_unit_has_every_computed_year(counted):
    make_registrations(counted.whole, YEAR + 1, 4)
    services.rebuild_year(YEAR + 1, city=counted.city)
    series = readers.series_of(counted.first, Basis.CURRENT, Scope.SUBTREE, ["registered"])
    assert {year: numbers["registered"].total for year, numbers in series.items()} == {YEAR: 2, YEAR + 1: 4}
