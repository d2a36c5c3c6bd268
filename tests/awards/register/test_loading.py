import datetime
from pathlib import Path

import pytest
from django import forms
from django.db.models import Count, Sum

import awards
from awards.models import Award, Decision, RegisterBatch, RegisterRow
from awards.register.loading import LoadedBefore, load
from awards.register.reading import UnreadableWorkbook
from dialogues.models import Dialogue
from mobilization.audit.models import AuditEntry
from mobilization.units.models import Unit
from models_registry.models import Campaign, Recognition, Registration, ReviewStep, SkilledModel
from tests.awards.register.rows import AWARD, DIALOGUE, MODEL

pytestmark = pytest.mark.django_db
SHIPPED = Path(awards.__file__).parent / "data" / "soc_son_2021_2024.xlsx"


def refusals(report):
    """Return (sheet, cell, heading) of each refusal."""
    return [(refusal.sheet, refusal.cell, refusal.heading) for refusal in report.refusals]


def nothing_was_loaded():
    return not (
        Registration.objects.exists()
        or SkilledModel.objects.exists()
        or Dialogue.objects.exists()
        or Decision.objects.exists()
        or RegisterBatch.objects.exists()
        or Campaign.objects.exists()
    )


def test_load_soc_son_gives_the_totals_of_the_report(actor):
    report = load(SHIPPED, actor=actor)

    assert [(c.sheet, c.read, c.loaded, c.refused) for c in report.sheets.values()] == [
        ("Mô hình", 1183, 1183, 0),
        ("Đối thoại", 122, 122, 0),
        ("Khen thưởng", 2, 2, 0),
    ]
    district = Unit.objects.by_code("016", datetime.date(2024, 1, 1)).get()
    levels = Recognition.objects.under(district).values_list("level").annotate(Count("pk")).order_by("level")
    assert dict(levels) == {"grassroots": 1041, "intermediate": 142}
    held = Dialogue.objects.under(district).held()
    assert held.periodic().exclude(unit=district).count() == 78
    assert held.periodic().filter(unit=district).count() == 3
    assert held.ad_hoc().count() == 41
    opinions = held.exclude(unit=district).aggregate(n=Sum("opinions_total"))["n"]
    assert (opinions, held.filter(unit=district).aggregate(n=Sum("opinions_total"))["n"]) == (1009, 100)
    awarded = Award.objects.valid().under(district)
    assert set(awarded.values_list("recipient_kind", "year")) == {("collective", 2022), ("collective", 2023)}
    assert awarded.exclude(registration=None).count() == 2
    assert Registration.objects.maintained().exclude(previous=None).count() == 22
    assert SkilledModel.objects.count() == 1183 - 22
    assert RegisterRow.objects.count() == 1307


def test_load_soc_son_twice_is_recognised_as_loaded(actor):
    load(SHIPPED, actor=actor)

    with pytest.raises(LoadedBefore):
        load(SHIPPED, actor=actor)

    assert Registration.objects.count() == 1183


def test_load_model_is_recognised_in_the_name_of_its_actor(actor, workbook):
    report = load(workbook(models=[MODEL]), actor=actor)

    assert report.ok
    registration = Registration.objects.get()
    assert (registration.state, registration.year, registration.exemplary) == ("recognised", 2023, True)
    assert (registration.households, registration.money, registration.outcome) == (40, 2_000_000, "maintain")
    assert registration.unit.full_name == "Xã Bắc Sơn"
    step = ReviewStep.objects.get()
    assert (step.act, step.actor, step.version) == ("recognise", actor, 1)
    assert "so.xlsx" in step.reason
    recognition = registration.recognitions.get()
    assert (recognition.level, recognition.number) == ("grassroots", "12-QĐ/ĐU")
    assert recognition.recorded_by == actor
    campaign = registration.campaign
    assert (campaign.year, campaign.opened_on) == (2023, datetime.date(2023, 1, 1))
    entry = AuditEntry.objects.get(act="register.load")
    assert (entry.actor, entry.data["rows"]) == (actor, {"Mô hình": 1})


def test_load_maintained_goes_on_with_the_model_whatever_the_order_of_rows(actor, workbook):
    later = MODEL | {
        "Năm": 2024,
        "Mới/Duy trì": "Duy trì",
        "Bắt đầu": datetime.date(2024, 1, 5),
        "Kết thúc": "",
        "Ngày quyết định": datetime.date(2024, 12, 1),
    }

    assert load(workbook(models=[later, MODEL]), actor=actor).ok

    first, second = Registration.objects.order_by("year")
    assert (second.model, second.previous, first.previous) == (first.model, first, None)


def test_load_new_again_begins_another_model(actor, workbook):
    again = MODEL | {"Năm": 2024, "Bắt đầu": datetime.date(2024, 1, 5), "Kết thúc": ""}
    again["Ngày quyết định"] = datetime.date(2024, 12, 1)

    load(workbook(models=[MODEL, again]), actor=actor)

    assert SkilledModel.objects.count() == 2


def test_load_maintained_goes_on_in_the_unit_that_followed(actor, workbook):
    old = MODEL | {"Mã đơn vị": "", "Đơn vị": "Phường Nguyễn Trung Trực", "Năm": 2024, "Kết thúc": ""}
    old |= {"Bắt đầu": datetime.date(2024, 2, 1), "Ngày quyết định": datetime.date(2024, 12, 10)}
    later = old | {"Đơn vị": "Phường Trúc Bạch", "Năm": 2025, "Mới/Duy trì": "Duy trì"}
    later |= {"Bắt đầu": datetime.date(2025, 2, 1), "Ngày quyết định": datetime.date(2025, 12, 10)}

    report = load(workbook(models=[old, later]), actor=actor)

    assert report.ok, report.refusals
    assert SkilledModel.objects.count() == 1


def test_load_unit_code_means_the_unit_of_the_row_s_date(actor, workbook):
    """Code 00004 was phường Trúc Bạch, and is phường Ba Đình from 1 July 2025."""
    dates = {"before": datetime.date(2025, 6, 30), "after": datetime.date(2025, 7, 1)}
    rows = [DIALOGUE | {"Mã đơn vị": "00004", "Đơn vị": "", "Ngày": day} for day in dates.values()]

    assert load(workbook(dialogues=rows), actor=actor).ok

    names = Dialogue.objects.order_by("held_on").values_list("unit__full_name", flat=True)
    assert list(names) == ["Phường Trúc Bạch", "Phường Ba Đình"]


def test_load_dialogue_without_totals_keeps_them_unknown(actor, workbook):
    totals = (
        "Số ý kiến",
        "Trả lời tại hội nghị",
        "Đã giải quyết",
        "Đang giải quyết",
        "Không thuộc thẩm quyền",
    )

    assert load(workbook(dialogues=[DIALOGUE | dict.fromkeys(totals, "")]), actor=actor).ok

    dialogue = Dialogue.objects.get()
    assert (dialogue.state, dialogue.summary_only, dialogue.opinions_total) == ("published", True, None)
    assert dialogue.chairs == ["committee_chair", "party_secretary"]
    assert list(dialogue.steps.values_list("act", flat=True)) == ["record", "publish"]


def test_load_awards_of_one_number_and_date_are_one_issued_decision(actor, workbook):
    other = AWARD | {"Tên": "Chi hội Phụ nữ thôn Đoài", "Mô hình": ""}

    assert load(workbook(models=[MODEL], awards=[AWARD, other]), actor=actor).ok

    decision = Decision.objects.get()
    assert (decision.state, decision.tier, decision.unit.code) == ("issued", "city", "01")
    assert decision.steps.get().act == "load"
    first, second = decision.awards.order_by("certificate_number")
    assert (first.registration, second.registration) == (Registration.objects.get(), None)
    assert (first.golden_book_number, len(first.verify_code)) == (None, 20)


def test_load_text_date_as_people_write_it_is_taken(actor, workbook):
    assert load(workbook(models=[MODEL | {"Bắt đầu": "01/02/2023"}]), actor=actor).ok


def test_load_unread_sheet_is_named(actor, workbook):
    report = load(workbook(models=[MODEL], Khác=[{"a": 1}]), actor=actor)

    assert report.ok
    assert report.sheets["Khác"].note


@pytest.mark.parametrize(
    ("change", "cell", "heading"),
    [
        ({"Bắt đầu": "tháng hai"}, "O2", "Bắt đầu"),
        ({"Bắt đầu": "31/02/2023"}, "O2", "Bắt đầu"),
        ({"Bắt đầu": 45_000}, "O2", "Bắt đầu"),
        ({"Bắt đầu": ""}, "O2", "Bắt đầu"),
        ({"Bắt đầu": datetime.date(1899, 12, 31)}, "O2", "Bắt đầu"),
        ({"Kết thúc": datetime.date(2023, 1, 1)}, "P2", "Kết thúc"),
        ({"Số hộ": -3}, "N2", "Số hộ"),
        ({"Số hộ": 2.5}, "N2", "Số hộ"),
        ({"Số hộ": "nhiều"}, "N2", "Số hộ"),
        ({"Số hộ": True}, "N2", "Số hộ"),
        ({"Số hộ": 10**30}, "N2", "Số hộ"),
        ({"Số hộ": ("=3+4",)}, "N2", "Số hộ"),
        ({"Tên mô hình": ("=A1",)}, "D2", "Tên mô hình"),
        ({"Tên mô hình": ""}, "D2", "Tên mô hình"),
        ({"Tên mô hình": "a\u202eb"}, "D2", "Tên mô hình"),
        ({"Tên mô hình": "x" * 301}, "D2", "Tên mô hình"),
        ({"Mã đơn vị": "99999"}, "B2", "Mã đơn vị"),
        ({"Mã đơn vị": "", "Đơn vị": "Xã Không Có"}, "C2", "Đơn vị"),
        ({"Đơn vị": "Xã Nam Sơn"}, "C2", "Đơn vị"),
        ({"Mã đơn vị": "", "Đơn vị": ""}, "B2", "Mã đơn vị"),
        ({"Năm": 1999}, "A2", "Năm"),
        ({"Năm": 2999}, "A2", "Năm"),
        ({"Năm": "hai nghìn"}, "A2", "Năm"),
        ({"Năm": ""}, "A2", "Năm"),
        ({"Loại": "Khác"}, "E2", "Loại"),
        ({"Loại": ""}, "E2", "Loại"),
        ({"Trạng thái": ""}, "U2", "Trạng thái"),
        ({"Kết quả": ""}, "T2", "Kết quả"),
        ({"Số quyết định": ""}, "W2", "Số quyết định"),
        ({"Ngày quyết định": datetime.date(2022, 12, 10)}, "X2", "Ngày quyết định"),
        ({"Ngày quyết định": datetime.date(2099, 12, 10)}, "X2", "Ngày quyết định"),
        ({"Xã hội hóa (đồng)": 3_000_000}, "S2", "Xã hội hóa (đồng)"),
        ({"Tiêu biểu": "Có thể"}, "Y2", "Tiêu biểu"),
    ],
)
def test_load_bad_cell_of_a_model_loads_nothing_and_names_it(actor, workbook, change, cell, heading):
    report = load(workbook(models=[MODEL | change], dialogues=[DIALOGUE]), actor=actor)

    assert refusals(report) == [("Mô hình", cell, heading)]
    assert report.of("Mô hình").refused == 1
    assert report.of("Đối thoại").loaded == 0
    assert nothing_was_loaded()


@pytest.mark.parametrize(
    ("change", "headings"),
    [
        ({"Ngày": "31/02/2023"}, {"Ngày"}),
        ({"Ngày": datetime.date(2099, 1, 1)}, {"Ngày", "Mã đơn vị"}),
        ({"Mã đơn vị": "00004", "Đơn vị": "Phường Ba Đình"}, {"Đơn vị"}),
        ({"Hình thức": "Bất thường"}, {"Hình thức"}),
        ({"Hình thức": ""}, {"Hình thức"}),
        ({"Chủ đề": ""}, {"Chủ đề"}),
        ({"Chủ trì": "Ông Ba"}, {"Chủ trì"}),
        ({"Số ý kiến": 3}, {"Số ý kiến"}),
        ({"Số ý kiến": ""}, {"Số ý kiến"}),
        ({"Số ý kiến": -1}, {"Số ý kiến"}),
        ({"Số người dự": 10**9}, {"Số người dự"}),
    ],
)
def test_load_bad_cell_of_a_dialogue_loads_nothing_and_names_it(actor, workbook, change, headings):
    report = load(workbook(models=[MODEL], dialogues=[DIALOGUE | change]), actor=actor)

    assert {heading for _sheet, _cell, heading in refusals(report)} == headings
    assert {refusal.row for refusal in report.refusals} == {2}
    assert nothing_was_loaded()


@pytest.mark.parametrize(
    ("change", "headings"),
    [
        ({"Hình thức": "Huân chương"}, {"Hình thức"}),
        ({"Cơ quan khen": "Ai đó"}, {"Cơ quan khen"}),
        ({"Đối tượng": ""}, {"Đối tượng"}),
        ({"Tên": ""}, {"Tên"}),
        ({"Số quyết định": ""}, {"Số quyết định"}),
        ({"Ngày quyết định": "chưa rõ"}, {"Ngày quyết định"}),
        ({"Năm": 2020}, {"Năm"}),
        ({"Mô hình": "Mô hình không có"}, {""}),
        ({"Cơ quan khen": "Chủ tịch UBND huyện Sóc Sơn", "Hình thức": "Bằng khen"}, {"Hình thức"}),
    ],
)
def test_load_bad_cell_of_an_award_loads_nothing_and_names_it(actor, workbook, change, headings):
    report = load(workbook(models=[MODEL], awards=[AWARD | change]), actor=actor)

    assert {heading for _sheet, _cell, heading in refusals(report)} == headings
    assert nothing_was_loaded()


def test_load_district_certificate_after_the_districts_refused(actor, workbook):
    late = AWARD | {
        "Cơ quan khen": "Chủ tịch UBND huyện Sóc Sơn",
        "Hình thức": "Giấy khen",
        "Năm": 2025,
        "Ngày quyết định": datetime.date(2025, 7, 1),
        "Mã đơn vị": "",
        "Đơn vị": "Xã Sóc Sơn",
        "Mô hình": "",
    }

    report = load(workbook(awards=[late]), actor=actor)

    assert not report.ok
    assert nothing_was_loaded()


@pytest.mark.parametrize(("sheet", "row"), [("models", MODEL), ("dialogues", DIALOGUE), ("awards", AWARD)])
def test_load_empty_cells_are_named_with_what_to_write_and_not_called_required(actor, workbook, sheet, row):
    empty = dict.fromkeys(row, "") | {"Mã đơn vị": row["Mã đơn vị"], "Đơn vị": row["Đơn vị"]}

    report = load(workbook(**{sheet: [empty]}), actor=actor)

    generic = str(forms.Field.default_error_messages["required"])
    assert report.refusals
    assert all(refusal.heading and refusal.reason != generic for refusal in report.refusals)
    assert len({refusal.reason for refusal in report.refusals}) == len(report.refusals)


def test_load_rows_of_one_decision_that_contradict_each_other_refused(actor, workbook):
    other = AWARD | {"Tên": "Khác", "Người ký": "Ai khác"}

    report = load(workbook(models=[MODEL], awards=[AWARD, other]), actor=actor)

    assert refusals(report) == [("Khen thưởng", "F3", "Người ký")]


def test_load_row_twice_in_the_file_second_refused(actor, workbook):
    report = load(workbook(models=[MODEL, MODEL], dialogues=[DIALOGUE, DIALOGUE]), actor=actor)

    assert refusals(report) == [("Mô hình", "3", ""), ("Đối thoại", "3", "")]
    assert nothing_was_loaded()


def test_load_row_of_an_earlier_workbook_refused(actor, workbook):
    load(workbook(models=[MODEL], dialogues=[DIALOGUE]), actor=actor)
    other = MODEL | {"Tên mô hình": "Khác"}

    report = load(workbook("moi.xlsx", models=[other, MODEL], dialogues=[DIALOGUE]), actor=actor)

    assert refusals(report) == [("Mô hình", "3", ""), ("Đối thoại", "2", "")]
    assert Registration.objects.count() == 1


def test_load_what_the_portal_holds_already_refused(actor, workbook):
    load(workbook(models=[MODEL], dialogues=[DIALOGUE], awards=[AWARD]), actor=actor)
    changed = [MODEL | {"Số hộ": 41}], [DIALOGUE | {"Số ý kiến": 13}], [AWARD | {"Tên": "Khác"}]

    report = load(
        workbook("moi.xlsx", **dict(zip(("models", "dialogues", "awards"), changed, strict=True))),
        actor=actor,
    )

    assert [(r.sheet, r.row) for r in report.refusals] == [
        ("Mô hình", 2),
        ("Đối thoại", 2),
        ("Khen thưởng", 2),
    ]
    assert Award.objects.count() == 1


def test_load_wrong_missing_and_double_headings_named(actor, workbook):
    row = {("Ten mo hinh gi do" if name == "Tên mô hình" else name): value for name, value in MODEL.items()}

    report = load(workbook(models=[row]), actor=actor)

    assert refusals(report) == [
        ("Mô hình", "D1", "Ten mo hinh gi do"),
        ("Mô hình", "1", "Tên mô hình"),
    ]
    assert nothing_was_loaded()


def test_load_headings_without_accents_and_in_any_order_are_known(actor, workbook):
    row = dict(reversed(MODEL.items()))
    row["ten mo hinh"] = row.pop("Tên mô hình")

    assert load(workbook(models=[row]), actor=actor).ok


def test_load_every_wrong_cell_of_a_row_named_at_once(actor, workbook):
    report = load(workbook(models=[MODEL | {"Bắt đầu": "?", "Số hộ": -1, "Loại": "?"}]), actor=actor)

    assert {heading for _sheet, _cell, heading in refusals(report)} == {"Bắt đầu", "Số hộ", "Loại"}


def test_load_without_a_known_sheet_refused(actor, workbook):
    report = load(workbook(Khác=[{"a": 1}]), actor=actor)

    assert len(report.refusals) == 1
    assert nothing_was_loaded()


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04rubbish"])
def test_load_no_workbook_refused(actor, tmp_path, content):
    path = tmp_path / "so.xlsx"
    path.write_bytes(content)

    with pytest.raises(UnreadableWorkbook):
        load(path, actor=actor)


def test_load_missing_file_refused(actor, tmp_path):
    with pytest.raises(UnreadableWorkbook):
        load(tmp_path / "none.xlsx", actor=actor)
