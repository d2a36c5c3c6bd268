"""The public page of statistics shows what is stored, in both bases, and hands it over as files."""

import csv
import io

import openpyxl
import pytest

from mobilization.statistics import services
from mobilization.statistics.states import Basis, Scope
from tests.statistics.factories import World, make_dialogue, make_registrations
from tests.units.factories import city

YEAR = 2024
URL = "/statistics/"


@pytest.fixture
def world(db):
    world = World(city())
    make_registrations(world.whole, YEAR, 2)
    make_registrations(world.unknown, YEAR, 3)
    make_registrations(world.whole, YEAR - 1, 7)
    make_dialogue(world.north, YEAR)
    for year in (YEAR - 1, YEAR):
        services.rebuild_year(year, city=world.city)
    return world


def totals(page, code="registered"):
    return {line.unit: line.numbers[code].total for line in page.context["board"].units}


def test_page_without_choice_shows_the_last_year_of_the_city(client, world):
    page = client.get(URL)
    choice = page.context["choice"]
    assert (choice.year, choice.unit, choice.basis, choice.scope) == (
        YEAR,
        world.city,
        Basis.AS_FILED,
        Scope.SUBTREE,
    )
    assert totals(page) == {world.north: 2, world.south: 3, world.committee: 0}
    lines = {line.measure.code: line for line in page.context["board"].headlines}
    assert (lines["registered"].number.total, lines["registered"].change) == (5, -2)


def test_page_restated_shows_units_of_today_and_the_former_district(client, world):
    page = client.get(URL, {"basis": "current"})
    assert totals(page) == {world.first: 2, world.second: 0, world.third: 3, world.committee: 0}
    former = page.context["board"].former
    assert [(line.unit, line.numbers["dialogues_periodic"].total) for line in former] == [(world.north, 1)]
    assert "≈" in page.content.decode()
    assert world.north.full_name in page.content.decode()


@pytest.mark.parametrize("sort", ["registered", "-registered", "name", "-name"])
def test_page_sorts_the_units(client, world, sort):
    page = client.get(URL, {"basis": "current", "sort": sort})
    units = [line.unit for line in page.context["board"].units]
    by_name = [world.first, world.second, world.third, world.committee]
    expected = {
        "registered": [world.second, world.committee, world.first, world.third],
        "-registered": [world.third, world.first, world.second, world.committee],
    }
    by_name.sort(key=lambda unit: unit.sort_key)
    expected |= {"name": by_name, "-name": by_name[::-1]}
    assert {unit: totals(page)[unit] for unit in units} == {
        unit: totals(page)[unit] for unit in expected[sort]
    }
    if "registered" in sort:
        numbers = [totals(page)[unit] for unit in units]
        assert numbers == sorted(numbers, reverse=sort.startswith("-"))
    else:
        assert units == expected[sort]


@pytest.mark.parametrize("units", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_units(
    client, db, units, django_assert_max_num_queries
):
    world = World(city())
    for unit in [world.whole, world.shared, world.unknown][:units]:
        make_registrations(unit, YEAR)
    services.rebuild_year(YEAR, city=world.city)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL, {"basis": "current"})


@pytest.mark.parametrize(
    "query",
    [
        {"year": "9999999999"},
        {"year": "x"},
        {"basis": "yesterday"},
        {"scope": ""},
        {"sort": "-password"},
        {"year": "²"},
    ],
)
def test_page_with_a_choice_that_makes_no_sense_shows_the_usual(client, world, query):
    page = client.get(URL, query)
    assert page.status_code == 200
    assert page.context["choice"].year == YEAR


@pytest.mark.parametrize("unit", ["0", "x", "-1", "99999999999999999999999", "1; DROP", "\x00"])
def test_page_of_a_unit_that_is_none_is_not_found(client, world, unit):
    assert client.get(URL, {"unit": unit}).status_code == 404


def test_page_without_figures_says_so(client, db):
    World(city())
    page = client.get(URL)
    assert page.status_code == 200
    assert page.context["board"].status is None
    assert client.get(URL, {"format": "csv"}).status_code == 200


def test_page_links_to_the_records_only_where_the_list_counts_the_same(client, world):
    assert set(client.get(URL).context["records"]) == {"accepted", "recognised", "exemplary"}
    assert client.get(URL, {"unit": world.first.pk, "basis": "current"}).context["records"]
    assert not client.get(URL, {"unit": world.first.pk}).context["records"]
    assert client.get(URL, {"unit": world.north.pk}).context["records"]
    assert not client.get(URL, {"scope": "own"}).context["records"]


def test_csv_holds_the_table_of_units_and_its_total(client, world):
    answer = client.get(URL, {"basis": "current", "format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1 + 4 + 1 + 1 + 1
    column = 2
    assert int(rows[-1][column]) == sum(int(row[column]) for row in rows[1:-1]) == 5


def test_xlsx_holds_every_table_of_the_page(client, world):
    answer = client.get(URL, {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.sheetnames) == 1 + 5 + 1 + 1
    summary = {row[0]: row[1:3] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert (5, 7) in summary.values()
    assert [row[0] for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True)]
