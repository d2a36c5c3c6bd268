import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.models import Recipient
from awards.recipients import alike, recipients_of, save_recipient
from awards.validators import validate_not_personal
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import user_with
from tests.awards.factories import RecipientFactory
from tests.units.factories import UnitFactory, succeed

pytestmark = pytest.mark.django_db


def names(found):
    return [one.recipient.name for one in found]


def test_alike_finds_without_accents_the_same_first(staff, commune):
    RecipientFactory(unit=commune, name="Chi hội Phụ nữ thôn Đoài")
    RecipientFactory(unit=commune, name="Chi hội Phụ nữ thôn Đông")
    RecipientFactory(unit=commune, name="Ban Công tác Mặt trận")

    found = alike("chi hoi phu nu thon doai", commune, staff)

    assert names(found) == ["Chi hội Phụ nữ thôn Đoài", "Chi hội Phụ nữ thôn Đông"]
    assert [one.is_same for one in found] == [True, False]


def test_alike_looks_at_what_went_into_the_unit_too(staff, commune):
    RecipientFactory(unit=commune, name="Tổ dân phố số 5")
    heir = UnitFactory()
    succeed(commune, heir, on=timezone.localdate())

    assert names(alike("Tổ dân phố số 5", heir, staff)) == ["Tổ dân phố số 5"]


def test_alike_shows_nothing_out_of_scope(commune):
    official = user_with("official", commune)
    RecipientFactory(name="Tổ dân phố số 5")

    assert alike("Tổ dân phố số 5", commune, official) == []


@pytest.mark.parametrize("text", ["", "  ", "!!!", "\U0001f600"])
def test_alike_without_words_is_nothing(staff, commune, text):
    assert alike(text, commune, staff) == []


def test_recipients_of_the_only_one_of_a_predecessor_is_meant(staff, commune):
    known = RecipientFactory(unit=commune, name="Tổ 5")
    heir = UnitFactory()
    succeed(commune, heir, on=timezone.localdate())
    heir.refresh_from_db()

    assert recipients_of([("collective", "tổ  5", heir)], actor=staff) == [known]


def test_recipients_of_two_predecessors_with_one_name_nobody_is_guessed(staff, commune):
    heir, other = UnitFactory(), UnitFactory()
    for unit in (commune, other):
        RecipientFactory(unit=unit, name="Tổ 5")
        succeed(unit, heir, on=timezone.localdate())
    heir.refresh_from_db()

    (found,) = recipients_of([("collective", "Tổ 5", heir)], actor=staff)

    assert (found.unit, Recipient.objects.count()) == (heir, 3)


def test_recipients_of_one_name_twice_in_one_go_is_recorded_once(staff, commune):
    one, two = recipients_of([("individual", "Lê A", commune), ("individual", "lê a", commune)], actor=staff)

    assert one == two
    assert Recipient.objects.count() == 1


def test_save_same_name_needs_what_tells_them_apart(staff, commune):
    RecipientFactory(unit=commune, name="Nguyễn Văn Hòa", kind="individual")
    double = Recipient(unit=commune, name="Nguyễn văn hoà", kind="individual")

    with pytest.raises(DomainError) as refusal:
        save_recipient(double, actor=staff)
    assert set(refusal.value.fields) == {"note"}

    double.note = "Trưởng thôn Đoài"
    assert save_recipient(double, actor=staff).pk


def test_save_changed_since_it_was_read_refused(staff):
    recipient = RecipientFactory(version=2)

    with pytest.raises(Conflict):
        save_recipient(recipient, actor=staff, seen_version=1)


@pytest.mark.parametrize(
    "text",
    [
        "sinh năm 1970",
        "SN: 12/03/1970",
        "0912 345 678",
        "001070012345",
        "CCCD 0010",
        "ĐT: 1234",
        "Ngày sinh x",
    ],
)
def test_note_with_personal_data_refused(text):
    with pytest.raises(ValidationError):
        validate_not_personal(text)


@pytest.mark.parametrize("text", ["Trưởng thôn 3", "Tổ 12, ngõ 5", "Chi hội 2, khu 10", "Bí thư chi bộ số 7"])
def test_note_that_tells_apart_is_taken(text):
    validate_not_personal(text)
