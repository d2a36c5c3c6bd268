import datetime

import pytest

from dialogues import notices
from mobilization.messaging import digests
from mobilization.messaging.kinds import body_of, subject_of
from mobilization.messaging.models import Delivery, Message
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


def test_remind_of_old_ones_without_a_unit_in_charge_tells_the_recording_unit_where_they_are(
    client, ward, official, stranger
):
    due_on = ON - datetime.timedelta(days=30)
    held = DialogueFactory(unit=ward, held=True)
    OpinionFactory(dialogue=held, unit_in_charge=ward, due_on=due_on, matter="Của phường")
    OpinionFactory(dialogue=held, due_on=due_on, matter="Chưa giao")

    assert notices.remind(ON) == 2
    assert notices.remind(ON) == 0
    client.force_login(official)
    found = {}
    for message in Message.objects.filter(recipient=official):
        (opinion,) = client.get(message.url).context["object_list"]
        found[opinion.matter] = message.data["uncharged"]
    assert found == {"Của phường": False, "Chưa giao": True}


@pytest.mark.parametrize("days", [2, -2, -30])
def test_remind_says_the_day_in_the_portal_and_in_the_daily_letter(
    ward, official, django_capture_on_commit_callbacks, days
):
    due_on = ON + datetime.timedelta(days=days)
    OpinionFactory(
        dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=ward, due_on=due_on, matter="Đèn ngõ"
    )

    notices.remind(ON)
    message = Message.objects.get(recipient=official)
    assert f"{due_on:%d/%m/%Y}" in body_of(message)
    with django_capture_on_commit_callbacks():
        letter = digests.send_digest(official, ON)
    assert subject_of(message) in letter.body
    assert (f"{due_on:%d/%m/%Y}" in letter.body) is (days > -8)
    assert Delivery.objects.get(recipient=official).digest == letter
