import zipfile

import pytest

from awards.register import reading
from awards.register.reading import UnreadableWorkbook, open_workbook
from awards.register.words import chair_of, granting_tier_of


def test_open_workbook_bomb_refused(workbook):
    path = workbook(models=[{"a": 1}])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/padding.xml", b"0" * 40_000_000)

    with pytest.raises(UnreadableWorkbook):
        open_workbook(path)


def test_open_workbook_with_entities_refused_when_formulas_are_looked_for(workbook, tmp_path):
    source, evil = workbook(models=[{"a": 1}]), tmp_path / "evil.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                text = text.replace(b"<Relationships", b'<!DOCTYPE r [<!ENTITY a "b">]><Relationships', 1)
            new.writestr(name, text)

    with pytest.raises(UnreadableWorkbook):
        open_workbook(evil).formulas("Mô hình")


def test_rows_too_many_refused(workbook, monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    book = open_workbook(workbook(models=[{"a": 1}] * 3))

    with pytest.raises(UnreadableWorkbook):
        list(book.rows("Mô hình"))


def test_formulas_are_named_by_their_cells(workbook):
    book = open_workbook(workbook(models=[{"a": 1, "b": ("=A2",)}, {"a": ("=SUM(A2)",), "b": 2}]))

    assert book.formulas("Mô hình") == {"B2", "A3"}


def test_rows_empty_ones_are_left_out_and_numbers_stay(workbook):
    book = open_workbook(workbook(models=[{"a": 1}, {"a": ""}, {"a": 3}]))

    assert [row.number for row in book.rows("Mô hình")] == [1, 2, 4]


@pytest.mark.parametrize(
    ("body", "tier"),
    [
        ("Chủ tịch UBND Thành phố Hà Nội", "city"),
        ("Chủ tịch UBND huyện Sóc Sơn", "district"),
        ("Chủ tịch UBND thị xã Sơn Tây", "district"),
        ("Chủ tịch UBND xã Bắc Sơn", "commune"),
        ("Chủ tịch UBND thị trấn Sóc Sơn", "commune"),
        ("Thủ tướng Chính phủ", "state"),
        ("Đảng ủy Khối các cơ quan", "committee"),
        ("Ai đó", None),
    ],
)
def test_granting_tier_of_body(body, tier):
    assert granting_tier_of(body) == tier


@pytest.mark.parametrize(
    ("title", "chair"),
    [
        ("Bí thư Huyện ủy", "party_secretary"),
        ("Chủ tịch HĐND", "council_chair"),
        ("chu tich uy ban nhan dan xa", "committee_chair"),
        ("Trưởng thôn", None),
    ],
)
def test_chair_of_title(title, chair):
    assert chair_of(title) == chair
