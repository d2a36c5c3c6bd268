import datetime
import threading

import pytest
from django.db import connection

from dialogues.models import Dialogue
from dialogues.states import Act, State
from dialogues.transitions import dialogue as acts
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import user_with
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory
from tests.units.factories import UnitFactory


def unsaved(unit, **facts):
    return Dialogue(unit=unit, **{"topic": "Vệ sinh môi trường", "held_on": HELD_ON} | facts)


def test_dialogue_walks_from_plan_to_published(ward, official):
    dialogue = acts.plan(unsaved(ward), actor=official)
    dialogue = acts.announce(dialogue, actor=official, announced_on=datetime.date(2026, 3, 2))
    dialogue = acts.hold(dialogue, actor=official, attending=150, spoke=14)
    dialogue = acts.publish(
        dialogue,
        actor=official,
        published_on=datetime.date(2026, 3, 18),
        conclusion_number="12/TB-UBND",
        conclusion_date=datetime.date(2026, 3, 16),
    )

    dialogue.refresh_from_db()
    assert dialogue.state == State.PUBLISHED
    assert (dialogue.attending, dialogue.spoke, dialogue.conclusion_number) == (150, 14, "12/TB-UBND")
    steps = list(dialogue.steps.values_list("act", "from_state", "to_state", "version"))
    assert steps == [
        (Act.PLAN, "", State.PLANNED, 1),
        (Act.ANNOUNCE, State.PLANNED, State.ANNOUNCED, 2),
        (Act.HOLD, State.ANNOUNCED, State.HELD, 3),
        (Act.PUBLISH, State.HELD, State.PUBLISHED, 4),
    ]
    entries = AuditEntry.objects.filter(target_id=str(dialogue.pk), act__startswith="dialogue.").order_by(
        "id"
    )
    assert [(entry.act, entry.actor, entry.unit) for entry in entries] == [
        (f"dialogue.{act}", official, ward) for act in ("plan", "announce", "hold", "publish")
    ]
    assert dialogue.events.count() == 4


def test_record_saves_a_held_dialogue_in_one_act(ward, official):
    dialogue = acts.record(
        unsaved(ward, summary_only=True, opinions_total=12, opinions_on_spot=9), actor=official
    )

    assert (dialogue.state, dialogue.version) == (State.HELD, 1)
    assert list(dialogue.steps.values_list("act", "to_state")) == [(Act.RECORD, State.HELD)]


@pytest.mark.parametrize(
    ("trait", "act"),
    [
        ({}, acts.hold),
        ({}, acts.publish),
        ({"announced": True}, acts.announce),
        ({"announced": True}, acts.publish),
        ({"held": True}, acts.announce),
        ({"held": True}, acts.hold),
        ({"published": True}, acts.publish),
        ({"cancelled": True}, acts.announce),
        ({"cancelled": True}, acts.hold),
    ],
)
def test_move_from_a_wrong_state_is_refused(ward, official, trait, act):
    dialogue = DialogueFactory(unit=ward, **trait)

    with pytest.raises(DomainError) as refusal:
        act(dialogue, actor=official)

    assert refusal.value.code == "wrong_state"
    assert dialogue.steps.count() == 0


def test_cancel_without_words_is_refused(ward, official):
    with pytest.raises(DomainError) as refusal:
        acts.cancel(DialogueFactory(unit=ward), actor=official, reason="  ")

    assert set(refusal.value.fields) == {"reason"}


def test_cancel_keeps_the_reason(ward, official):
    dialogue = acts.cancel(DialogueFactory(unit=ward, announced=True), actor=official, reason=" Mưa bão ")

    assert (dialogue.state, dialogue.cancel_reason) == (State.CANCELLED, "Mưa bão")
    assert dialogue.steps.get().reason == "Mưa bão"


@pytest.mark.parametrize("trait", ["held", "published"])
def test_cancel_after_it_was_held_is_refused(ward, official, trait):
    with pytest.raises(DomainError, match=r".") as refusal:
        acts.cancel(DialogueFactory(unit=ward, **{trait: True}), actor=official, reason="Nhầm")

    assert refusal.value.code == "wrong_state"


def test_hold_of_a_day_to_come_is_refused(ward, official):
    dialogue = DialogueFactory(unit=ward, announced=True, held_on=datetime.date(2099, 1, 1))

    with pytest.raises(DomainError) as refusal:
        acts.hold(dialogue, actor=official)

    assert set(refusal.value.fields) == {"held_on"}


def test_hold_for_a_unit_no_longer_in_force_is_refused(official):
    gone = UnitFactory(kind="ward", valid_to=datetime.date(2025, 7, 1))
    dialogue = DialogueFactory(unit=gone, announced=True)

    with pytest.raises(DomainError) as refusal:
        acts.hold(dialogue, actor=official)

    assert set(refusal.value.fields) == {"unit"}


def test_edit_writes_what_changed_and_nothing_else(ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)

    changed = acts.edit(dialogue, {"topic": "Đất đai", "venue": dialogue.venue}, actor=official)

    assert (changed.topic, changed.version) == ("Đất đai", 2)
    assert dialogue.steps.get().changed == ["topic"]


def test_edit_without_a_change_writes_nothing(ward, official):
    dialogue = DialogueFactory(unit=ward)

    unchanged = acts.edit(dialogue, {"topic": dialogue.topic}, actor=official)

    assert unchanged.version == 1
    assert dialogue.steps.count() == 0


def test_edit_of_the_unit_after_it_was_held_is_refused(ward, other_ward, official):
    with pytest.raises(DomainError) as refusal:
        acts.edit(DialogueFactory(unit=ward, held=True), {"unit": other_ward}, actor=official)

    assert set(refusal.value.fields) == {"unit"}


def test_edit_to_a_day_after_an_opinion_is_due_is_refused(official):
    opinion = OpinionFactory(due_on=HELD_ON + datetime.timedelta(days=5))

    with pytest.raises(DomainError) as refusal:
        acts.edit(opinion.dialogue, {"held_on": HELD_ON + datetime.timedelta(days=6)}, actor=official)

    assert set(refusal.value.fields) == {"held_on"}


def test_edit_to_a_summary_where_opinions_are_is_refused(official):
    dialogue = OpinionFactory().dialogue

    with pytest.raises(DomainError) as refusal:
        acts.edit(dialogue, {"summary_only": True, "opinions_total": 3}, actor=official)

    assert set(refusal.value.fields) == {"summary_only"}


def test_act_on_a_version_seen_before_another_act_says_who_was_first(ward, official, city_staff):
    seen = DialogueFactory(unit=ward)
    acts.announce(seen, actor=city_staff, announced_on=HELD_ON)

    with pytest.raises(Conflict) as refusal:
        acts.cancel(seen, actor=official, reason="Mưa", seen_version=1)

    assert city_staff.full_name in refusal.value.message


@pytest.mark.django_db(transaction=True)
def test_two_actors_at_once_one_acts_and_the_other_reads_what_happened():
    ward = UnitFactory(kind="ward")
    people = [user_with(Role.OFFICIAL, ward), user_with(Role.OFFICIAL, ward)]
    dialogue = DialogueFactory(unit=ward, announced=True, typed_by=people[0])
    start, outcomes = threading.Barrier(2), []

    def act(person, move, **facts):
        seen = Dialogue.objects.get(pk=dialogue.pk)
        start.wait()
        try:
            outcomes.append(move(seen, actor=person, **facts).state)
        except Conflict as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=(people[0], acts.hold)),
        threading.Thread(target=act, args=(people[1], acts.cancel), kwargs={"reason": "Mưa bão"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    dialogue.refresh_from_db()
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert len(refusals) == 1
    assert [outcome for outcome in outcomes if outcome not in refusals] == [dialogue.state]
    assert dialogue.steps.count() == 1
    assert dialogue.steps.get().actor.full_name in refusals[0].message
