"""Where units of the past are estimated to have lain."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mobilization.portal.positions import estimated_positions
from mobilization.portal.tilemap import tile_map
from mobilization.statistics import services
from mobilization.statistics.readers import Number, UnitFigures
from mobilization.units.models import Unit
from tests import kept_rows
from tests.statistics.factories import World, make_city, make_registrations, make_unit, succeed
from tests.units.factories import city

FIRST_REFORM, REFORM = datetime.date(2025, 1, 1), datetime.date(2025, 7, 1)


@pytest.fixture
def town(db):
    return make_city()


@pytest.fixture
def today(town):
    """A unit of today in the west and one in the east."""
    west, east = (make_unit(name, town, since=REFORM) for name in ("Tây", "Đông"))
    for unit, lon in ((west, 105), (east, 106)):
        Unit.objects.filter(pk=unit.pk).update(lat=21, lon=lon)
        unit.refresh_from_db()
    return west, east


def past(town, name="Cũ", since=datetime.date(2020, 3, 1), until=REFORM):
    return make_unit(name, town, since=since, until=until)


def test_unit_that_went_into_one_other_lay_there(town, today):
    one = past(town)
    succeed(one, today[1])
    assert estimated_positions([one]) == {one.pk: (21.0, 106.0)}


@pytest.mark.parametrize(
    ("shares", "lon"), [((0.25, 0.75), 105.75), ((1, 0), 105.0), (None, pytest.approx(105 + 1 / 3))]
)
def test_divided_unit_lay_between_its_successors(town, today, shares, lon):
    one = past(town)
    succeed(one, *today, shares=shares)
    assert estimated_positions([one])[one.pk] == (21.0, lon)


def test_reorganisations_are_followed_one_after_the_other(town, today):
    first, second = past(town, "Cũ", until=FIRST_REFORM), past(town, "Giữa", since=FIRST_REFORM)
    succeed(first, second, on=FIRST_REFORM)
    succeed(second, *today, shares=(0.5, 0.5))
    with CaptureQueriesContext(connection) as asked:
        assert estimated_positions([first]) == {first.pk: (21.0, 105.5)}
    assert len(asked) == 2


def test_units_that_lay_in_the_same_one_stand_apart_in_the_order_of_their_codes(town, today):
    units = [past(town, f"Cũ {number}") for number in range(9)]
    for unit in units:
        succeed(unit, today[0])
    found = estimated_positions(units)
    assert found == estimated_positions(units[::-1])
    assert len(set(found.values())) == 9
    assert all(abs(lat - 21) < 0.02 and abs(lon - 105) < 0.02 for lat, lon in found.values())
    assert found[min(units, key=lambda unit: unit.code).pk] == (21.0, 105.0)


def test_unit_with_coordinates_or_without_successors_is_left_out(town, today, django_assert_num_queries):
    lost = past(town)
    assert estimated_positions([lost, *today]) == {}
    with django_assert_num_queries(0):
        assert estimated_positions(today) == {}


def test_map_says_that_places_are_estimated(town, today):
    units = [past(town, f"Cũ {number}") for number in range(3)]
    for place, unit in enumerate(units):
        succeed(unit, today[place % 2])
    lines = [UnitFigures(unit, {"registered": Number(3)}) for unit in units]
    tiles = tile_map(lines, "registered", str, estimated_positions(units))
    assert (len(tiles.tiles), tiles.estimated, tiles.elsewhere) == (3, True, [])
    assert tile_map(lines, "registered", str) is None
    of_today = [UnitFigures(unit, {"registered": Number(3)}) for unit in today]
    assert not tile_map(of_today, "registered", str).estimated


def test_every_unit_of_hanoi_at_any_time_has_a_place(db):
    kept_rows.put_in_hanoi()
    units = list(Unit.objects.exclude(parent=None))
    found = estimated_positions(units)
    assert {unit.pk for unit in units if unit.lat is None} == found.keys()
    assert all(20.5 < lat < 21.5 and 105.2 < lon < 106.1 for lat, lon in found.values())
    # Neighbours stay near: a unit of the past lay not far from the middle of its district.
    far = [
        unit.full_name
        for unit in Unit.objects.filter(pk__in=found).select_related("parent")
        if abs(found[unit.pk][0] - float(unit.parent.lat)) + abs(found[unit.pk][1] - float(unit.parent.lon))
        > 0.4
    ]
    assert far == []


def test_page_of_a_former_district_has_a_map(client, db):
    world = World(city())
    for place, unit in enumerate((world.first, world.second, world.third)):
        Unit.objects.filter(pk=unit.pk).update(lat=21, lon=105 + place / 10)
    make_registrations(world.whole, 2024, 2)
    services.rebuild_year(2024, city=world.city)
    page = client.get("/statistics/", {"year": 2024, "unit": world.north.pk})
    (found,) = page.context["page"].maps
    assert found.tiles.estimated
    assert len(found.tiles.tiles) == len(page.context["page"].units)
