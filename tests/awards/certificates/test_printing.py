"""What stands on the paper, and that it fits."""

import io
import json
import re
import unicodedata

import pytest
import segno
import typst
from pypdf import PdfReader

from awards.certificates import codes, facts, printing
from awards.models import CertificateTemplate
from awards.models.certificate import MOST_MARGIN, MOST_SIZE
from awards.transitions import correct, revoke
from mobilization.core import documents
from tests.accounts.factories import UserFactory
from tests.awards.factories import SIGNED, AwardFactory, DecisionFactory, form_on, issued
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db

LONG_NAME = "Ban Chỉ đạo phong trào Toàn dân đoàn kết xây dựng đời sống văn hóa, Chi hội Phụ nữ và Hội Cựu chiến binh "
LONG_TEXT = (
    "Vận động nhân dân tự nguyện hiến đất mở rộng đường, lắp camera an ninh, giữ gìn vệ sinh môi trường; "
)


def fits(data):
    """Return what the form tells of each text that it had to fit."""
    compiler = typst.Compiler(
        input=documents.FORMS / "certificates.typ",
        root=documents.FORMS,
        font_paths=documents._fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return json.loads(compiler.query("<fit>", field="value"))


def data_of(**fields):
    return printing.whole_data(AwardFactory(**fields).decision, fields.pop("variant", "full"))


def test_certificate_says_what_the_decree_asks_for(pdf_text, leader):
    award = issued().awards.get()

    (page,) = pdf_text(printing.one(award))

    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TẶNG",
        award.form.name.upper(),
        award.recipient_name,
        award.achievement,
        award.unit.full_name,
        f"Quyết định số: {award.decision.number}",
        "ngày 05 tháng 02 năm 2026",
        f"Số sổ vàng: {award.golden_book_number}",
        award.decision.signer,
        award.decision.signer_post.upper(),
        codes.grouped(award.verify_code),
    ):
        assert words in page, words


def test_certificate_is_one_a4_page_across_and_tells_no_name_in_its_properties():
    award = issued().awards.get()

    paper = PdfReader(io.BytesIO(printing.one(award)))

    (page,) = paper.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]
    told = " ".join(str(value) for value in paper.metadata.values())
    assert award.recipient_name not in told
    assert award.achievement not in told
    assert award.decision.number in told
    assert paper.trailer["/Root"]["/Lang"] == "vi"


def test_text_is_searchable_nfc_and_its_fonts_are_embedded():
    words = "Hộ gia đình ông Nguyễn Phước Hữu Đễ – Ỷ Ữ Ẳ Ẵ Ặ ợ ử ữ ỵ đ"
    award = AwardFactory(recipient_name=words, achievement="Dũng cảm, tự nguyện hiến 120 m² đất ở")
    paper = PdfReader(io.BytesIO(printing.one(award)))

    text = " ".join(paper.pages[0].extract_text().split())

    assert words in text
    assert award.achievement in text
    assert text == unicodedata.normalize("NFC", text)
    fonts = paper.pages[0]["/Resources"]["/Font"].values()
    described = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert described
    for descriptor in described:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.get_object())


@pytest.mark.parametrize("variant", ["full", "overlay"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bà Vũ Ê", "Giỏi"),
        ("Hộ ông Lê Văn A", LONG_TEXT[:90]),
        ((LONG_NAME * 3)[:300], "Giỏi"),
        ("Bà Vũ Ê", (LONG_TEXT * 21)[:2000]),
        ((LONG_NAME * 3)[:300], (LONG_TEXT * 21)[:2000]),
        ("W" * 300, "W" * 2000),
        ("Tổ " + "i" * 297, "Ữ" * 2000),
        ("Tổ", "\n".join(["dòng"] * 300)),
    ],
    ids=["shortest", "household", "longest-name", "longest-text", "both", "no-blanks", "thin", "lines"],
)
def test_texts_of_any_length_fit_on_one_page(name, text, variant):
    award = AwardFactory(recipient_name=name, achievement=text)
    data = printing.whole_data(award.decision, variant) | {"annex": None}

    told = fits(data)

    assert told
    assert all(one["fits"] for one in told), told
    assert all(one["height"] <= one["room"] for one in told)
    assert len(PdfReader(io.BytesIO(printing.whole(data))).pages) == 1


def test_code_leads_to_the_absolute_address_that_tells_what_it_is_worth(client, settings):
    settings.SITE_URL = "https://portal.example.org/"
    award = issued().awards.get()

    (one,) = printing.whole_data(award.decision, "full")["certificates"]

    assert one["address"] == f"https://portal.example.org/verify/{award.verify_code}/"
    assert one["qr"].startswith("<svg")
    assert client.get(one["address"].partition("example.org")[2]).status_code == 200


@pytest.mark.parametrize(
    ("name", "text"), [("Bà Vũ Ê", "Giỏi"), ((LONG_NAME * 3)[:300], (LONG_TEXT * 21)[:2000])]
)
def test_texts_fit_whatever_a_template_may_ask_for(name, text):
    edges = dict.fromkeys(("top", "bottom", "left", "right"), MOST_MARGIN)
    sizes = dict.fromkeys(("name_size", "name_floor", "text_size", "text_floor"), MOST_SIZE)
    CertificateTemplate.objects.create(name="Chật", valid_from="2026-01-01", **edges, **sizes)

    told = fits(data_of(recipient_name=name, achievement=text))

    assert [one["fits"] for one in told] == [True]


def test_code_is_drawn_dot_by_dot_with_its_white_border():
    address = "https://portal.example.org/verify/abcdefghjkmnpqrstuvw/"
    drawn = facts.qr(address)

    dark = {
        (int(x) + place, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn)
        for place in range(int(length))
    }

    rows = segno.make(address, error="m", micro=False, mask=facts._MASK).matrix
    assert dark == {(x + 4, y + 4) for y, row in enumerate(rows) for x, dot in enumerate(row) if dot}
    assert f'viewBox="0 0 {len(rows) + 8} {len(rows) + 8}"' in drawn


def test_long_texts_shrink_to_the_floor_before_they_go_below(settings):
    CertificateTemplate.objects.create(name="Năm 2026", valid_from="2026-01-01", text_floor=12, text_size=16)

    short = fits(data_of(achievement="Giỏi"))[0]
    middle = fits(data_of(achievement=LONG_TEXT * 16))[0]

    assert short["size"] == 16
    assert 12 <= middle["size"] < 16


def test_mark_of_revoked_and_corrected_names_the_decision(pdf_text, leader):
    decision = issued(2)
    one, other = decision.awards.order_by("pk")
    revoke(decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Sai", awards=[one])

    (revoked,) = pdf_text(printing.one(one))
    (valid,) = pdf_text(printing.one(other))

    assert "ĐÃ THU HỒI" in revoked
    assert "Quyết định số 99/QĐ" in revoked
    assert "ĐÃ THU HỒI" not in valid


def test_mark_of_a_draft(pdf_text):
    (page,) = pdf_text(printing.one(AwardFactory()))

    assert "DỰ THẢO" in page
    assert "Số sổ vàng" not in page
    assert "Mã tra cứu" not in page


def test_overlay_prints_the_words_only(pdf_text):
    award = issued().awards.get()

    (page,) = pdf_text(printing.one(award, "overlay"))

    assert award.recipient_name in page
    assert award.achievement in page
    assert "CỘNG HÒA" not in page
    assert "TẶNG" not in page


def test_overlay_leaves_out_what_has_no_width(pdf_text):
    award = issued().awards.get()
    CertificateTemplate.objects.create(
        name="Phôi",
        valid_from="2026-01-01",
        places={"signer": {"x": 0, "y": 0, "width": 0, "height": 0, "size": 12, "align": "left"}},
    )

    (page,) = pdf_text(printing.one(award, "overlay"))

    assert award.decision.signer not in page
    assert award.recipient_name in page


def test_whole_decision_has_each_certificate_and_the_annex_list(pdf_text):
    decision = issued(3)

    pages = pdf_text(printing.whole(printing.whole_data(decision, "full")))

    awards = list(decision.awards.in_annex_order())
    for award, page in zip(awards, pages, strict=False):
        assert award.recipient_name in page
    assert len(pages) == 4
    assert "DANH SÁCH" in pages[3]
    assert all(award.recipient_name in pages[3] for award in awards)
    assert "03 tập thể" in pages[3]


def test_many_are_set_in_portions_and_each_is_told(pdf_text, monkeypatch):
    data, told = printing.whole_data(issued(5), "full"), []
    at_once = pdf_text(printing.whole(data))
    monkeypatch.setattr(printing, "PORTION", 2)

    in_portions = pdf_text(printing.whole(data, told=told.append))

    assert told == [2, 2, 1]
    assert in_portions == at_once


def test_whole_decision_leaves_out_what_no_longer_stands_and_notes_it_in_the_list(pdf_text, leader):
    decision = issued(3)
    gone = decision.awards.order_by("pk").first()
    revoke(decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Sai", awards=[gone])

    pages = pdf_text(printing.whole(printing.whole_data(decision, "full")))

    assert len(pages) == 3
    assert all(gone.recipient_name not in page for page in pages[:2])
    assert "Đã thu hồi theo Quyết định số 99/QĐ" in pages[2]


def test_whole_decision_that_was_revoked_prints_all_with_their_mark(pdf_text, leader):
    decision = issued(2)
    revoke(decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Sai")

    pages = pdf_text(printing.whole(printing.whole_data(decision, "full")))

    assert ["ĐÃ THU HỒI" in page for page in pages] == [True, True, False]


def test_whole_data_asks_the_same_questions_for_one_and_many(django_assert_num_queries):
    one, three = issued(1), issued(3)
    for decision in (one, three):
        with django_assert_num_queries(2):
            printing.whole_data(decision, "full")


def test_markup_in_typed_text_is_text(pdf_text):
    award = AwardFactory(
        recipient_name='#panic("x") *đậm* $x$ <a>', achievement='#import "/etc/passwd" \\ [x] @a'
    )

    (page,) = pdf_text(printing.one(award))

    assert '#panic("x") *đậm* $x$ <a>' in page
    assert "@a" in page


def test_decision_draft_says_so_and_leaves_room_for_number_and_date(pdf_text):
    decision = DecisionFactory(number="", signed_on=None, signer="", signer_post="")
    AwardFactory(decision=decision, form=form_on("city"))

    pages = pdf_text(printing.decision_pdf(decision))

    assert all("DỰ THẢO" in page for page in pages)
    assert "ngày ..... tháng ....." in pages[0]


def test_decision_is_drawn_from_its_awards(pdf_text):
    decision = DecisionFactory()
    AwardFactory.create_batch(2, decision=decision, form=form_on("city", name="Bằng khen"))
    AwardFactory(decision=decision, form=form_on("city", name="Bằng khen"), recipient_kind="household")

    pages = pdf_text(printing.decision_pdf(decision))

    text = re.sub(r"-\s", "-", " ".join(pages))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022" in text
    assert "152/2025/NĐ-CP" in text
    assert "Điều 1. Tặng Bằng khen của Chủ tịch Ủy ban nhân dân thành phố" in text
    assert "02 tập thể, 01 hộ gia đình" in text
    assert f"Kèm theo Quyết định số {decision.number} ngày 05 tháng 02 năm 2026" in text


def test_decision_of_correction_names_what_it_corrects(pdf_text, leader):
    original = issued(1)
    draft = correct(original, actor=UserFactory(), awards=original.awards.all(), reason="Ghi sai tên")
    old = original.awards.get().recipient_name
    draft.awards.update(recipient_name="Tên đúng")

    text = " ".join(pdf_text(printing.decision_pdf(draft)))

    assert f"Đính chính nội dung khen thưởng tại Quyết định số {original.number}" in text
    assert "Ghi sai tên." in text
    assert f"Đã ghi: {old}" in text


def test_decision_of_revocation_lists_what_it_revokes(pdf_text, leader):
    original = issued(2)
    revocation = revoke(original, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Khai sai")

    text = " ".join(pdf_text(printing.decision_pdf(revocation)))

    assert f"Hủy bỏ việc khen thưởng tại Quyết định số {original.number}" in text
    assert all(award.recipient_name in text for award in original.awards.all())


def test_papers_of_the_party_bear_its_name(pdf_text):
    ward = UnitFactory(kind="ward", full_name="Phường Ba Đình", name="Ba Đình")
    form = form_on("commune", name="Biểu dương")
    award = AwardFactory(decision=DecisionFactory(unit=ward, tier="commune"), unit=ward, form=form)

    (page,) = pdf_text(printing.one(award))
    text = pdf_text(printing.decision_pdf(award.decision))[0]

    for paper in (page, text):
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in paper
        assert "CỘNG HÒA XÃ HỘI" not in paper
        assert "ĐẢNG ỦY PHƯỜNG BA ĐÌNH" in paper
    assert "Luật Tổ chức chính quyền địa phương" not in text


def test_body_is_named_with_its_unit(pdf_text):
    ward = UnitFactory(kind="ward", full_name="Phường Ba Đình", name="Ba Đình")
    award = AwardFactory(decision=DecisionFactory(unit=ward, tier="commune"), unit=ward)

    (page,) = pdf_text(printing.one(award))

    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH" in page
    assert "Ba Đình, ngày 05 tháng 02 năm 2026" in page
