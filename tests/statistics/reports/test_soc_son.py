"""The Sóc Sơn register: what page, open data, workbook, paper and records say of it is the same, in both bases."""

import io
from pathlib import Path

import pypdf
import pytest
from django.core.management import call_command

from mobilization.accounts.states import Role
from mobilization.core.templatetags.portal import number
from mobilization.statistics import services
from mobilization.statistics.behind import Behind, Figured, number_behind
from mobilization.statistics.measures import MEASURES, count_directly
from mobilization.statistics.reports import paper
from mobilization.statistics.reports.board import Asked, Board
from mobilization.statistics.states import Basis, Scope
from mobilization.units.models import Unit
from tests.accounts.factories import user_with
from tests.statistics.reports.test_agreement import in_open_data, in_workbook, on_page, on_paper
from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture

REGISTER = Path(__file__).parents[3] / "awards" / "data" / "soc_son_2021_2024.xlsx"
YEARS = [2024, 2023, 2022, 2021]
HEIRS = ("Xã Sóc Sơn", "Xã Đa Phúc", "Xã Nội Bài", "Xã Trung Giã", "Xã Kim Anh")

pytestmark = pytest.mark.slow


@pytest.fixture
def city(hanoi, db):  # noqa: F811 -- the fixture
    city = Unit.objects.in_force().cities().get()
    actor = user_with(Role.CITY_STAFF, city)
    call_command("load_register", str(REGISTER), actor=actor.email, verbosity=0)
    for year in YEARS:
        services.rebuild_year(year, city=city)
    return city


def test_register_reads_the_same_everywhere(client, city):
    district = Unit.objects.get(full_name="Huyện Sóc Sơn")
    communes = list(Unit.objects.filter(parent=district))
    heirs = list(Unit.objects.in_force().filter(full_name__in=HEIRS))
    labels = {str(measure.label): code for code, measure in MEASURES.items()}
    assert len(heirs) == len(HEIRS)
    for year in YEARS:
        for unit in (city, district, *heirs[:2], communes[0]):
            for basis in Basis.values:
                asked = Asked(unit, city, year, YEARS, basis)
                board = Board(asked)
                stored = {code: line.number.total for code, line in board.lines.items()}
                query = {"unit": unit.pk, "year": year, "basis": basis}
                assert in_open_data(client, query) == in_workbook(board) == stored
                assert {labels[label]: n for label, n in on_page(client, query).items()} == stored
                said = {labels[label]: text.removeprefix("≈ ") for label, text in on_paper(board).items()}
                assert said == {code: number(total) for code, total in stored.items()}
                _check_records(asked, stored)
    pdf = pypdf.PdfReader(io.BytesIO(paper.as_pdf(Board(Asked(district, city, 2024, YEARS)))))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert f"Đăng ký {number(count_directly(MEASURES['registered'], 2024, district))}" in text


def _check_records(asked, stored):
    for code, total in stored.items():
        if asked.basis == Basis.AS_FILED:
            assert count_directly(MEASURES[code], asked.year, asked.unit) == total
        elif total and code in {"recognitions", "dialogues_periodic", "opinions_received"}:
            figured = Figured(MEASURES[code], asked.year, asked.unit, asked.basis, Scope.SUBTREE)
            assert number_behind(figured) == total or Behind(figured).divided
