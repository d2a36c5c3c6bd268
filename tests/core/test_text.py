import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilization.core.text import fold, nfc, person_sort_key, vietnamese_sort_key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Hiến đất", "hien dat"),
        ("HIẾN ĐẤT", "hien dat"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("Ðông Anh", "dong anh"),  # U+00D0
        ("Đông Anh", "dong anh"),  # U+0110
        (unicodedata.normalize("NFD", "Trường Sa"), "truong sa"),
        ("", ""),
    ],
)
def test_fold_accents_and_case_are_gone(typed, folded):
    assert fold(typed) == folded


def test_nfc_eth_becomes_vietnamese_d():
    assert nfc("\u00d0\u00f4ng") == "Đông"


def test_vietnamese_sort_key_orders_as_the_dictionary():
    ordered = [
        "An Khánh", "Ân Thi", "Ba Đình", "Ba Vì", "Bạch Mai", "Bát Tràng", "Bồ Đề", "Cầu Giấy", "Dân Hòa",
        "Đa Phúc", "Đông Anh", "Gia Lâm", "Ô Chợ Dừa", "Ứng Hòa", "Vân Đình", "Yên Sở",
    ]  # fmt: skip
    assert sorted(set(ordered), key=vietnamese_sort_key) == ordered


def test_vietnamese_sort_key_tones_count_last():
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ", "ma an", "mă"]
    assert sorted(set(ordered), key=vietnamese_sort_key) == ordered


def test_vietnamese_sort_key_numbers_are_numbers():
    assert sorted(["Tổ 10", "Tổ 2", "Tổ 1"], key=vietnamese_sort_key) == ["Tổ 1", "Tổ 2", "Tổ 10"]


def test_person_sort_key_given_name_comes_first():
    people = ["Trần Văn Ân", "Lê Thị Bình", "Nguyễn Văn An", "Bùi Văn An"]
    assert sorted(people, key=person_sort_key) == [
        "Bùi Văn An",
        "Nguyễn Văn An",
        "Trần Văn Ân",
        "Lê Thị Bình",
    ]


@given(st.text())
def test_sort_keys_any_text_is_orderable_and_storable(text):
    assert "\x00" not in vietnamese_sort_key(text)
    assert isinstance(person_sort_key(text), str)
