"""What is marked as sensitive: who reads it, and that each reading is logged."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dialogues.models import Opinion
from dialogues.transitions import opinion as acts
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import DomainError
from tests.accounts.factories import user_with
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.units.factories import UnitFactory, city

SECRET = "Tố cáo cán bộ X nhận tiền"


@pytest.fixture
def opinion(ward, other_ward):
    return OpinionFactory(
        dialogue=DialogueFactory(unit=ward, held=True),
        unit_in_charge=other_ward,
        is_sensitive=True,
        text=SECRET,
        matter=SECRET,
    )


def readings():
    return AuditEntry.objects.of_act("opinion.read_sensitive")


def test_sensitive_is_read_by_both_units_and_city_staff_each_time_logged(
    client, opinion, official, reviewer, stranger, city_staff
):
    for number, user in enumerate((official, reviewer, stranger, city_staff), 1):
        client.force_login(user)
        assert SECRET in client.get(opinion.get_absolute_url()).content.decode()
        assert readings().count() == number
        assert set(readings().values_list("actor", flat=True)) >= {user.pk}


def test_sensitive_does_not_exist_for_others(client, opinion, auditor):
    third = user_with(Role.OFFICIAL, UnitFactory(kind="ward"))
    leader = user_with(Role.CITY_LEADER, city())
    for user in (auditor, leader, third):
        client.force_login(user)
        assert client.get(opinion.get_absolute_url()).status_code == 404
        assert not Opinion.objects.visible_to(user).exists()
        assert not user.has_perm("dialogues.view_opinion", opinion)
    assert not readings().exists()


def test_sensitive_above_the_unit_is_not_enough(db):
    district = UnitFactory(kind="rural_district")
    opinion = OpinionFactory(dialogue__unit=UnitFactory(parent=district), is_sensitive=True)

    assert not Opinion.objects.visible_to(user_with(Role.REVIEWER, district)).exists()
    assert Opinion.objects.visible_to(user_with(Role.REVIEWER, opinion.dialogue.unit)).exists()


@pytest.mark.parametrize("name", ["opinion_edit", "opinion_answer"])
def test_sensitive_pages_that_show_the_text_are_logged_too(client, opinion, official, name):
    client.force_login(official)
    client.get(reverse(f"dialogues:{name}", args=[opinion.pk]))

    assert readings().count() == 1


def test_sensitive_form_that_is_shown_again_is_logged_as_well(client, opinion, official):
    client.force_login(official)

    answer = client.post(reverse("dialogues:opinion_answer", args=[opinion.pk]), {"version": opinion.version})

    assert answer.status_code == 422
    assert SECRET in answer.content.decode()
    assert readings().count() == 1


def test_sensitive_words_stand_in_no_list_screen_or_export(client, opinion, official):
    client.force_login(official)
    pk = opinion.dialogue_id
    addresses = [
        reverse("dialogues:opinions"),
        reverse("dialogues:detail", args=[pk]),
        reverse("dialogues:table", args=[pk]),
        reverse("dialogues:screen", args=[pk]),
        reverse("dialogues:opinion_export", args=["csv"]),
        "/desk/",
    ]
    for address in addresses:
        answer = client.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        assert answer.status_code == 200
        assert SECRET not in body.decode(), address


def test_sensitive_is_not_published_and_what_is_published_is_not_marked(opinion, official):
    with pytest.raises(DomainError):
        acts.publish_text(opinion, actor=official, public_text="Chung chung")
    public = OpinionFactory(is_public=True, public_text="Chung chung")
    with pytest.raises(DomainError):
        acts.edit(public, {"is_sensitive": True}, actor=official)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=public.pk).update(is_sensitive=True)


def test_sensitive_page_offers_no_publishing(client, opinion, official):
    client.force_login(official)
    address = reverse("dialogues:opinion_publish_text", args=[opinion.pk])
    assert address not in client.get(opinion.get_absolute_url()).content.decode()

    Opinion.objects.filter(pk=opinion.pk).update(is_sensitive=False)

    assert address in client.get(opinion.get_absolute_url()).content.decode()


def test_sensitive_is_still_counted(opinion):
    assert Opinion.objects.of_counted_dialogues().count() == 1
