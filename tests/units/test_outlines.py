"""Boundary files: refused whole where anything is wrong, simplified so that neighbours keep their border."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mobilization.audit.models import AuditEntry
from mobilization.units.models import Outline
from mobilization.units.outlines import FINENESS, OutlinesRefused, read_outlines, simplify
from tests.units.factories import UnitFactory, city


def square(west, south, size=0.1):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, *rings, shape="Polygon"):
    coordinates = list(rings) if shape == "Polygon" else [[ring] for ring in rings]
    return {"properties": {"code": code}, "geometry": {"type": shape, "coordinates": coordinates}}


def written(tmp_path, *features, content=None):
    path = tmp_path / "boundaries.geojson"
    text = json.dumps({"type": "FeatureCollection", "features": features}) if content is None else content
    path.write_text(text, encoding="utf-8")
    return path


def load(path, **options):
    output = StringIO()
    call_command("load_boundaries", str(path), stdout=output, **options)
    return output.getvalue().splitlines()


def test_read_outlines_takes_polygons_of_one_and_of_many_parts(tmp_path):
    path = written(
        tmp_path,
        feature("00004", square(105, 21)),
        feature("00008", square(106, 21), square(107, 21), shape="MultiPolygon"),
    )
    assert {code: len(rings) for code, rings in read_outlines(path).items()} == {"00004": 1, "00008": 2}


BAD = square(105, 21)
WRONG = {
    "no code": {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [BAD]}},
    "a code that is a number": feature(4, BAD),
    "a point": {"properties": {"code": "1"}, "geometry": {"type": "Point", "coordinates": [105, 21]}},
    "no geometry": {"properties": {"code": "1"}, "geometry": None},
    "an open ring": feature("1", BAD[:-1]),
    "a short ring": feature("1", BAD[:2]),
    "metres": feature("1", [[x * 1e4, y * 1e4] for x, y in BAD]),
    "no numbers": feature("1", [["x", "y"]] * 5),
    "not finite": feature("1", [[float("nan"), 21]] * 5),
    "true and false": feature("1", [[True, False]] * 5),
    "no rings": feature("1"),
    "a list": [],
    "deep": feature("1", [[[1, 2], [3, 4]]] * 5),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_read_outlines_refuses_the_whole_file_and_names_the_feature(tmp_path, wrong):
    with pytest.raises(OutlinesRefused) as refusal:
        read_outlines(written(tmp_path, feature("00004", square(105, 21)), wrong))
    assert len(refusal.value.problems) == 1
    assert refusal.value.problems[0].startswith("feature 2: ")


@pytest.mark.parametrize(
    "content", ["", "x", "[]", "{}", '{"type": "FeatureCollection", "features": []}', "[" * 9999]
)
def test_read_outlines_refuses_what_is_no_collection(tmp_path, content):
    with pytest.raises(OutlinesRefused):
        read_outlines(written(tmp_path, content=content))


def test_read_outlines_refuses_two_features_of_one_code(tmp_path):
    with pytest.raises(OutlinesRefused, match="second"):
        read_outlines(written(tmp_path, feature("1", square(105, 21)), feature("1", square(106, 21))))


def test_simplify_keeps_the_common_border_of_neighbours():
    wiggle = [(105.5 + 0.00001 * (n % 3), 21 + n / 1000) for n in range(1001)]
    west = [[(105, 21), *wiggle, (105, 22), (105, 21)]]
    east = [[(106, 22), *wiggle[::-1], (106, 21), (106, 22)]]
    simple = simplify({"west": west, "east": east})
    step = 1 / FINENESS
    assert [len(ring) for rings in simple.values() for ring in rings] == [5, 5]
    borders = [
        {p for ring in rings for p in ring if abs(p[0] - 105.5) < 2 * step} for rings in simple.values()
    ]
    assert borders[0] == borders[1]


def test_simplify_drops_islands_too_small_to_see_but_no_unit():
    speck = [(105, 21), (105.00001, 21), (105.00001, 21.00001), (105, 21)]
    simple = simplify({"large": [square(105, 21, 2), speck], "small": [speck]})
    assert [len(rings) for rings in simple.values()] == [1, 1]


@pytest.mark.django_db
def test_load_boundaries_keeps_them_and_loading_again_replaces_them(tmp_path):
    unit, bare = UnitFactory(code="00004"), UnitFactory(code="00008")
    type(bare).objects.filter(pk=bare.pk).update(lat=21, lon=105)
    path = written(tmp_path, feature("00004", square(105, 21)))
    assert load(path, source="Sở") == ["boundaries: 1 loaded", f"without: 1 ({bare.full_name})"]
    assert load(path, source="Sở mới")[0] == "boundaries: 1 loaded"
    outline = Outline.objects.get()
    assert (outline.unit, outline.source, len(outline.rings[0])) == (unit, "Sở mới", 5)
    assert AuditEntry.objects.filter(act="unit.load_outlines").count() == 2


@pytest.mark.django_db
def test_load_boundaries_of_a_code_that_is_none_loads_nothing(tmp_path):
    UnitFactory(code="00004")
    path = written(tmp_path, feature("00004", square(105, 21)), feature("99999", square(106, 21)))
    with pytest.raises(CommandError, match="99999"):
        load(path)
    assert not Outline.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"city": "x"}, {"actor": "nobody@example.org"}])
def test_load_boundaries_with_options_that_make_no_sense_is_refused(tmp_path, options):
    city()
    with pytest.raises(CommandError):
        load(written(tmp_path, feature("00004", square(105, 21))), **options)


def test_load_boundaries_without_a_file_is_refused(tmp_path):
    with pytest.raises(CommandError):
        load(tmp_path / "none.geojson")
