"""A closed year: its sealed figures stand, and what was adjusted since is told beside them, in every form."""

import io

import openpyxl
import pypdf
import pytest
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
