import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from dialogues.models import Dialogue, DialogueStep, Opinion
from dialogues.states import Chair, OpinionStatus, State
from dialogues.transitions import dialogue as acts
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory

BEFORE, AFTER = HELD_ON - datetime.timedelta(days=1), HELD_ON + datetime.timedelta(days=1)


def breaks(name, act):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("dialogue_state_known", {"state": "lost"}),
        ("dialogue_kind_known", {"kind": "weekly"}),
        ("dialogue_form_known", {"form": "letter"}),
        ("dialogue_chairs_known", {"chairs": ["mayor"]}),
        ("dialogue_topic_given", {"topic": ""}),
        ("dialogue_published_with_date", {"state": State.PUBLISHED}),
        ("dialogue_published_with_date", {"published_on": AFTER}),
        ("dialogue_announced_with_date", {"state": State.ANNOUNCED}),
        ("dialogue_cancelled_with_reason", {"state": State.CANCELLED}),
        ("dialogue_cancelled_with_reason", {"cancel_reason": "Mưa"}),
        ("dialogue_plan_and_notice_before", {"plan_date": AFTER}),
        ("dialogue_plan_and_notice_before", {"announced_on": AFTER}),
        ("dialogue_results_after", {"minutes_date": BEFORE}),
        ("dialogue_results_after", {"conclusion_date": BEFORE}),
        ("dialogue_spoke_attended", {"attending": 3, "spoke": 4}),
        ("dialogue_totals_need_summary", {"state": State.HELD, "opinions_total": 4}),
        ("dialogue_totals_need_summary", {"summary_only": True}),
        ("dialogue_totals_add_up", {"summary": True, "opinions_total": 11}),
        ("dialogue_totals_add_up", {"summary": True, "opinions_total": None}),
    ],
)
def test_dialogue_that_cannot_be_is_refused_by_the_database(db, constraint, facts):
    breaks(constraint, lambda: DialogueFactory(**facts))


def test_summary_without_any_total_is_kept(db):
    assert DialogueFactory(held=True, summary_only=True).opinions_total is None


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("opinion_status_known", {"status": "lost"}),
        ("opinion_field_known", {"field": "weather"}),
        ("opinion_has_text", {"text": ""}),
        ("opinion_has_text", {"matter": ""}),
        ("opinion_resolved_with_answer", {"status": OpinionStatus.RESOLVED, "answer": "Xong"}),
        ("opinion_resolved_with_answer", {"status": OpinionStatus.RESOLVED, "answered_on": AFTER}),
        ("opinion_refused_with_reason", {"status": OpinionStatus.NOT_ACCEPTED}),
        ("opinion_public_with_text", {"is_public": True}),
    ],
)
def test_opinion_that_cannot_be_is_refused_by_the_database(db, constraint, facts):
    breaks(constraint, lambda: OpinionFactory(**facts))


def test_two_opinions_of_one_number_are_refused_by_the_database(db):
    opinion = OpinionFactory()

    breaks("opinion_order_once", lambda: OpinionFactory(dialogue=opinion.dialogue, order=opinion.order))


def test_opinion_of_a_summary_is_refused_by_the_database(db):
    summary = DialogueFactory(summary=True)

    breaks("is summary only", lambda: OpinionFactory(dialogue=summary))


def test_opinion_moved_to_a_summary_is_refused_by_the_database(db):
    opinion, summary = OpinionFactory(), DialogueFactory(summary=True)

    breaks("is summary only", lambda: Opinion.objects.filter(pk=opinion.pk).update(dialogue=summary))


def test_summary_of_a_dialogue_with_opinions_is_refused_by_the_database(db):
    dialogue = OpinionFactory().dialogue

    breaks("has opinions", lambda: Dialogue.objects.filter(pk=dialogue.pk).update(summary_only=True))


def test_step_can_neither_be_changed_nor_deleted(ward, official):
    acts.plan(Dialogue(unit=ward, topic="Đất đai", held_on=HELD_ON), actor=official)

    for attempt in (lambda: DialogueStep.objects.update(reason="khác"), DialogueStep.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_chair_labels_follow_the_rank(db):
    dialogue = DialogueFactory(chairs=["committee_chair", "party_secretary"])

    assert dialogue.chair_labels() == [Chair.PARTY_SECRETARY.label, Chair.COMMITTEE_CHAIR.label]
