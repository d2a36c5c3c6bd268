import datetime
import threading

import pytest
from django.db import connection

from dialogues.models import Dialogue, Opinion
from dialogues.states import OpinionAct, OpinionField, OpinionStatus
from dialogues.transitions import dialogue as dialogue_acts
from dialogues.transitions import opinion as acts
from mobilization.accounts.states import Role
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import UserFactory, user_with
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory
from tests.units.factories import UnitFactory

LATER = HELD_ON + datetime.timedelta(days=5)


@pytest.fixture
def actor(db):
    return UserFactory()


def unsaved(dialogue, **facts):
    known = {"field": OpinionField.LAND, "matter": "Đền bù", "text": "Bao giờ chi trả?"}
    return Opinion(dialogue=dialogue, **known | facts)


@pytest.mark.parametrize("trait", ["announced", "held", "published"])
def test_receive_numbers_the_opinions_of_a_dialogue(actor, trait):
    dialogue = DialogueFactory(**{trait: True})

    orders = [acts.receive(unsaved(dialogue), actor=actor).order for _ in range(3)]

    assert orders == [1, 2, 3]
    step = dialogue.opinions.first().steps.get()
    assert (step.act, step.from_status, step.to_status) == (OpinionAct.RECEIVE, "", OpinionStatus.RECEIVED)


@pytest.mark.parametrize("trait", [{}, {"cancelled": True}])
def test_receive_before_the_notice_or_after_cancelling_is_refused(actor, trait):
    with pytest.raises(DomainError) as refusal:
        acts.receive(unsaved(DialogueFactory(**trait)), actor=actor)

    assert refusal.value.code == "wrong_state"


def test_receive_for_a_summary_is_refused(actor):
    with pytest.raises(DomainError) as refusal:
        acts.receive(unsaved(DialogueFactory(summary=True)), actor=actor)

    assert set(refusal.value.fields) == {"text"}


def test_history_shows_every_status_and_the_reopening(actor):
    opinion = OpinionFactory()
    opinion = acts.take_up(opinion, actor=actor)
    opinion = acts.resolve(opinion, actor=actor, answer="Đã thu gom.", answered_on=LATER)
    opinion = acts.reopen(opinion, actor=actor, reason="Rác lại đầy")
    opinion = acts.answer(opinion, actor=actor, answer="Sẽ tăng chuyến.", answered_on=LATER)
    opinion = acts.resolve(opinion, actor=actor, answer="Đã tăng chuyến.", answered_on=LATER)

    opinion.refresh_from_db()
    assert (opinion.status, opinion.reopened, opinion.answer) == (
        OpinionStatus.RESOLVED,
        1,
        "Đã tăng chuyến.",
    )
    assert list(opinion.steps.values_list("act", "from_status", "to_status", "words")) == [
        (OpinionAct.TAKE_UP, OpinionStatus.RECEIVED, OpinionStatus.IN_PROGRESS, ""),
        (OpinionAct.RESOLVE, OpinionStatus.IN_PROGRESS, OpinionStatus.RESOLVED, "Đã thu gom."),
        (OpinionAct.REOPEN, OpinionStatus.RESOLVED, OpinionStatus.IN_PROGRESS, "Rác lại đầy"),
        (OpinionAct.ANSWER, OpinionStatus.IN_PROGRESS, OpinionStatus.IN_PROGRESS, "Sẽ tăng chuyến."),
        (OpinionAct.RESOLVE, OpinionStatus.IN_PROGRESS, OpinionStatus.RESOLVED, "Đã tăng chuyến."),
    ]


def test_answer_on_spot_is_dated_with_the_dialogue(actor):
    opinion = acts.answer_on_spot(OpinionFactory(), actor=actor)

    assert (opinion.status, opinion.answered_on) == (OpinionStatus.ANSWERED_ON_SPOT, HELD_ON)


@pytest.mark.parametrize(
    ("act", "facts", "field"),
    [
        (acts.resolve, {"answer": " "}, "answer"),
        (acts.answer, {"answer": ""}, "answer"),
        (acts.resolve, {"answer": "Xong", "answered_on": datetime.date(2099, 1, 1)}, "answered_on"),
        (acts.not_accept, {"reason": ""}, "reason"),
        (acts.refer_outside, {"reason": " "}, "reason"),
    ],
)
def test_act_without_its_facts_is_refused_at_the_field(actor, act, facts, field):
    opinion = OpinionFactory()

    with pytest.raises(DomainError) as refusal:
        act(opinion, actor=actor, **facts)

    assert set(refusal.value.fields) == {field}
    assert opinion.steps.count() == 0


def test_reopen_of_an_open_opinion_is_refused(actor):
    with pytest.raises(DomainError) as refusal:
        acts.reopen(OpinionFactory(), actor=actor, reason="Chưa xong")

    assert refusal.value.code == "wrong_state"


def test_reopen_clears_the_reason_and_keeps_it_in_the_history(actor):
    opinion = acts.not_accept(OpinionFactory(), actor=actor, reason="Trái quy hoạch")
    opinion = acts.reopen(opinion, actor=actor, reason="Quy hoạch đã sửa", due_on=LATER)

    assert (opinion.reason, opinion.due_on) == ("", LATER)
    assert [step.words for step in opinion.steps.all()] == ["Trái quy hoạch", "Quy hoạch đã sửa"]


def test_due_date_before_the_dialogue_is_refused(actor):
    with pytest.raises(DomainError) as refusal:
        acts.edit(OpinionFactory(), {"due_on": datetime.date(2026, 1, 1)}, actor=actor)

    assert set(refusal.value.fields) == {"due_on"}


def test_publish_text_shows_only_in_a_published_dialogue(actor):
    opinion = acts.publish_text(OpinionFactory(), actor=actor, public_text="Đề nghị thu gom rác.")
    assert list(Opinion.objects.public()) == []

    dialogue_acts.publish(opinion.dialogue, actor=actor, published_on=LATER)

    assert list(Opinion.objects.public()) == [opinion]
    acts.withdraw_text(opinion, actor=actor, reason="Có tên người")
    assert list(Opinion.objects.public()) == []


def test_publish_text_before_the_dialogue_was_held_is_refused(actor):
    opinion = OpinionFactory(dialogue=DialogueFactory(announced=True))

    with pytest.raises(DomainError) as refusal:
        acts.publish_text(opinion, actor=actor, public_text="Rác")

    assert refusal.value.code == "wrong_state"


def test_act_on_a_version_seen_before_another_act_is_a_conflict(actor):
    opinion = OpinionFactory()
    acts.take_up(opinion, actor=actor)

    with pytest.raises(Conflict):
        acts.not_accept(opinion, actor=actor, reason="Không", seen_version=1)


def test_history_of_rows_leaves_the_author_out(actor):
    acts.edit(OpinionFactory(), {"author_name": "Lê Thị Kín"}, actor=actor)

    event = Opinion.objects.get().events.model
    assert "author_name" not in {field.name for field in event._meta.get_fields()}


@pytest.mark.django_db(transaction=True)
def test_summary_and_opinion_at_once_one_of_them_is_refused():
    ward = UnitFactory(kind="ward")
    people = [user_with(Role.OFFICIAL, ward), user_with(Role.OFFICIAL, ward)]
    dialogue = DialogueFactory(unit=ward, held=True, typed_by=people[0])
    start, outcomes = threading.Barrier(2), []

    def run(act):
        seen = Dialogue.objects.get(pk=dialogue.pk)
        start.wait()
        try:
            act(seen)
            outcomes.append("done")
        except DomainError:
            outcomes.append("refused")
        finally:
            connection.close()

    summary = {"summary_only": True, "opinions_total": 3}
    threads = [
        threading.Thread(target=run, args=(lambda seen: dialogue_acts.edit(seen, summary, actor=people[0]),)),
        threading.Thread(target=run, args=(lambda seen: acts.receive(unsaved(seen), actor=people[1]),)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    dialogue.refresh_from_db()
    assert sorted(outcomes) == ["done", "refused"]
    assert dialogue.summary_only != dialogue.opinions.exists()
