"""What templates say in the language of the page."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from mobilization.core.templatetags import portal


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1200, "-1.200"),
        (Decimal("1234.5"), "1.234,5"),
        (None, "–"),
        ("", "–"),
        ("12/QĐ", "12/QĐ"),
        (True, "True"),
    ],
)
def test_number_vietnamese_groups_by_dots(value, shown):
    assert portal.number(value) == shown


def test_number_english_groups_by_commas():
    with translation.override("en"):
        assert portal.number(Decimal("1234567.8")) == "1,234,567.8"


def test_number_with_places_keeps_them():
    assert portal.number(2, 1) == "2,0"


def test_money_amount_is_grouped():
    assert portal.money(2_340_000).startswith("2.340.000")


def test_money_none_is_a_dash():
    assert portal.money(None) == "–"


def test_share_of_one_is_percent():
    assert portal.share(Decimal("0.125")) == "12,5\u00a0%"


def test_date_vi_day_first_in_every_language():
    day = datetime.date(2026, 11, 2)
    with translation.override("en"):
        assert portal.date_vi(day) == '<time datetime="2026-11-02">02/11/2026</time>'


def test_date_vi_none_is_a_dash():
    assert portal.date_vi(None) == "–"


def test_last_day_of_an_exclusive_end_is_the_day_before():
    assert portal.last_day(datetime.date(2025, 7, 1)) == datetime.date(2025, 6, 30)
    assert portal.last_day(None) is None


def test_datetime_vi_is_in_the_time_zone_of_the_portal():
    moment = datetime.datetime(2026, 11, 22, 18, 5, tzinfo=datetime.UTC)
    assert "23/11/2026 01:05" in portal.datetime_vi(moment)
    assert timezone.get_current_timezone_name() == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2026, 2, 5), "day 05 month 02 year 2026"),
        (datetime.date(2026, 3, 15), "day 15 month 3 year 2026"),
        (datetime.date(2026, 11, 30), "day 30 month 11 year 2026"),
    ],
)
def test_date_long_has_zeros_as_decree_30_asks(day, words):
    with translation.override("en"):
        assert portal.date_long(day) == words


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Hiến đất mở đường", "hien dat", "<mark>Hiến</mark> <mark>đất</mark> mở đường"),
        ("Hiến đất mở đường", "duo", "Hiến đất mở <mark>đườ</mark>ng"),
        ("Khéo trong vận động", "ong", "Khéo trong vận động"),
        ("Camera <an ninh>", "an", "Camera &lt;<mark>an</mark> ninh&gt;"),
        ("Không có gì", "", "Không có gì"),
        (None, "x", ""),
    ],
)
def test_highlight_marks_words_as_the_search_finds_them(text, words, marked):
    assert portal.highlight(text, words) == marked


def test_highlight_without_a_hit_stays_unsafe_text():
    assert not hasattr(portal.highlight("<b>", "x"), "__html__")


def test_icon_points_into_the_sprite_and_is_hidden_from_readers():
    shown = portal.icon("search")
    assert 'href="/static/img/icons.svg#search"' in shown
    assert 'aria-hidden="true"' in shown


def test_get_missing_key_is_none():
    assert portal.get({"a": 1}, "b") is None
