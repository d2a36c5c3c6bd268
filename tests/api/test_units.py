import datetime

import pytest

from tests.units.factories import UnitFactory, city, close

FIELDS = {"id", "code", "name", "full_name", "kind", "parent", "valid_from", "valid_to"}
REFORM = datetime.date(2025, 7, 1)


@pytest.fixture
def wards(db):
    """One code that two wards bore, one after the other."""
    before = UnitFactory(
        kind="ward", code="00004", name="Trúc Bạch", full_name="Phường Trúc Bạch", valid_to=REFORM
    )
    now = UnitFactory(
        kind="ward", code="00004", name="Ba Đình", full_name="Phường Ba Đình", valid_from=REFORM
    )
    return before, now


def test_unit_has_exactly_the_promised_members(ask, wards):
    status, answer = ask("units", code="00004")

    assert status == 200
    assert answer == {
        "items": [
            {
                "id": wards[1].pk,
                "code": "00004",
                "name": "Ba Đình",
                "full_name": "Phường Ba Đình",
                "kind": "ward",
                "parent": city().pk,
                "valid_from": "2025-07-01",
                "valid_to": None,
            }
        ],
        "next": None,
    }
    assert set(answer["items"][0]) == FIELDS


@pytest.mark.parametrize(("on", "name"), [("2025-06-30", "Trúc Bạch"), ("2025-07-01", "Ba Đình")])
def test_code_means_another_unit_on_another_day(ask, wards, on, name):
    assert [unit["name"] for unit in ask("units", on=on, code="00004")[1]["items"]] == [name]


@pytest.mark.parametrize(
    "on", ["0", "0.0", "1782086400", "2026-01-02T00:00:00", "20260102", "2026-1-2", "٢٠٢٦-٠١-٠٢"]
)
def test_day_is_written_out_and_no_number_is_taken_for_one(ask, wards, on):
    status, answer = ask("units", on=on)
    assert status == 422
    assert "2026-11-22" in str(answer)


def test_kind_and_parent_select(ask, wards):
    district = UnitFactory(kind="rural_district", name="Sóc Sơn")
    commune = UnitFactory(parent=district, name="Kim Lũ")

    assert [u["id"] for u in ask("units", parent=district.pk)[1]["items"]] == [commune.pk]
    assert {u["kind"] for u in ask("units", kind=["ward", "commune"])[1]["items"]} == {"ward", "commune"}


def test_pages_follow_each_other_in_vietnamese_order(ask, db):
    names = ["Ăn", "An", "Đá", "Ân", "Dá"]
    for name in names:
        UnitFactory(name=name)
    close(UnitFactory(name="Cũ"), datetime.date(2025, 1, 1))
    seen, cursor = [], None
    while True:
        parameters = {"limit": 2, "kind": "commune"} | ({"cursor": cursor} if cursor else {})
        answer = ask("units", **parameters)[1]
        seen += [unit["name"] for unit in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break

    assert seen == ["An", "Ăn", "Ân", "Dá", "Đá"]
