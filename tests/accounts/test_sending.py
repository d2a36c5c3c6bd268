"""A form that makes a record makes one, however often and at how many places at once it is sent."""

import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Dialogue, Opinion
from mobilization.accounts.models import Sending
from mobilization.accounts.services.sending import KEPT, send_once
from mobilization.core.errors import DomainError
from tests.accounts.factories import UserFactory, user_with
from tests.dialogues.factories import DialogueFactory
from tests.units.factories import UnitFactory

THREADS = 4


def at_once(work):
    """Run ``work`` in some threads at the same time and return what each gave."""
    outcomes, together = [], threading.Barrier(THREADS)

    def run():
        try:
            together.wait()
            outcomes.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db
def test_send_twice_writes_once_and_leads_to_the_same_place():
    person, token, written = UserFactory(), uuid.uuid4(), []

    def write():
        written.append(1)
        return "/desk/x/"

    assert send_once(person, token, write) == ("/desk/x/", True)
    assert send_once(person, token, write) == ("/desk/x/", False)
    assert send_once(UserFactory(), token, write) == ("/desk/x/", True)
    assert len(written) == 2


@pytest.mark.django_db
def test_send_that_is_refused_may_be_sent_again():
    person, token = UserFactory(), uuid.uuid4()

    def refuse():
        raise DomainError("x")

    with pytest.raises(DomainError):
        send_once(person, token, refuse)
    assert send_once(person, token, lambda: "/desk/") == ("/desk/", True)


@pytest.mark.django_db
def test_send_forgets_what_is_older_than_a_page_lies_open():
    person = UserFactory()
    long_ago = timezone.now() - KEPT - datetime.timedelta(minutes=1)
    old = Sending.objects.create(person=person, token=uuid.uuid4(), sent_at=long_ago)
    send_once(person, uuid.uuid4(), lambda: "/desk/")
    assert not Sending.objects.filter(pk=old.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_dialogue_sent_by_clicks_at_once_is_made_once(client):
    ward = UnitFactory()
    official = user_with("official", ward)
    client.force_login(official)
    address = reverse("dialogues:new")
    facts = {
        "unit": ward.pk,
        "kind": "periodic",
        "topic": "Vệ sinh",
        "held_on": "10/03/2026",
        "starts_at": "8h30",
        "venue": "Nhà văn hóa",
        "form": "in_person",
        "chairs": ["party_secretary"],
        "plan_number": "12/KH-UBND",
        "plan_date": "05/02/2026",
        "sending": str(client.get(address).context["sending"]),
    }
    answers = at_once(lambda: _posted(official, address, facts))
    made = Dialogue.objects.get()
    assert answers == [(302, made.get_absolute_url())] * THREADS


@pytest.mark.django_db(transaction=True)
def test_opinion_sent_by_clicks_at_once_is_made_once(client):
    ward = UnitFactory()
    official = user_with("official", ward)
    client.force_login(official)
    address = reverse("dialogues:opinion_new", args=[DialogueFactory(held=True, unit=ward).pk])
    facts = {"field": "economy", "matter": "Rác", "text": "Rác chưa được thu gom.", "next": "1"}
    facts["sending"] = str(client.get(address).context["sending"])
    answers = at_once(lambda: _posted(official, address, facts))
    assert answers == [(302, address)] * THREADS
    assert Opinion.objects.count() == 1


@pytest.mark.django_db
def test_form_that_is_shown_again_keeps_its_token(client):
    client.force_login(user_with("official", UnitFactory()))
    token = str(uuid.uuid4())
    answer = client.post(reverse("dialogues:new"), {"sending": token})
    assert answer.status_code == 422
    assert str(answer.context["sending"]) == token


def _posted(person, address, facts):
    browser = Client()
    browser.force_login(person)
    answer = browser.post(address, facts)
    return answer.status_code, answer.url
