import datetime

import pytest

from dialogues import notices
from mobilization.messaging.models import Message
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory

ON = HELD_ON + datetime.timedelta(days=60)


def told():
    return sorted(Message.objects.values_list("recipient", "kind"))


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (4, []),
        (3, ["opinion.due_soon"]),
        (0, ["opinion.due_soon"]),
        (-1, ["opinion.overdue"]),
        (-7, ["opinion.overdue"]),
        (-8, ["opinion.still_overdue"]),
    ],
)
def test_remind_tells_the_unit_in_charge_by_the_days_to_the_due_date(
    ward, other_ward, official, stranger, days, kinds
):
    due_on = ON + datetime.timedelta(days=days)
    OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=other_ward, due_on=due_on)

    assert notices.remind(ON) == len(kinds)
    assert notices.remind(ON) == 0
    assert told() == [(stranger.pk, kind) for kind in kinds]


def test_remind_without_a_unit_in_charge_tells_the_recording_unit(ward, official):
    OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), due_on=ON)

    assert notices.remind(ON) == 1
    assert told() == [(official.pk, "opinion.due_soon")]


def test_remind_leaves_out_what_is_closed(ward, official):
    OpinionFactory(
        dialogue=DialogueFactory(unit=ward, held=True),
        unit_in_charge=ward,
        due_on=ON,
        status="outside_competence",
    )

    assert notices.remind(ON) == 0
