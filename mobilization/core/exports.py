"""Workbooks and CSV files of any length in constant memory, without formulas from typed text."""

import csv
import datetime
import decimal
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone, translation

CSV_ROWS_A_CHUNK = 500
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins with one of these is run as a formula by office programs (OWASP "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_767
_MAX_NAME = 31
ROWS_A_SHEET = 1_048_575
"""So many rows a sheet has room for below its headings; what is written further down is lost without a word."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (31 characters at most), its headings and its rows (any iterable, read once)."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


def stream_csv(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Answer a CSV attachment (UTF-8 with mark, so that office programs read Vietnamese) while rows are read."""
    chunks = _in_language(translation.get_language(), _csv_chunks(header, rows))
    response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(filename)
    return response


def stream_xlsx(filename: str, sheets: Iterable[Sheet]) -> FileResponse:
    """Answer an XLSX attachment, written row by row to a temporary file that goes when the answer is sent."""
    output = tempfile.TemporaryFile()  # noqa: SIM115 -- FileResponse closes it
    write_workbook(output, sheets)
    output.seek(0)
    response = FileResponse(output, content_type=XLSX_TYPE)
    response["Content-Disposition"] = attachment(filename)
    return response


def write_workbook(output: Any, sheets: Iterable[Sheet]) -> None:
    """Write ``sheets`` to the binary file ``output``; memory does not grow with the number of rows.

    Rows that one sheet has no room for stand in further ones, under the same headings.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(output, options) as workbook:
        bold = workbook.add_format({"bold": True})
        for sheet in sheets:
            worksheet = _begin_sheet(workbook, sheet, 1, bold)
            for count, row in enumerate(sheet.rows):
                before, place = divmod(count, ROWS_A_SHEET)
                if before and place == 0:
                    worksheet = _begin_sheet(workbook, sheet, before + 1, bold)
                for column, value in enumerate(row):
                    _write_cell(worksheet, place + 1, column, value)


def attachment(filename: str) -> str:
    """Return a Content-Disposition for ``filename``, which may hold Vietnamese letters."""
    return f"attachment; filename*=UTF-8''{quote(filename)}"


def _begin_sheet(workbook: Any, sheet: Sheet, number: int, bold: Any) -> Any:
    """Return the sheet, or its continuation of that ``number``, with its headings written."""
    suffix = f" ({number})" if number > 1 else ""
    worksheet = workbook.add_worksheet(sheet.name[: _MAX_NAME - len(suffix)] + suffix)
    worksheet.freeze_panes(1, 0)
    worksheet.write_row(0, 0, [str(heading) for heading in sheet.header], bold)
    return worksheet


def _write_cell(worksheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        worksheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | decimal.Decimal):
        worksheet.write_number(row, column, value)
    elif isinstance(value, datetime.datetime):
        worksheet.write_datetime(
            row, column, timezone.localtime(value) if timezone.is_aware(value) else value
        )
    elif isinstance(value, datetime.date):
        worksheet.write_datetime(row, column, value)
    else:
        worksheet.write_string(row, column, str(value)[:_MAX_CELL])


class _Echo:
    def write(self, value: str) -> str:
        return value


def _in_language(language: str | None, chunks: Iterator[str]) -> Iterator[str]:
    # Rows are read while the answer is on its way, when the language of its page is no longer in force.
    while True:
        with translation.override(language):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def _csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    chunk = ["\ufeff", writer.writerow([str(heading) for heading in header])]
    for row in rows:
        chunk.append(writer.writerow([_csv_value(value) for value in row]))
        if len(chunk) >= CSV_ROWS_A_CHUNK:
            yield "".join(chunk)
            chunk = []
    yield "".join(chunk)


def _csv_value(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float | decimal.Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
