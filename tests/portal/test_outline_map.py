"""Where all outlines are known the map is drawn of them, otherwise of tiles."""

import re

import pytest

from mobilization.portal.outline_map import frame_of
from mobilization.statistics import services
from mobilization.units.models import Outline, Unit
from tests.statistics.factories import World, make_registrations
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def square(west, south, size=0.2):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


@pytest.fixture
def units():
    world = World(city())
    make_registrations(world.first, 2026, 3)
    services.rebuild_year(2026, city=world.city)
    units = [world.first, world.second, world.third]
    for place, unit in enumerate(units):
        Unit.objects.filter(pk=unit.pk).update(lat=21.1, lon=105.1 + place / 5)
        Outline.objects.create(unit=unit, rings=[square(105 + place / 5, 21)], source="Sở <Nội vụ>")
    return list(Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("lon"))


def test_map_of_known_outlines_is_drawn(client, units):
    page = client.get("/statistics/", {"year": 2026, "about": "models"})
    (one,) = page.context["page"].maps
    frame = one.tiles.frame
    assert [frame.shapes[unit.pk].path[0] for unit in units] == ["M", "M", "M"]
    html = page.content.decode()
    assert len(re.findall(r'<path d="M', html)) == 3
    assert "Sở &lt;Nội vụ&gt;" in html
    assert f"{units[0].full_name}: 3" in html


def test_map_with_one_outline_missing_is_made_of_tiles(client, units):
    Outline.objects.filter(unit=units[0]).delete()
    page = client.get("/statistics/", {"year": 2026})
    assert page.context["page"].maps[0].tiles.frame is None
    assert 'class="tilemap"' in page.content.decode()


def test_shapes_lie_side_by_side_on_the_page(units):
    frame = frame_of({unit.pk: unit for unit in units})
    assert frame.width > frame.height
    starts = [int(re.match(r"M(\d+)", frame.shapes[unit.pk].path)[1]) for unit in units]
    assert starts == sorted(starts)
    assert all(shape.has_room for shape in frame.shapes.values())
    assert all(
        0 <= shape.x <= frame.width and 0 <= shape.y <= frame.height for shape in frame.shapes.values()
    )
