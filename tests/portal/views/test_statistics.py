"""The public page of statistics shows what is stored, in both bases, and hands it over as files."""

import csv
import io

import openpyxl
import pytest

from mobilization.statistics import services
from mobilization.statistics.states import Basis, Scope
from mobilization.units.models import Unit
from models_registry.models import Campaign, Target
from tests.shared import for_a_whole_file
from tests.statistics.factories import World, make_dialogue, make_registrations
from tests.units.factories import city

pytestmark = pytest.mark.django_db
YEAR = 2024
URL = "/statistics/"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = World(city())
        make_registrations(world.whole, YEAR, 2)
        make_registrations(world.unknown, YEAR, 3)
        make_registrations(world.whole, YEAR - 1, 7)
        make_dialogue(world.north, YEAR)
        for year in (YEAR - 1, YEAR):
            services.rebuild_year(year, city=world.city)
        yield world


def totals(page, code="registered"):
    return {line.unit: line.numbers[code].total for line in page.context["page"].units}


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
    lines = {line.measure.code: line for line, _url in page.context["page"].headlines}
    assert (lines["registered"].number.total, lines["registered"].change) == (5, -2)


def test_page_restated_shows_units_of_today_and_the_former_district(client, world):
    page = client.get(URL, {"basis": "current"})
    assert totals(page) == {world.first: 2, world.second: 0, world.third: 3, world.committee: 0}
    assert "≈" in page.content.decode()
    page = client.get(URL, {"basis": "current", "about": "dialogues"})
    former = page.context["page"].former
    assert [(line.unit, line.numbers["dialogues_periodic"].total) for line in former] == [(world.north, 1)]
    assert world.north.full_name in page.content.decode()


@pytest.mark.parametrize("sort", ["registered", "-registered", "name", "-name"])
def test_page_sorts_the_units(client, world, sort):
    page = client.get(URL, {"basis": "current", "sort": sort})
    units = [line.unit for line in page.context["page"].units]
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
    with django_assert_max_num_queries(12):
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


def test_page_leads_from_each_figure_to_its_records_and_from_zero_nowhere(client, world):
    page = client.get(URL, {"basis": "current"}).context["page"]
    urls = {line.measure.code: url for line, url in page.headlines}
    assert (
        urls["registered"]
        == f"/statistics/records/?year={YEAR}&basis=current&measure=registered&unit={world.city.pk}"
    )
    assert urls["models_awarded"] == ""


def test_page_marks_the_reorganisation_in_the_series(client, world):
    (chart,) = client.get(URL).context["page"].series
    assert chart.categories == [str(YEAR - 1), str(YEAR)]
    assert list(chart.series[0].values) == [7, 5]
    assert chart.marks == []
    services.rebuild_year(2025, city=world.city)
    (chart,) = client.get(URL).context["page"].series
    (mark,) = chart.marks
    assert (mark.label, round(mark.at, 1)) == ("01/07/2025", 2.5)


def test_page_of_each_theme_shows_its_own_measures(client, world):
    for about, code in (("dialogues", "dialogues_periodic"), ("awards", "awards_collective")):
        page = client.get(URL, {"about": about})
        assert page.context["choice"].measure == code
        assert code in [measure.code for measure in page.context["page"].columns]


def test_page_in_a_year_between_two_orders_has_a_map_of_each(client, world):
    places = ((21.1, 105.1), (20.9, 105.2), (21.0, 105.3), (20.8, 105.4), (21.2, 105.5))
    units = [world.north, world.south, world.first, world.second, world.third]
    for unit, (lat, lon) in zip(units, places, strict=True):
        Unit.objects.filter(pk=unit.pk).update(lat=lat, lon=lon)
    services.rebuild_year(2025, city=world.city)
    maps = client.get(URL, {"year": 2025}).context["page"].maps
    assert [{tile.unit for tile in one.tiles.tiles} for one in maps] == [
        {world.first, world.second, world.third},
        {world.north, world.south},
    ]
    (one,) = client.get(URL, {"year": 2025, "basis": "current"}).context["page"].maps
    assert one.title == ""


def test_page_with_targets_shows_what_was_reached(client, world):
    campaign = Campaign.objects.get(year=YEAR)
    Target.objects.create(campaign=campaign, unit=world.whole, number=4)
    Target.objects.create(campaign=campaign, unit=world.unknown, number=6)
    page = client.get(URL).context["page"]
    assert page.owed == {
        world.city.pk: 10,
        world.north.pk: 4,
        world.whole.pk: 4,
        world.south.pk: 6,
        world.unknown.pk: 6,
    }
    assert (page.owed_total, page.owed_share) == (10, 0.5)
    assert client.get(URL, {"scope": "own", "unit": world.north.pk}).context["page"].owed == {
        world.whole.pk: 4
    }
    assert client.get(URL, {"basis": "current"}).context["page"].owed == {}


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_report_is_handed_over(client, world, kind):
    answer = client.get(f"/statistics/report.{kind}", {"year": YEAR, "unit": world.north.pk})
    assert answer.status_code == 200
    assert f"bao-cao-{YEAR}" in answer["Content-Disposition"]
    body = b"".join(answer) if answer.streaming else answer.content
    assert body.startswith(b"%PDF" if kind == "pdf" else b"PK")


def test_report_of_another_kind_is_not_found(client, world):
    assert client.get("/statistics/report.docx").status_code == 404


def test_comparison_of_two_years_and_of_two_units(client, world):
    url = "/statistics/compare/"
    rows = {row["measure"].code: row for row in client.get(url).context["rows"]}
    assert [number.total for number, _url, _name in rows["registered"]["numbers"]] == [5, 7]
    assert (rows["registered"]["change"], round(rows["registered"]["share"], 2)) == (-2, -0.29)
    query = {"unit": world.north.pk, "unit2": world.south.pk, "year": YEAR, "year2": YEAR}
    rows = {row["measure"].code: row for row in client.get(url, query).context["rows"]}
    assert [name for _number, _url, name in rows["registered"]["numbers"]] == [
        world.north.full_name,
        world.south.full_name,
    ]
    assert rows["registered"]["change"] == -1
    assert client.get(url, {"unit2": "x"}).status_code == 404


def test_csv_holds_the_table_of_units_and_its_total(client, world):
    answer = client.get(URL, {"basis": "current", "format": "csv", "about": "dialogues"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1 + 4 + 1 + 1 + 1
    column = 2
    assert int(rows[-1][column]) == sum(int(row[column]) for row in rows[1:-1]) == 1


def test_xlsx_holds_the_table_of_units_and_where_it_is_from(client, world):
    answer = client.get(URL, {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.sheetnames) == 2
    assert sum(row[2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)) == 5 + 5
    assert [row[0] for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True)]
