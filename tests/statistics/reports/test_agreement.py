"""Page, open data, workbook, paper and the records themselves say the same, for every measure, unit, year and basis."""

import io
import re
from html import unescape

import pypdf
import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from mobilization.core.templatetags.portal import number
from mobilization.statistics import services
from mobilization.statistics.behind import Behind, Figured, number_behind
from mobilization.statistics.measures import MEASURES, count_directly, key_labels
from mobilization.statistics.reports import paper, workbook
from mobilization.statistics.reports.board import Asked, Board
from mobilization.statistics.states import Basis, Scope
from tests.shared import for_a_whole_file
from tests.statistics.factories import World, scatter
from tests.units.factories import city

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025)
ROW = re.compile(
    r'<tr>\s*<th scope="row">([^<]*)</th>\s*<td class="num" data-label="\d+"><span>(.*?)</span></td>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = World(city())
        for year in YEARS:
            scatter(year, world.filing if year < 2025 else [*world.filing, world.first, world.second], year)
            services.rebuild_year(year, city=world.city)
        connection.check_constraints()  # once, and not again after each test
        yield world


def on_page(client, query):
    """Label → number, read off the table of all figures."""
    text = client.get("/statistics/", query).content.decode()
    table = text[text.index('id="all"') :]
    return {
        unescape(label): int(re.sub(r"<small.*|<abbr.*?</abbr>|<[^>]+>|[^\d]", "", cell))
        for label, cell in ROW.findall(table)
    }


def in_open_data(client, query):
    measures = client.get("/api/v1/statistics", query).json()["measures"]
    return {code: measure["total"] for code, measure in measures.items()}


def in_workbook(board):
    (summary, *_rest) = workbook.sheets(board)
    return {row[0]: row[2] for row in summary.rows}


def on_paper(board):
    facts = paper.facts(board)
    return {
        line["label"]: line["value"] for part in ("models", "dialogues", "awards") for line in facts[part]
    }


def boards(world):
    for unit in world.units:
        for year in YEARS:
            for basis in Basis.values:
                for scope in Scope.values:
                    yield Board(Asked(unit, world.city, year, sorted(YEARS, reverse=True), basis, scope))


def test_every_figure_is_the_same_everywhere(client, world):
    labels = {str(measure.label): code for code, measure in MEASURES.items()}
    something = 0
    for board in boards(world):
        asked = board.asked
        query = {"unit": asked.unit.pk, "year": asked.year, "basis": asked.basis, "scope": asked.scope}
        stored = {code: line.number.total for code, line in board.lines.items()}
        something += sum(stored.values())
        assert {labels[label]: value for label, value in on_page(client, query).items()} == stored
        assert in_open_data(client, query) == stored
        assert in_workbook(board) == stored
        paper_says = {
            str(MEASURES[code].label): f"≈ {number(value)}" if line.number.estimated else number(value)
            for (code, value), line in zip(stored.items(), board.lines.values(), strict=True)
        }
        assert on_paper(board) == paper_says
    assert something > 1000


def test_every_figure_as_filed_is_what_its_records_give(world):
    for board in boards(world):
        asked = board.asked
        if asked.basis == Basis.AS_FILED:
            for code, line in board.lines.items():
                direct = count_directly(MEASURES[code], asked.year, asked.unit, own=asked.scope == Scope.OWN)
                assert line.number.total == direct, (code, asked)


def test_every_figure_leads_to_as_many_records(world):
    divided = 0
    for board in boards(world):
        asked = board.asked
        for code, line in board.lines.items():
            if not line.number.total:  # leads nowhere
                continue
            figured = Figured(MEASURES[code], asked.year, asked.unit, asked.basis, asked.scope)
            found = number_behind(figured)
            if Behind(figured).divided:
                divided += 1
                assert found >= line.number.total
            else:
                assert found == line.number.total, (code, asked)
    assert divided


def test_every_key_of_a_breakdown_leads_to_as_many_records(world):
    for board in boards(world):
        asked = board.asked
        if asked.unit.pk not in {world.city.pk, world.north.pk} or asked.basis == Basis.CURRENT:
            continue
        for code, measure in MEASURES.items():
            for dimension in measure.dimensions:
                numbers = board.numbers[code].breakdowns.get(dimension, {})
                for key in key_labels(dimension):
                    figured = Figured(
                        measure, asked.year, asked.unit, asked.basis, asked.scope, dimension, key
                    )
                    assert number_behind(figured) == numbers.get(key, 0), (code, key, asked)


def test_tables_of_units_add_up_to_the_total_in_workbook_and_paper(world):
    for basis in Basis.values:
        for year in YEARS:
            board = Board(Asked(world.city, world.city, year, list(YEARS), basis))
            for sheet in workbook.sheets(board):
                rows = list(sheet.rows)
                if rows and rows[-1][0] == "" and len(rows[-1]) > 4:
                    columns = range(2, len(rows[-1]) - 1)
                    assert [sum(row[place] for row in rows[:-1]) for place in columns] == rows[-1][2:-1]


def test_paper_and_workbook_as_files_hold_the_numbers(client, world):
    board = Board(Asked(world.city, world.city, 2024, sorted(YEARS, reverse=True)))
    query = {"unit": world.city.pk, "year": 2024}
    pdf = pypdf.PdfReader(io.BytesIO(client.get("/statistics/report.pdf", query).content))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    for line in board.lines.values():
        assert f"{line.measure.label} {number(line.number.total)}" in text
    answer = client.get("/statistics/report.xlsx", query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    assert {row[0]: row[2] for row in rows} == {code: line.number.total for code, line in board.lines.items()}
