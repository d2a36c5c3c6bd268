"""The page of a unit: its years, its records, where it came from and where it went."""

import pytest

from mobilization.statistics import services
from tests.statistics.factories import World, make_dialogue, make_registrations
from tests.units.factories import city

YEARS = (2024, 2025)


@pytest.fixture
def world(db):
    world = World(city())
    make_registrations(world.whole, 2024, 4)
    make_registrations(world.shared, 2024, 10)
    make_registrations(world.first, 2025, 2)
    make_dialogue(world.whole, 2024)
    for year in YEARS:
        services.rebuild_year(year, city=world.city)
    return world


def test_unit_of_today_shows_what_it_took_over(client, world):
    figures = client.get(f"/units/{world.first.pk}/").context["figures"]
    assert figures.choice.year == 2025
    assert [(line.year, line.numbers[0][0].total, line.estimated) for line in figures.years] == [
        (2025, 2, False),
        (2024, 11, True),
    ]
    assert [chart.code for chart in figures.charts] == ["series-models", "series-dialogues"]


def test_unit_of_the_past_shows_its_own_years(client, world):
    figures = client.get(f"/units/{world.whole.pk}/").context["figures"]
    assert (figures.choice.year, figures.choice.basis) == (2025, "as_filed")
    assert [line.numbers[0][0].total for line in figures.years] == [0, 4]


def test_lineage_tells_both_ways_with_their_series(client, world):
    page = client.get(f"/units/{world.first.pk}/")
    (generation,) = page.context["lineage"].formed_from
    kin = {one.unit: [number and number.total for number in one.numbers] for one in generation.kin}
    assert kin == {world.whole: [4, 0], world.shared: [10, 0]}
    (generation,) = client.get(f"/units/{world.shared.pk}/").context["lineage"].became
    assert {one.unit: [number and number.total for number in one.numbers] for one in generation.kin} == {
        world.first: [None, 2],
        world.second: [None, 0],
    }
    assert world.whole.full_name in page.content.decode()


def test_unit_without_figures_says_so(client, db):
    world = World(city())
    page = client.get(f"/units/{world.first.pk}/")
    assert page.status_code == 200
    assert page.context["figures"] is None


@pytest.mark.parametrize("units", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_predecessors(
    client, db, units, django_assert_max_num_queries
):
    world = World(city())
    for unit in [world.whole, world.shared, world.unknown][:units]:
        make_registrations(unit, 2024)
    services.rebuild_year(2024, city=world.city)
    client.get(f"/units/{world.second.pk}/")
    with django_assert_max_num_queries(16):
        client.get(f"/units/{world.second.pk}/")
