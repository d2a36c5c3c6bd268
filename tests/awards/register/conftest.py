"""Workbooks and the real units. Models are imported inside fixtures: this file is read before Django is set up."""

import datetime

import pytest
import xlsxwriter

from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture


@pytest.fixture
def actor(hanoi, db):  # noqa: F811 -- the fixture
    from tests.accounts.factories import user_with  # noqa: PLC0415 -- this file is read before there are models
    from tests.units.factories import city  # noqa: PLC0415 -- this file is read before there are models

    return user_with("city_staff", city(), email="staff@example.vn")


@pytest.fixture
def workbook(tmp_path):
    """Return a maker of workbooks: rows by sheet, each a dict by heading; values may be ("=…",) formulas."""

    def make(name="so.xlsx", **sheets):
        titles = {"models": "Mô hình", "dialogues": "Đối thoại", "awards": "Khen thưởng"}
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            for key, rows in sheets.items():
                _fill(book.add_worksheet(titles.get(key, key)), rows)
        return path

    return make


def _fill(sheet, rows):
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading)
        for number, row in enumerate(rows, start=1):
            value = row.get(heading, "")
            if isinstance(value, tuple):
                sheet.write_formula(number, column, value[0], None, 7)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value)
            elif isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, value)
