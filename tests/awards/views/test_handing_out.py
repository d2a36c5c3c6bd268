import pytest
from django.urls import reverse

from awards.models import Handover
from tests.awards.certificates.factories import HandoverFactory
from tests.awards.factories import issued

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def typed(**changes):
    words = {"handed_on": "06/02/2026", "received_by": "Bà Mai", "handed_by": "Ông Bình", "note": ""}
    return words | changes


def test_hand_out_ticked_ones(client, staff):
    client.force_login(staff)
    decision = issued(3)
    ticked = [award.pk for award in decision.awards.order_by("pk")[:2]]

    answer = client.post(url("hand_out", decision.pk), typed(awards=ticked))

    assert answer.url == url("hand_out", decision.pk)
    assert set(Handover.objects.values_list("award", flat=True)) == set(ticked)
    page = client.get(answer.url).content.decode()
    assert "Bà Mai" in page


def test_hand_out_all_that_wait(client, staff):
    client.force_login(staff)
    decision = issued(3)
    HandoverFactory(award=decision.awards.first())

    client.post(url("hand_out", decision.pk), typed(all_waiting="on"))

    assert Handover.objects.standing().count() == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"awards": []},
        {"received_by": ""},
        {"received_by": "a\x00b"},
        {"received_by": "x" * 201},
        {"handed_on": "31/02/2026"},
        {"handed_on": "01/01/0000"},
        {"handed_on": "04/02/2026"},
        {"handed_on": "01/01/2099"},
        {"awards": ["9" * 30]},
        {"awards": ["-1"]},
        {"awards": ["x"]},
    ],
)
def test_hand_out_bad_input_is_told_and_what_was_typed_stays(client, staff, changes):
    client.force_login(staff)
    decision = issued()
    ticked = [award.pk for award in decision.awards.all()]

    answer = client.post(
        url("hand_out", decision.pk), typed(**{"awards": ticked, "note": "Ghi chú"} | changes)
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "Ghi chú" in answer.content.decode()
    assert not Handover.objects.exists()


def test_take_back_asks_for_the_reason(client, staff):
    client.force_login(staff)
    row = HandoverFactory(award=issued().awards.get())
    page = url("take_back", row.pk)

    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).context["form"].errors
    answer = client.post(page, {"reason": "Nhầm"})

    row.refresh_from_db()
    assert answer.url == url("hand_out", row.award.decision_id)
    assert (row.stands, row.undo_reason) == (False, "Nhầm")
    assert client.get(page).status_code == 404
