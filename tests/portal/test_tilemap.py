"""The map of tiles: shades with about as many units each, a legend that counts them."""

from decimal import Decimal

import pytest

from mobilization.portal.tilemap import SHADES, breaks, shade_of, tile_map
from mobilization.statistics.readers import Number, UnitFigures
from mobilization.units.models import Unit


def line(pk, total, lat="21.0", lon="105.8"):
    where = {"lat": Decimal(lat), "lon": Decimal(lon)} if lat else {}
    return UnitFigures(Unit(pk=pk, name=f"Xã {pk}", **where), {"registered": Number(total)})


def map_of(*lines):
    return tile_map(lines, "registered", lambda unit: f"?unit={unit.pk}")


@pytest.mark.parametrize(
    ("numbers", "bounds"),
    [([], []), ([0, 0], []), ([3, 3, 3], [3]), ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), ([0, 1, 1, 1, 9], [1, 9])],
)
def test_breaks_are_numbers_that_occur_without_zero(numbers, bounds):
    assert breaks(numbers) == bounds


def test_shade_grows_with_the_number_and_zero_has_none():
    bounds = breaks(range(1, 51))
    shades = [shade_of(number, bounds) for number in range(51)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[-1]) == (0, 1, SHADES)
    assert max(shades.count(shade) for shade in range(1, 6)) == 10


@pytest.mark.django_db
def test_map_counts_its_units_in_the_legend_and_leads_to_each():
    tiles = map_of(line(1, 0), line(2, 5, lon="105.9"), line(3, 7, lon="106.0"), line(4, 1, lat=""))
    assert [(shade.first, shade.last, shade.units) for shade in tiles.shades] == [
        (0, 0, 1),
        (5, 5, 1),
        (7, 7, 1),
    ]
    assert [tile.url for tile in tiles.tiles] == ["?unit=1", "?unit=2", "?unit=3"]
    assert [one.unit.pk for one in tiles.elsewhere] == [4]


def test_map_of_fewer_than_two_places_is_none():
    assert map_of(line(1, 5), line(2, 5, lat="")) is None
    assert map_of() is None
