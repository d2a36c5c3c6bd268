import pytest
from django.utils import timezone

from awards.models import Acknowledgement, Examination, Nomination
from awards.nominating import judging
from awards.states import NominationState
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.messaging.models import Message
from tests.accounts.factories import UserFactory
from tests.awards.factories import NominationFactory, approved, examination, examined, submitted
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, succeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge():
    return UserFactory()


def acts(row):
    return list(row.steps.values_list("act", flat=True))


def test_examine_many_at_once_each_keeps_its_votes(judge):
    rows = submitted(3)
    votes = {row.pk: (place + 5, place) for place, row in enumerate(rows)}

    outcome = judging.examine(examination(), votes, {row.pk: row.version for row in rows}, actor=judge)

    assert len(outcome.done) == 3
    found = Nomination.objects.select_related("vote").order_by("pk")
    assert [(row.state, row.vote.votes_for, row.vote.votes_against) for row in found] == [
        ("examined", 5, 0),
        ("examined", 6, 1),
        ("examined", 7, 2),
    ]
    assert AuditEntry.objects.filter(act="nomination.examine").count() == 3
    assert AuditEntry.objects.get(act="nomination.session").data["nominations"] == 3


def test_examine_again_the_later_votes_count_the_earlier_stay_on_record(judge):
    (row,) = examined(votes=(2, 8))

    again = examination(number="06/BB-HĐ")
    judging.examine(again, {row.pk: (9, 1)}, {row.pk: row.version}, actor=judge)

    row.refresh_from_db()
    assert row.vote.examination == again
    assert row.votes.count() == 2


def test_examine_more_votes_than_present_refused_at_its_line_and_nothing_written(judge):
    (row,) = submitted()

    with pytest.raises(DomainError) as refusal:
        judging.examine(examination(present=5), {row.pk: (4, 2)}, {row.pk: row.version}, actor=judge)

    assert set(refusal.value.fields) == {f"for-{row.pk}"}
    assert not Examination.objects.exists()


def test_examine_one_that_changed_since_nothing_is_written(judge):
    rows = submitted(2)
    versions = {rows[0].pk: rows[0].version, rows[1].pk: rows[1].version - 1}

    with pytest.raises(Conflict, match=rows[1].recipient_name):
        judging.examine(examination(), {row.pk: (9, 1) for row in rows}, versions, actor=judge)

    assert not Examination.objects.exists()
    assert not Nomination.objects.filter(state="examined").exists()


def test_examine_what_another_body_grants_refused(judge):
    (row,) = submitted()

    with pytest.raises(DomainError):
        judging.examine(examination(unit=UnitFactory()), {row.pk: (9, 1)}, {}, actor=judge)


@pytest.mark.parametrize("who", ["typed_by", "submitted_by"])
@pytest.mark.parametrize("act", ["return_", "approve", "decline"])
def test_judge_own_nomination_refused(who, act):
    (row,) = examined()
    words = {} if act == "approve" else {"reason": "Chưa rõ"}

    with pytest.raises(NotAllowed):
        getattr(judging, act)(row, actor=getattr(row, who), **words)

    row.refresh_from_db()
    assert row.state == NominationState.EXAMINED


def test_approve_without_warning(judge):
    (row,) = examined()

    judging.approve(row, actor=judge, seen_version=row.version)

    row.refresh_from_db()
    assert row.state == NominationState.APPROVED
    assert acts(row) == ["submit", "examine", "approve"]


def test_approve_with_a_warning_asks_for_words_and_keeps_them(judge):
    (row,) = examined(votes=(3, 7))

    with pytest.raises(DomainError) as refusal:
        judging.approve(row, actor=judge)
    assert set(refusal.value.fields) == {"too_few_votes"}

    judging.approve(row, actor=judge, words={"too_few_votes": "  Hội đồng thống nhất xét lại  "})
    kept = Acknowledgement.objects.get()
    assert (kept.code, kept.words, kept.actor) == ("too_few_votes", "Hội đồng thống nhất xét lại", judge)
    assert "3" in kept.told


def test_approve_blank_words_refused(judge):
    (row,) = examined(votes=(3, 7))

    with pytest.raises(DomainError):
        judging.approve(row, actor=judge, words={"too_few_votes": " \n "})

    assert Nomination.objects.get().state == "examined"


def test_approve_for_a_unit_that_ended_is_blocked_whatever_the_words(judge, closed_unit_row):
    words = {"unit_ended": "Vẫn khen", "form_ended": "Vẫn khen"}

    with pytest.raises(DomainError) as refusal:
        judging.approve(closed_unit_row, actor=judge, words=words)

    assert refusal.value.code == "blocked"
    assert not Acknowledgement.objects.exists()


@pytest.fixture
def closed_unit_row():
    (row,) = examined()
    succeed(row.unit, UnitFactory(), on=timezone.localdate())
    row.refresh_from_db()
    return row


def test_approve_many_does_what_can_be_done_and_tells_the_rest(judge):
    rows = [*examined(2), *examined(1, votes=(2, 8))]

    outcome = judging.approve_many([(row.pk, row.version) for row in rows], actor=judge, words={})

    assert {row.pk for row in outcome.done} == {rows[0].pk, rows[1].pk}
    assert [pk for pk, _refusal in outcome.skipped] == [rows[2].pk]


def test_approve_not_examined_reads_where_it_stands(judge):
    (row,) = submitted()

    with pytest.raises(Conflict, match=row.steps.last().actor.full_name):
        judging.approve(row, actor=judge)


def test_return_clears_the_votes_and_tells_the_sender(judge):
    (row,) = examined()

    judging.return_(row, actor=judge, reason="Thiếu báo cáo")

    row.refresh_from_db()
    assert (row.state, row.vote) == ("returned", None)
    told = Message.objects.get()
    assert (told.recipient, told.kind) == (row.submitted_by, "nomination.returned")


def test_return_of_an_approved_one_is_possible_until_it_stands_in_a_decision(judge):
    (row,) = approved()

    judging.return_(row, actor=judge, reason="Sai tên")

    row.refresh_from_db()
    assert row.state == "returned"


@pytest.mark.parametrize("act", ["return_", "decline"])
def test_judge_without_reason_refused(judge, act):
    (row,) = examined()

    with pytest.raises(DomainError) as refusal:
        getattr(judging, act)(row, actor=judge, reason="  ")

    assert set(refusal.value.fields) == {"reason"}


def test_decline_many_one_message_for_all_of_a_sender(judge):
    rows = examined(3)

    judging.decline_many([(row.pk, row.version) for row in rows], actor=judge, reason="Chưa đủ")

    assert Message.objects.count() == 1
    assert Message.objects.get().data["count"] == 3


def test_judge_many_statements_do_not_grow_with_the_rows(judge, django_assert_max_num_queries):
    counts = []
    for number in (1, 12):
        rows = examined(number, registration=None)
        with django_assert_max_num_queries(40) as captured:
            judging.approve_many([(row.pk, row.version) for row in rows], actor=judge, words={})
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_approve_registration_not_recognised_is_a_warning(judge):
    registration = RegistrationFactory(accepted=True)
    (row,) = examined(registration=registration)

    with pytest.raises(DomainError) as refusal:
        judging.approve(row, actor=judge)

    assert set(refusal.value.fields) == {"not_recognised"}


def test_proposed_is_not_judged(judge):
    row = NominationFactory()

    with pytest.raises(Conflict):
        judging.decline(row, actor=judge, reason="Không")
