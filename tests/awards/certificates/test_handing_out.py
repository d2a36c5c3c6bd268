import datetime
import unicodedata

import pytest
from django.utils import timezone

from awards.certificates.handing_out import hand_out, take_back, waiting
from awards.models import Award, Handover
from awards.transitions import revoke
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import UserFactory
from tests.awards.certificates.factories import HandoverFactory
from tests.awards.factories import SIGNED, AwardFactory, issued
from tests.awards.test_races import together

pytestmark = pytest.mark.django_db


def given(decision, awards, actor, **changes):
    words = {"handed_on": SIGNED, "received_by": "Bà Mai", "handed_by": "Ông Bình", "note": ""}
    return hand_out(decision, awards, actor=actor, **words | changes)


def test_hand_out_many_records_each_and_logs_no_name(staff):
    decision = issued(3)

    rows = given(decision, decision.awards.all()[:2], staff)

    assert len(rows) == 2
    assert waiting(decision).count() == 1
    assert Award.objects.handed_out().count() == 2
    entries = AuditEntry.objects.filter(act="certificate.hand_out")
    assert [entry.data for entry in entries] == [{"on": "2026-02-05"}] * 2


def test_hand_out_twice_second_reads_who_was_first(staff):
    decision = issued()
    given(decision, decision.awards.all(), staff)

    with pytest.raises(Conflict, match=staff.full_name):
        given(decision, decision.awards.all(), UserFactory())

    assert Handover.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "code"),
    [(SIGNED - datetime.timedelta(days=1), "too_early"), (datetime.date(2099, 1, 1), "future")],
)
def test_hand_out_on_an_impossible_day_refused_at_its_field(staff, day, code):
    decision = issued()

    with pytest.raises(DomainError) as refusal:
        given(decision, decision.awards.all(), staff, handed_on=day)

    assert (refusal.value.code, set(refusal.value.fields)) == (code, {"handed_on"})


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("received_by", " "),
        ("received_by", "x" * 201),
        ("received_by", "Bà\x00Mai"),
        ("handed_by", ""),
        ("handed_by", "x" * 201),
        ("note", "x" * 501),
        ("note", "\u202eBà Mai"),
    ],
)
def test_hand_out_words_that_cannot_be_kept_are_told_at_their_field(staff, field, text):
    decision = issued()

    with pytest.raises(DomainError) as refusal:
        given(decision, decision.awards.all(), staff, **{field: text})

    assert set(refusal.value.fields) == {field}
    assert not Handover.objects.exists()


def test_hand_out_words_are_kept_composed_and_without_outer_blanks(staff):
    decision = issued()
    decomposed = unicodedata.normalize("NFD", " Bà Đỗ Thị Hòa ")

    (row,) = given(decision, decision.awards.all(), staff, received_by=decomposed)

    assert row.received_by == unicodedata.normalize("NFC", "Bà Đỗ Thị Hòa")


def test_take_back_reason_too_long_is_told_at_its_field(staff):
    decision = issued()
    (row,) = given(decision, decision.awards.all(), staff)

    with pytest.raises(DomainError) as refusal:
        take_back(row, actor=staff, reason="x" * 501)

    assert set(refusal.value.fields) == {"reason"}


def test_hand_out_of_a_draft_refused(staff):
    award = AwardFactory()

    with pytest.raises(DomainError) as refusal:
        given(award.decision, [award], staff)

    assert refusal.value.code == "draft"


def test_hand_out_nothing_or_of_another_decision_refused(staff):
    decision, other = issued(), issued()

    with pytest.raises(DomainError, match=r".+"):
        given(decision, [], staff)
    with pytest.raises(DomainError):
        given(decision, other.awards.all(), staff)

    assert not Handover.objects.exists()


def test_hand_out_revoked_refused_for_all_of_them(staff, leader):
    decision = issued(2)
    one = decision.awards.order_by("pk").first()
    revoke(decision, actor=leader, number="9/QĐ", signed_on=SIGNED, reason="Sai", awards=[one])

    with pytest.raises(DomainError) as refusal:
        given(decision, decision.awards.all(), staff)

    assert refusal.value.code == "not_standing"
    assert not Handover.objects.exists()


def test_take_back_keeps_the_line_and_lets_it_be_handed_out_again(staff):
    decision = issued()
    (row,) = given(decision, decision.awards.all(), staff)

    take_back(row, actor=staff, reason="Ghi nhầm người nhận")
    given(decision, decision.awards.all(), staff, received_by="Ông Hòa")

    former, now = Handover.objects.order_by("pk")
    assert (former.stands, former.undo_reason, former.undone_by) == (False, "Ghi nhầm người nhận", staff)
    assert (now.stands, now.received_by) == (True, "Ông Hòa")
    assert AuditEntry.objects.get(act="certificate.take_back").data == {"reason": "Ghi nhầm người nhận"}


def test_take_back_without_a_reason_refused(staff):
    row = HandoverFactory(award=issued().awards.get())

    with pytest.raises(DomainError):
        take_back(row, actor=staff, reason=" ")


def test_take_back_twice_second_reads_who_was_first(staff):
    row = HandoverFactory(award=issued().awards.get())
    take_back(row, actor=staff, reason="Nhầm")

    with pytest.raises(Conflict, match=staff.full_name):
        take_back(row, actor=UserFactory(), reason="Nhầm")


@pytest.mark.django_db(transaction=True)
def test_hand_out_two_at_once_one_wins():
    decision = issued(3)
    actors = [UserFactory() for _ in range(2)]

    answers = together(
        *(lambda actor=actor: given(decision, list(decision.awards.all()), actor) for actor in actors)
    )

    assert sorted(bool(answer) for answer in answers) == [False, True]
    assert Handover.objects.standing().count() == 3


@pytest.mark.django_db(transaction=True)
def test_hand_out_while_revoked_leaves_no_revoked_one_handed_out_unseen(leader):
    decision, staff = issued(1), UserFactory()
    today = timezone.localdate()

    handed, revoked = together(
        lambda: given(decision, list(decision.awards.all()), staff),
        lambda: revoke(decision, actor=leader, number="9/QĐ", signed_on=today, reason="Sai"),
    )

    assert revoked is None
    assert Handover.objects.count() == (0 if handed else 1)
