"""The lines of the staff lists say what each row holds, whatever was written before them."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import override

from models_registry import lines
from models_registry.columns import USUAL

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def row(**values):
    """Return a row as ``rows_of`` reads it: of a unit that is still in force, changed a week ago."""
    week = NOW - timedelta(days=7)
    usual = {"id": 7, "title": "Tên", "registrant": "", "year": 2026, "level": "city", "state": "submitted"}
    usual |= {
        "late": False,
        "exemplary": False,
        "return_due_on": None,
        "state_since": week,
        "changed_at": NOW,
    }
    usual |= {"rounds": 0, "unit_id": 1, "unit__full_name": "Xã A", "unit__heir_id": 1, "heir_name": "Xã A"}
    return SimpleNamespace(**(usual | {"code": "DVK-1", "reviewer_name": None, "file_count": 0} | values))


def written(*rows, today=TODAY, shown=USUAL, **look):
    return [line.html for line in lines.lines(rows, today=today, shown=shown, **look)]


def test_lines_escape_all_that_was_typed():
    evil = "<b>'\"&"
    [html] = written(row(title=evil, registrant=evil, unit__full_name=evil, reviewer_name=evil), ticks=True)
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&#x27;&quot;&amp;") == 5


def test_lines_tell_the_unit_of_today_where_it_is_another():
    merged = {"unit__heir_id": 2, "heir_name": "Xã B"}
    own, moved, again = written(row(), row(**merged), row(**merged | {"heir_name": "Xã C"}))
    assert "Xã B" not in own
    assert "Xã B" in moved
    assert "Xã C" in again


def test_lines_of_a_queue_tell_how_long_it_waits_on_the_day_they_are_asked():
    here = row()
    for waited in (7, 8, 7):
        [html] = written(here, today=TODAY + timedelta(days=waited - 7), queue=True)
        assert f">{waited} ngày<" in html
        assert "?queue=1" in html
    [html] = written(here)
    assert "ngày<" not in html
    assert f"{TODAY:%d/%m/%Y}" in html


def test_lines_are_in_the_language_of_the_page_whatever_was_asked_before():
    for language in ("vi", "en", "vi"):
        with override(language):
            [html] = written(row(title="", unit__heir_id=2, heir_name="Xã B"), queue=True)
        for words in ("Untitled registration", "now Xã B", "7 days"):
            assert (words in html) is (language == "en")
        for words in ("Bản đăng ký chưa có tên", "7 ngày"):
            assert (words in html) is (language == "vi")


def test_lines_show_the_columns_asked_for():
    [usual], [few] = written(row()), written(row(), shown=("state",))
    assert usual.count("<td") == len(USUAL)
    assert few.count("<td") == 1
    assert "state--submitted" in few
