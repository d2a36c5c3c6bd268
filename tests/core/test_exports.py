import datetime
import io

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext
from xlsxwriter.worksheet import Worksheet

from mobilization.core import exports
from mobilization.core.exports import Sheet, stream_csv, stream_xlsx


def cells(response):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}, book


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx"])
def test_stream_xlsx_typed_formula_stays_text(text):
    values, book = cells(stream_xlsx("a.xlsx", [Sheet("Mô hình", ["Tên"], [[text]])]))
    assert values["Mô hình"][1][0] == text
    assert book["Mô hình"]["A2"].data_type == "s"


def test_stream_xlsx_values_keep_their_kind():
    rows = [["Khéo", 12, datetime.date(2026, 2, 5), None, True]]
    values, _ = cells(stream_xlsx("a.xlsx", [Sheet("A", ["a", "b", "c", "d", "e"], rows)]))
    assert values["A"][1] == ["Khéo", 12, datetime.datetime(2026, 2, 5), None, True]  # noqa: DTZ001 -- a cell has no zone


def test_stream_xlsx_rows_that_a_sheet_has_no_room_for_go_on_in_further_ones(monkeypatch):
    monkeypatch.setattr(exports, "ROWS_A_SHEET", 2)
    values, _ = cells(
        stream_xlsx("a.xlsx", [Sheet("M" * 31, ["n"], ([n] for n in range(5))), Sheet("B", ["m"], [])])
    )
    assert list(values.values()) == [[["n"], [0], [1]], [["n"], [2], [3]], [["n"], [4]], [["m"]]]
    assert list(values) == ["M" * 31, "M" * 27 + " (2)", "M" * 27 + " (3)", "B"]


def test_stream_xlsx_sheet_has_room_for_the_rows_it_is_given():
    assert Worksheet().xls_rowmax == exports.ROWS_A_SHEET + 1


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)"])
def test_stream_csv_typed_formula_is_quoted(text):
    body = b"".join(stream_csv("a.csv", ["Tên"], [[text]])).decode()
    assert body == f"\ufeffTên\r\n'{text}\r\n"


def test_stream_csv_dates_read_as_people_write_them():
    body = b"".join(stream_csv("mô hình.csv", ["Ngày"], [[datetime.date(2026, 2, 5)], [-3]])).decode()
    assert body == "\ufeffNgày\r\n05/02/2026\r\n-3\r\n"


def test_stream_csv_many_rows_come_in_chunks():
    chunks = list(stream_csv("a.csv", ["n"], ([n] for n in range(1_200))))
    assert len(chunks) == 3
    assert b"".join(chunks).decode().count("\r\n") == 1_201


def test_csv_read_after_its_page_speaks_the_language_of_the_page():
    with translation.override("en"):
        response = stream_csv("x.csv", ["h"], ([gettext("Official")] for _ in range(2)))
    with translation.override("vi"):
        text = b"".join(response.streaming_content).decode()
    assert text.split() == ["\ufeffh", "Official", "Official"]
