import datetime
import re

import pytest
from django.utils import timezone, translation

from awards.models import Award, Decision
from awards.nominating.drawing import draw
from awards.states import AwardState, DecisionState
from awards.transitions import correct, issue, revoke
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from tests.accounts.factories import user_with
from tests.awards.factories import (
    SIGNED,
    AwardFactory,
    DecisionFactory,
    RecipientFactory,
    approved,
    form_on,
    issue_past,
    issued,
)
from tests.units.factories import UnitFactory, close, succeed

pytestmark = pytest.mark.django_db


def test_revoke_title_is_vietnamese_whatever_the_author_reads(leader):
    original = issued()

    with translation.override("en"):
        revocation = revoke(original, actor=leader, number="9/QĐ", signed_on=SIGNED, reason="Sai")

    assert revocation.title == f"Thu hồi quyết định {original.number}"


def acts(decision):
    return list(decision.steps.values_list("act", flat=True))


def test_issue_draft_numbers_each_award(leader):
    decision = DecisionFactory()
    AwardFactory.create_batch(3, decision=decision)

    issue_past(decision, actor=leader)

    decision.refresh_from_db()
    assert (decision.state, decision.issued_by, decision.year) == (DecisionState.ISSUED, leader, 2026)
    awards = decision.awards.order_by("pk")
    assert [(a.certificate_number, a.golden_book_number, a.year) for a in awards] == [
        (1, 1, 2026),
        (2, 2, 2026),
        (3, 3, 2026),
    ]
    assert all(re.fullmatch("[a-z2-9]{20}", award.verify_code) for award in awards)
    assert acts(decision) == ["issue"]
    entry = AuditEntry.objects.get(act="decision.issue")
    assert (entry.actor, entry.data["from"], entry.data["to"]) == (leader, "draft", "issued")


def test_issue_second_of_the_year_continues_the_golden_book(leader):
    issued(2)
    second = issued(1)

    assert second.awards.get().golden_book_number == 3
    assert second.awards.get().certificate_number == 1


def test_issue_other_year_begins_a_new_golden_book(leader):
    issued(2)

    assert issued(1, signed_on=datetime.date(2025, 12, 30)).awards.get().golden_book_number == 1


def test_issue_twice_second_reads_who_was_first(leader):
    decision = issued()

    with pytest.raises(Conflict, match=decision.issued_by.full_name):
        issue_past(decision, actor=leader)


def test_issue_changed_since_read_refused(leader):
    decision = AwardFactory().decision

    with pytest.raises(Conflict) as refusal:
        issue_past(decision, actor=leader, seen_version=decision.version + 1)

    assert refusal.value.code == "stale"


def test_issue_own_draft_refused(leader):
    decision = AwardFactory(decision__drafted_by=leader).decision

    with pytest.raises(NotAllowed):
        issue_past(decision, actor=leader)


def test_issue_without_awards_refused(leader):
    with pytest.raises(DomainError) as refusal:
        issue_past(DecisionFactory(), actor=leader)

    assert refusal.value.code == "no_awards"


@pytest.mark.parametrize("name", ["number", "signed_on", "signer", "signer_post"])
def test_issue_incomplete_refused_at_its_field(leader, name):
    decision = AwardFactory(**{f"decision__{name}": None if name == "signed_on" else ""}).decision

    with pytest.raises(DomainError) as refusal:
        issue_past(decision, actor=leader)

    assert set(refusal.value.fields) == {name}


def test_issue_signed_in_the_future_refused(leader):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    decision = AwardFactory(decision__signed_on=tomorrow).decision

    with pytest.raises(DomainError) as refusal:
        issue_past(decision, actor=leader)

    assert set(refusal.value.fields) == {"signed_on"}


def test_issue_number_taken_that_year_refused_whatever_its_case(leader):
    issued(number="12/QĐ-UBND")
    decision = AwardFactory(decision__number="12/qđ-ubnd").decision

    with pytest.raises(DomainError) as refusal:
        issue_past(decision, actor=leader)

    assert refusal.value.code == "number_taken"


def test_issue_number_of_another_year_or_unit_is_free(commune, leader):
    issued(number="12/QĐ-UBND")

    assert issued(number="12/QĐ-UBND", signed_on=datetime.date(2025, 3, 1)).state == DecisionState.ISSUED
    local = DecisionFactory(number="12/QĐ-UBND", unit=commune, tier="commune")
    AwardFactory(decision=local, unit=commune)
    assert issue_past(local, actor=leader).state == DecisionState.ISSUED


def test_issue_form_of_another_tier_refused(leader):
    decision = AwardFactory(form=form_on("commune")).decision

    with pytest.raises(DomainError) as refusal:
        issue_past(decision, actor=leader)

    assert refusal.value.code == "awards_refused"


def test_issue_district_form_after_the_districts_refused(leader):
    old = form_on("district", datetime.date(2025, 6, 30))
    district = UnitFactory(kind="rural_district")
    decision = DecisionFactory(unit=district, tier="district", signed_on=datetime.date(2025, 7, 1))
    AwardFactory(decision=decision, unit=district, form=old)

    with pytest.raises(DomainError) as refusal:
        issue_past(decision, actor=leader)

    assert refusal.value.code == "awards_refused"
    decision.signed_on = datetime.date(2025, 6, 30)
    decision.save(update_fields=["signed_on"])
    assert issue_past(decision, actor=leader).state == DecisionState.ISSUED


def test_issue_dissolved_unit_refused_unless_signed_while_in_force(commune, leader):
    close(commune, datetime.date(2026, 1, 1))
    late = AwardFactory(unit=commune).decision

    with pytest.raises(DomainError, match=commune.full_name):
        issue_past(late, actor=leader)

    past = AwardFactory(unit=commune, decision__signed_on=datetime.date(2025, 12, 31)).decision
    assert issue_past(past, actor=leader).state == DecisionState.ISSUED


def test_issue_tier_that_the_unit_does_not_have_refused(commune, leader):
    decision = AwardFactory(decision__unit=commune, unit=commune).decision

    with pytest.raises(DomainError) as refusal:
        issue_past(decision, actor=leader)

    assert set(refusal.value.fields) == {"tier"}


def test_issue_state_tier_is_kept_by_the_city_with_a_book_of_its_own(leader):
    issued(2)
    decision = AwardFactory(decision__tier="state").decision

    issue_past(decision, actor=leader)

    assert decision.awards.get().golden_book_number == 1


def test_revoke_whole_decision_awards_stay_readable_as_revoked(leader):
    decision = issued(2)

    revocation = revoke(
        decision,
        actor=leader,
        number="99/QĐ-UBND",
        signed_on=datetime.date(2026, 3, 1),
        reason="Sai đối tượng",
    )

    decision.refresh_from_db()
    assert decision.state == DecisionState.REVOKED
    assert {(a.state, a.ended_by) for a in decision.awards.all()} == {(AwardState.REVOKED, revocation)}
    assert (revocation.state, revocation.amends, revocation.amendment_kind) == (
        "issued",
        decision,
        "revocation",
    )
    assert acts(decision) == ["issue", "revoke"]
    assert Award.objects.valid().count() == 0
    assert Award.objects.public().count() == 2


def test_revoke_one_award_decision_stands(leader):
    decision = issued(2)
    chosen = decision.awards.order_by("pk").first()

    revoke(decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Trùng", awards=[chosen])

    decision.refresh_from_db()
    assert decision.state == DecisionState.ISSUED
    assert list(decision.awards.order_by("pk").values_list("state", flat=True)) == ["revoked", "valid"]
    assert acts(decision) == ["issue", "revoke_awards"]


def test_revoke_twice_second_reads_what_happened(leader):
    decision = issued()
    first = {"actor": leader, "signed_on": SIGNED, "reason": "Trùng"}
    revoke(decision, number="99/QĐ", **first)

    with pytest.raises(Conflict, match=leader.full_name):
        revoke(decision, number="100/QĐ", **first)


def test_revoke_award_that_was_revoked_refused(leader):
    decision = issued(2)
    chosen = decision.awards.first()
    revoke(decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Trùng", awards=[chosen])

    with pytest.raises(Conflict):
        revoke(decision, actor=leader, number="100/QĐ", signed_on=SIGNED, reason="Trùng", awards=[chosen])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"signed_on": SIGNED - datetime.timedelta(days=1)}, "signed_on"),
        ({"number": ""}, "number"),
    ],
)
def test_revoke_incomplete_refused_and_nothing_changes(leader, change, field):
    decision = issued()
    whole = {"actor": leader, "number": "99/QĐ", "signed_on": SIGNED, "reason": "Trùng"}

    with pytest.raises(DomainError) as refusal:
        revoke(decision, **whole | change)

    assert set(refusal.value.fields) == {field}
    assert Decision.objects.get().state == DecisionState.ISSUED


def test_revoke_district_decision_is_done_by_the_city_that_answers_for_it(leader):
    district = UnitFactory(kind="rural_district")
    old = DecisionFactory(unit=district, tier="district", signed_on=datetime.date(2025, 3, 1))
    AwardFactory(decision=old, unit=district, form=form_on("district", datetime.date(2025, 3, 1)))
    issue_past(old, actor=leader)
    close(district, datetime.date(2025, 7, 1))

    revocation = revoke(old, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Sai")

    assert (revocation.unit.kind, revocation.tier) == ("city", "city")


def test_correct_issued_marks_the_old_award_and_keeps_its_year(staff, leader):
    decision = issued(2, signed_on=datetime.date(2025, 12, 30))
    old = decision.awards.order_by("pk").first()

    draft = correct(decision, actor=staff, awards=[old], reason="Sai tên")
    copy = draft.awards.get()
    Award.objects.filter(pk=copy.pk).update(recipient_name="Chi hội Phụ nữ thôn Đông")
    assert Award.objects.valid().count() == 2
    Decision.objects.filter(pk=draft.pk).update(
        number="7/QĐ", signed_on=SIGNED, signer="Trần Sỹ Thanh", signer_post="Chủ tịch"
    )
    issue(draft, actor=leader)

    old.refresh_from_db()
    copy.refresh_from_db()
    assert (old.state, old.ended_by) == (AwardState.CORRECTED, draft)
    assert (copy.state, copy.corrects, copy.year) == (AwardState.VALID, old, 2025)
    assert copy.verify_code != old.verify_code
    assert Award.objects.valid().of_year(2025).count() == 2
    assert acts(decision) == ["issue", "correct"]


def test_correct_award_revoked_meanwhile_issue_refused(staff, leader):
    decision = issued(2)
    old = decision.awards.first()
    draft = correct(decision, actor=staff, awards=[old], reason="Sai tên")
    Decision.objects.filter(pk=draft.pk).update(
        number="7/QĐ", signed_on=SIGNED, signer="Trần Sỹ Thanh", signer_post="Chủ tịch"
    )
    revoke(decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Trùng", awards=[old])

    with pytest.raises(Conflict):
        issue(draft, actor=leader)

    assert Decision.objects.get(pk=draft.pk).state == DecisionState.DRAFT


def test_correct_award_of_a_unit_dissolved_since_keeps_its_unit(commune, staff, leader):
    decision = DecisionFactory()
    old = AwardFactory(decision=decision, unit=commune)
    issue_past(decision, actor=leader)
    succeed(commune, UnitFactory(), on=datetime.date(2026, 3, 1))
    draft = correct(decision, actor=staff, awards=[old], reason="Sai tên")
    Decision.objects.filter(pk=draft.pk).update(
        number="7/QĐ", signed_on=datetime.date(2026, 4, 1), signer="Trần Sỹ Thanh", signer_post="Chủ tịch"
    )

    assert issue(draft, actor=leader).awards.get().unit == commune


def test_correct_with_an_award_that_corrects_nothing_refused(staff, leader):
    decision = issued()
    draft = correct(decision, actor=staff, awards=decision.awards.all(), reason="Sai tên")
    Decision.objects.filter(pk=draft.pk).update(
        number="7/QĐ", signed_on=SIGNED, signer="Trần Sỹ Thanh", signer_post="Chủ tịch"
    )
    AwardFactory(decision=draft)

    with pytest.raises(DomainError) as refusal:
        issue(draft, actor=leader)

    assert refusal.value.code == "not_a_correction"


def test_issue_by_reviewer_of_the_commune(commune):
    reviewer = user_with("reviewer", commune)
    decision = DecisionFactory(unit=commune, tier="commune")
    AwardFactory(decision=decision, unit=commune)

    assert reviewer.has_perm("awards.issue_decision", decision)
    assert issue_past(decision, actor=reviewer).state == DecisionState.ISSUED


def test_issue_award_that_came_from_no_nomination_refused_by_its_name(leader):
    decision = AwardFactory(nominated=True).decision
    direct = AwardFactory(decision=decision)

    with pytest.raises(DomainError) as refusal:
        issue(decision, actor=leader)

    assert refusal.value.code == "not_nominated"
    assert direct.recipient_name in str(refusal.value)
    assert decision.awards.exclude(pk=direct.pk).get().recipient_name not in str(refusal.value)


def test_issue_by_who_nominated_once_others_have_examined_and_approved(commune):
    signer, local = user_with("reviewer", commune), form_on("commune", timezone.localdate())
    recipient = RecipientFactory(unit=commune)
    (row,) = approved(recipient=recipient, form=local, typed_by=signer)
    (draft,) = draw([(row.pk, row.version)], actor=user_with("official", commune)).decisions
    head = {
        "number": "9/QĐ",
        "signed_on": timezone.localdate(),
        "signer": "Trần A",
        "signer_post": "Chủ tịch",
    }
    Decision.objects.filter(pk=draft.pk).update(**head)

    assert issue(draft, actor=signer).state == DecisionState.ISSUED
