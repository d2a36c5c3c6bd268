"""A closed year: its sealed figures stand, and what was adjusted since is told beside them, in every form."""

import io

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.statistics import services
from mobilization.statistics.models import Adjustment, AdjustmentLine, Seal, YearStatus
from mobilization.statistics.states import Basis
from tests.accounts.factories import user_with
from tests.statistics.factories import World, make_registrations
from tests.units.factories import city

YEAR = 2024
URL = "/statistics/"
CAUSES = [
    {
        "id": "decision:1",
        "kind": "decision",
        "title": "7/QĐ-UBND",
        "reason": "Thu hồi",
        "approved_by": "Chủ tịch",
        "url": "/desk/x/",
    },
    {
        "id": "correction:1",
        "kind": "correction",
        "title": "Khéo kín",
        "reason": "Đếm trùng",
        "actor": "Lê A",
        "approved_by": "Trần B",
        "url": "/desk/y/",
    },
    {"id": "", "kind": "follow_up"},
    {"id": "", "kind": "unexplained"},
]


@pytest.fixture
def world(db):
    world = World(city())
    make_registrations(world.whole, YEAR, 5)
    services.rebuild_year(YEAR, city=world.city)
    YearStatus.objects.filter(city=world.city, year=YEAR).update(final=True)
    adjustment = Adjustment.objects.create(city=world.city, year=YEAR, causes=CAUSES)
    for basis in Basis.values:
        for dimension, key in (("none", ""), ("field", "economy")):
            AdjustmentLine.objects.create(
                adjustment=adjustment,
                basis=basis,
                unit=world.city,
                dimension=dimension,
                measure="recognised",
                key=key,
                own=0,
                subtree=-2,
            )
    return world


def test_page_shows_the_sealed_figure_and_the_adjustment_beside_it(client, world):
    page = client.get(URL)
    (line,) = [line for line, _url in page.context["page"].headlines if line.measure.code == "recognised"]
    assert (line.number.total, line.today) == (5, 3)
    assert [(sealed, difference) for _name, sealed, difference, _causes in page.context["page"].adjusted] == [
        (5, -2),
        (5, -2),
    ]
    assert "7/QĐ-UBND" in page.content.decode()


def test_breakdowns_tell_what_was_adjusted_of_each_key(client, world):
    page = client.get(URL).context["page"]
    (chart,) = [chart for chart in page.breakdowns if chart.code == "by-field"]
    told = [
        told.difference for _label, numbers in chart.rows for _value, _url, told in numbers if told.difference
    ]
    assert told == [-2]
    (table,) = [table for table in page.tables if table.dimension == "field"]
    place = [measure.code for measure in table.measures].index("recognised")
    economy = table.numbers[table.keys.index("economy")][place]
    assert (economy.total, economy.today) == (
        table.rows[table.keys.index("economy")][1][place],
        economy.total - 2,
    )
    assert (table.totals[place].total, table.totals[place].today) == (5, 3)
    # Headline steps, the chart's table, the table of the field with its total, the totals of the other dimensions.
    html = client.get(URL).content.decode()
    marks = 1 + 1 + 1 + sum("recognised" in [one.code for one in table.measures] for table in page.tables)
    assert html.count('class="adjusted"') >= marks
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/statistics/report.xlsx").streaming_content))
    )
    sheet = [*book.worksheets[1].iter_rows(values_only=True)]
    (added,) = [place for place, head in enumerate(sheet[0]) if head and "," in head]
    assert sheet[-1][added] == 3


def test_page_and_reports_tell_the_seal(client, world):
    leader = user_with(Role.CITY_LEADER, world.city)
    seal = Seal.objects.create(
        city=world.city,
        year=YEAR,
        number=1,
        header="",
        figures="",
        cells="",
        sha256="ab" * 32,
        sealed_by=leader,
        sealed_at=timezone.now(),
    )
    html = client.get(URL).content.decode()
    assert leader.full_name in html
    assert seal.sha256[:12] in html
    pdf = pypdf.PdfReader(io.BytesIO(client.get("/statistics/report.pdf").content))
    assert seal.sha256[:12] in pdf.pages[0].extract_text()


def test_public_reads_who_approved_a_correction_and_staff_what_it_was(client, world):
    html = client.get(URL).content.decode()
    assert "Trần B" in html
    assert "Khéo kín" not in html
    assert "Đếm trùng" not in html
    client.force_login(user_with(Role.CITY_STAFF, world.city))
    html = client.get(URL).content.decode()
    assert "Khéo kín" in html
    assert "Đếm trùng" in html


def test_report_tells_both(client, world):
    answer = client.get("/statistics/report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert (rows["recognised"][2], -2 in rows["recognised"]) == (5, True)
    pdf = pypdf.PdfReader(io.BytesIO(client.get("/statistics/report.pdf").content))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "ĐIỀU CHỈNH SAU KHÓA SỔ" in text
    assert "Đã công nhận 5 3" in text


@pytest.fixture
def adjusted(world):
    """What was adjusted goes down to the units, on both bases: the unit of the time, and that of today."""
    adjustment = Adjustment.objects.get(city=world.city, year=YEAR)
    for basis, units in ((Basis.AS_FILED, (world.north, world.whole)), (Basis.CURRENT, (world.first,))):
        for unit in units:
            AdjustmentLine.objects.create(
                adjustment=adjustment, basis=basis, unit=unit, dimension="none", measure="recognised",
                own=0 if unit == world.north else -2, subtree=-2,
            )  # fmt: skip
    return world


def rows_of(book, sheet=0):
    return {row[1]: row for row in book.worksheets[sheet].iter_rows(values_only=True)}


@pytest.mark.parametrize("basis", Basis.values)
def test_every_place_tells_what_was_adjusted_of_every_unit(client, adjusted, basis):
    below = adjusted.north if basis == Basis.AS_FILED else adjusted.first
    query = {"basis": basis}
    page = client.get(URL, query)
    lines = {line.unit: line.numbers["recognised"] for line in page.context["page"].units}
    assert {unit: (one.total, one.today) for unit, one in lines.items() if one.difference} == {below: (5, 3)}
    assert all(one.total == one.today for unit, one in lines.items() if unit != below)
    html = page.content.decode()
    row = html[html.index(f">{below.full_name}</a></th>", html.index('id="units"')) :].partition("</tr>")[0]
    assert row.count('class="adjusted"') == 1
    assert "→ 3<" in row
    total = html[html.index("<tfoot>", html.index('id="units"')) :].partition("</tfoot>")[0]
    assert "→ 3<" in total

    for unit in (adjusted.city, below):
        answer = client.get("/api/v1/statistics", {"unit": unit.pk, "year": YEAR, "basis": basis}).json()
        assert (answer["measures"]["recognised"]["total"], answer["measures"]["recognised"]["adjusted"]) == (
            5,
            3,
        )
        assert answer["measures"]["registered"].get("adjusted") is None
        (note,) = [
            one
            for one in client.get(
                "/api/v1/statistics/notes", {"unit": unit.pk, "year": YEAR, "basis": basis}
            ).json()["adjustments"]
            if (one["measure"], one["dimension"]) == ("recognised", "none")
        ]
        assert note["difference"] == -2

    shown = client.get(URL, query | {"format": "xlsx"})
    report = client.get("/statistics/report.xlsx", query)
    for answer, sheet in ((shown, 0), (report, 5)):
        rows = rows_of(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))), sheet)
        head = rows["Đơn vị"]
        sealed = head.index("Đã công nhận")
        today = next(place for place, name in enumerate(head) if name and name.startswith("Đã công nhận,"))
        assert (rows[below.full_name][sealed], rows[below.full_name][today]) == (5, 3)
        assert (rows["Tổng số"][sealed], rows["Tổng số"][today]) == (5, 3)
        assert sum(row[today] for name, row in rows.items() if name not in {"Đơn vị", "Tổng số"}) == 3
    text = client.get("/statistics/report.pdf", query).content
    pdf = " ".join(" ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(text)).pages)
    assert "5 (→ 3)" in pdf
    assert "Dấu → là số theo hồ sơ hiện nay" in pdf


def test_years_of_a_unit_and_a_comparison_tell_what_was_adjusted(client, adjusted):
    (year,) = client.get(f"/units/{adjusted.first.pk}/").context["figures"].years
    numbers = [number for number, _url in year.numbers]
    assert [(one.total, one.today) for one in numbers if one.difference] == [(5, 3)]
    html = client.get("/statistics/compare/", {"unit": adjusted.city.pk, "year": YEAR}).content.decode()
    assert html.count('class="adjusted"') == 2


def test_tables_of_an_open_year_bear_no_mark(client, adjusted):
    YearStatus.objects.filter(city=adjusted.city, year=YEAR).update(final=False)
    assert 'class="adjusted"' not in client.get(URL).content.decode()
    answer = client.get("/api/v1/statistics", {"unit": adjusted.city.pk, "year": YEAR}).json()
    assert answer["measures"]["recognised"].get("adjusted") is None


def test_table_of_a_closed_year_asks_as_often_for_three_units_as_for_one(client, adjusted):
    with CaptureQueriesContext(connection) as one:
        client.get(URL, {"unit": adjusted.north.pk})
    with CaptureQueriesContext(connection) as three:
        client.get(URL)
    assert len(three) <= len(one) + 1


def test_page_of_an_open_year_asks_for_no_adjustments(client, world):
    YearStatus.objects.filter(city=world.city, year=YEAR).update(final=False)
    assert client.get(URL).context["page"].adjusted == []


def test_estimates_of_a_unit_say_what_they_rest_on(client, db):
    world = World(city())
    make_registrations(world.shared, YEAR, 10)
    services.rebuild_year(YEAR, city=world.city)
    page = client.get(URL, {"unit": world.first.pk, "basis": "current"})
    (ground,) = page.context["board"].grounds
    assert (ground.split, ground.known) == (world.shared, True)
    assert "70" in page.content.decode()
    assert client.get(URL, {"basis": "current"}).context["board"].grounds == []
