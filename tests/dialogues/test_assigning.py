import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogues import assigning
from dialogues.models import Opinion, OpinionStep
from mobilization.messaging.models import Message
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory

LATER = HELD_ON + datetime.timedelta(days=30)


def seen(*opinions):
    return [(one.pk, one.version) for one in opinions]


def assign(official, rows, **words):
    return assigning.assign(
        Opinion.objects.visible_to(official), rows, actor=official, **{"unit": None, "due_on": None} | words
    )


def test_assign_sets_unit_and_due_date_with_steps_and_one_message(ward, other_ward, official, stranger):
    dialogue = DialogueFactory(unit=ward, held=True)
    opinions = [OpinionFactory(dialogue=dialogue) for _number in range(3)]

    outcome = assign(official, seen(*opinions), unit=other_ward, due_on=LATER)

    assert len(outcome.done) == 3
    assert set(Opinion.objects.values_list("unit_in_charge", "due_on", "version")) == {
        (other_ward.pk, LATER, 2)
    }
    assert OpinionStep.objects.filter(act="assign", to_unit=other_ward).count() == 3
    assert list(Message.objects.values_list("recipient", "kind")) == [(stranger.pk, "opinion.many_in_charge")]


def test_assign_tells_the_unit_of_a_due_date_only_where_it_is_that_of_all(
    ward, other_ward, official, stranger
):
    dialogue = DialogueFactory(unit=ward, held=True)
    opinions = [OpinionFactory(dialogue=dialogue, due_on=day) for day in (LATER, None, LATER)]

    assign(official, seen(*opinions), unit=other_ward)

    assert Message.objects.get().data["due_on"] is None


def test_assign_leaves_out_what_is_closed_changed_or_of_another_unit(ward, other_ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)
    closed = OpinionFactory(dialogue=dialogue, status="outside_competence")
    changed = OpinionFactory(dialogue=dialogue, version=2)
    foreign = OpinionFactory(dialogue=DialogueFactory(unit=other_ward, held=True), unit_in_charge=ward)
    rows = [(closed.pk, 1), (changed.pk, 1), (foreign.pk, 1)]

    outcome = assign(official, rows, due_on=LATER)

    assert not outcome.done
    assert len({reason for _opinion, reason in outcome.left_out}) == 3
    assert not OpinionStep.objects.exists()


def test_assign_due_before_the_dialogue_is_left_out(ward, official):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True))

    outcome = assign(official, seen(opinion), due_on=HELD_ON - datetime.timedelta(days=1))

    assert [one for one, _reason in outcome.left_out] == [opinion]


def test_assign_many_takes_as_many_statements_as_few(ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)
    official.units_of()
    counts = []
    for number in (1, 3):
        rows = seen(*(OpinionFactory(dialogue=dialogue) for _number in range(number)))
        with CaptureQueriesContext(connection) as found:
            assert len(assign(official, rows, due_on=LATER).done) == number
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("tampered", ["", "x", "1:2:3"])
def test_assign_page_with_a_broken_ticket_changes_nothing(client, ward, official, tampered):
    OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True))
    client.force_login(official)

    answer = client.post("/desk/dialogues/opinions/assign/", {"ticket": tampered, "due_on": "01/06/2026"})

    assert answer.status_code == 302
    assert not OpinionStep.objects.exists()


def test_assign_page_previews_all_rows_of_the_filter_and_does_it(client, ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)
    wanted = OpinionFactory(dialogue=dialogue, field="land")
    other = OpinionFactory(dialogue=dialogue, field="security")
    client.force_login(official)

    page = client.get("/desk/dialogues/opinions/assign/", {"rows": "all", "q": "field=land"})
    assert page.context["will"] == [wanted]
    empty = client.post("/desk/dialogues/opinions/assign/", {"ticket": page.context["ticket"]})
    assert empty.status_code == 422
    done = client.post(
        "/desk/dialogues/opinions/assign/", {"ticket": page.context["ticket"], "due_on": "01/06/2026"}
    )

    assert done["Location"] == "/desk/dialogues/opinions/?field=land"
    wanted.refresh_from_db()
    other.refresh_from_db()
    assert (wanted.due_on, other.due_on) == (datetime.date(2026, 6, 1), None)
