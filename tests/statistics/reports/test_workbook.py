"""The report as a workbook: its sheets, and names that no office program may take for something else."""

import io

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from mobilization.core.exports import write_workbook
from mobilization.statistics import services
from mobilization.statistics.reports import paper, workbook
from mobilization.statistics.reports.board import Asked, Board, labels_of
from mobilization.statistics.states import Dimension
from tests.statistics.factories import World, make_registrations, make_unit

YEAR = 2024


@pytest.fixture
def board(db):
    world = World()
    for name in ('=HYPERLINK("http://x")', "@SUM(1)", "#import [x] *y* $z$"):
        make_registrations(make_unit(name, world.city), YEAR, 2)
    services.rebuild_year(YEAR, city=world.city)
    return Board(Asked(world.city, world.city, YEAR, [YEAR]))


def test_workbook_has_a_sheet_for_each_part_of_the_report(board):
    output = io.BytesIO()
    write_workbook(output, workbook.sheets(board))
    book = openpyxl.load_workbook(output)
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 11
    assert all(sheet.max_row > 1 for sheet in book)


def test_level_between_is_called_as_it_was_in_the_year():
    """Districts ended on 1 July 2025: before there were districts and committees, since then committees alone."""
    with translation.override("en"):
        names = {year: labels_of(Dimension.LEVEL, year)["intermediate"] for year in (2024, 2025, 2026)}
        assert names[2024] == "Districts and committees under the city"
        assert names[2026] == "Committees under the city"
        assert len(set(names.values())) == 3
        assert labels_of(Dimension.FIELD, 2024) == labels_of(Dimension.FIELD, 2026)


def test_page_workbook_and_paper_call_the_level_of_2024_by_its_name(client, board):
    name = labels_of(Dimension.LEVEL, YEAR)["intermediate"]
    assert name in client.get("/statistics/", {"year": YEAR, "unit": board.asked.unit.pk}).content.decode()
    sheets = [[row[0] for row in sheet.rows] for sheet in workbook.sheets(board)]
    assert sum(name in column for column in sheets) == 1
    with translation.override("vi"):
        in_vietnamese = labels_of(Dimension.LEVEL, YEAR)["intermediate"]
    parts = paper.facts(board)["breakdowns"]
    assert in_vietnamese in {row[0] for part in parts for row in part["rows"]}


def test_names_of_units_are_never_formulas(board):
    output = io.BytesIO()
    write_workbook(output, workbook.sheets(board))
    cells = [cell for sheet in openpyxl.load_workbook(output) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert '=HYPERLINK("http://x")' in {cell.value for cell in cells}


def test_names_of_units_stand_on_paper_as_they_are(board):
    pdf = pypdf.PdfReader(io.BytesIO(paper.as_pdf(board)))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "#import [x] *y* $z$" in text.replace("\u200b", "")


def test_report_takes_the_same_queries_for_any_number_of_units(board, django_assert_num_queries):
    def asked() -> None:
        fresh = Board(board.asked)
        for sheet in workbook.sheets(fresh):
            list(sheet.rows)

    with CaptureQueriesContext(connection) as before:
        asked()
    make_unit("Xã thêm", board.asked.city)
    with django_assert_num_queries(len(before)):
        asked()
