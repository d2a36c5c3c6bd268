"""Charts are drawn from their numbers, and tell the same as a table."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilization.portal.charts import Chart, Mark, Series, round_up
from mobilization.portal.statistics_page import marks_of


def chart(*values, **options):
    series = [Series(f"s{place}", numbers) for place, numbers in enumerate(values)]
    return Chart("c", "Title", "Year", [str(2021 + n) for n in range(len(values[0]))], series, **options)


@given(st.integers(0, 10**9))
def test_round_up_is_not_less_and_not_much_more(number):
    assert number <= round_up(number) <= max(4, 2 * number)


def test_columns_stand_as_high_as_their_numbers():
    bars = chart([8, 4], [2, 4]).drawing["bars"]
    heights = [float(bar["height"]) for bar in bars]
    assert heights == [210, 52.5, 105, 105]
    assert all(float(bar["y"]) + float(bar["height"]) == pytest.approx(260, abs=0.2) for bar in bars)


def test_columns_that_add_up_stand_on_each_other():
    drawn = chart([2, 0], [2, 4], nested=False)
    assert drawn.top == 4
    low, high, _other = drawn.drawing["bars"]
    assert float(high["y"]) + float(high["height"]) == pytest.approx(float(low["y"]), abs=0.1)
    assert [total["value"] for total in drawn.drawing["totals"]] == [4, 4]


def test_chart_of_zeros_is_empty_and_still_drawn():
    drawn = chart([0, 0])
    assert drawn.is_empty
    assert drawn.drawing["bars"] == []
    assert chart([0], shape="rows").drawing["rows"][0]["bars"][0]["width"] == "0"


def test_rows_never_leave_the_page():
    rows = chart([5, 1000], [3, 7], shape="rows").drawing["rows"]
    assert max(float(bar["width"]) for row in rows for bar in row["bars"]) == 84


def test_table_tells_the_same_as_the_drawing():
    drawn = chart([5, 6], [1, 2], addresses=[["/a", ""], ["", "/b"]])
    assert drawn.rows == [
        ("2021", [(5, "/a", None), (1, "", None)]),
        ("2022", [(6, "", None), (2, "/b", None)]),
    ]
    assert drawn.data["series"] == [{"name": "s0", "data": [5, 6]}, {"name": "s1", "data": [1, 2]}]


def test_marks_stand_between_the_years_and_within_them():
    days = [datetime.date(2025, 1, 1), datetime.date(2025, 7, 1), datetime.date(2031, 1, 1)]
    marks = marks_of([2024, 2025, 2026], days)
    assert [(mark.label, round(mark.at, 2)) for mark in marks] == [("01/01/2025", 1), ("01/07/2025", 1.5)]
    (mark,) = chart([1, 2], marks=[Mark(1.5, "x")]).drawing["marks"]
    assert (mark["x"], mark["anchor"]) == ("75", "end")
