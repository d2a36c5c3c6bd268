import math

import pytest

from awards.certificates import codes


def test_new_code_is_beyond_guessing():
    assert codes.LENGTH * math.log2(len(set(codes.LETTERS))) >= 80
    drawn = {codes.new_code() for _time in range(200)}
    assert len(drawn) == 200
    assert all(len(code) == codes.LENGTH and set(code) <= set(codes.LETTERS) for code in drawn)


def test_letters_that_look_alike_are_none_of_them():
    assert not set("01oil") & set(codes.LETTERS)


def test_grouped_is_read_as_it_is_stored():
    code = codes.new_code()
    assert codes.read(codes.grouped(code)) == code
    assert codes.grouped("abcdefghjk23") == "ABCD-EFGH-JK23"


@pytest.mark.parametrize(
    "typed", ["AbCd EFGH-jk23", " abcdefghjk23 ", "ABCD\u2013EFGH\u2014JK23", "abcd.efgh_jk23\n"]
)
def test_read_ignores_case_blanks_and_dashes(typed):
    assert codes.read(typed) == "abcdefghjk23"


@pytest.mark.parametrize(
    "typed", ["", "---", "ab\x00cd", "mã số", "a/b", "a" * 25, "-" * 1_000_000 + "abcd", "👩‍👩‍👧", "ab'cd"]
)
def test_read_what_cannot_be_a_code_is_empty(typed):
    assert codes.read(typed) == ""
