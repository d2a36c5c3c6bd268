"""Who is told what about registrations, and what waits for whom."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from mobilization import celery
from mobilization.accounts.states import Role
from mobilization.accounts.transitions import end_position
from mobilization.messaging import outbox, todos
from mobilization.messaging.models import Delivery, Message
from mobilization.messaging.states import Way
from models_registry import notices, tasks, transitions
from models_registry.announcing import announce
from models_registry.models import Registration, ReviewStep
from models_registry.states import Act, Level
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people
from tests.units.factories import city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def returned(**more) -> tuple:
    """Return a registration that was returned by the act, its official and its reviewer."""
    commune, official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, by_official=official, submitted=True)
    return transitions.return_(submitted, actor=reviewer, reason="Thiếu số liệu", **more), official, reviewer


def tomorrow() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=1)


def test_return_is_told_at_once_to_whoever_typed_it(settings):
    settings.SITE_URL = "https://portal.example"
    registration, official, reviewer = returned(due_on=tomorrow())
    official.language = "en"
    official.save(update_fields=["language"])

    message = Message.objects.get()
    assert (message.recipient, message.actor, message.way) == (official, reviewer, Way.AT_ONCE)
    assert outbox.deliver(Delivery.objects.values_list("pk", flat=True)) == 1

    (sent,) = mail.outbox
    assert sent.to == [official.email]
    assert registration.title in sent.subject
    assert "Thiếu số liệu" in sent.body
    assert f"{tomorrow():%d/%m/%Y}" in sent.body
    assert f"https://portal.example{registration.get_absolute_url()}" in sent.body


def test_return_with_a_line_break_in_the_title_has_a_subject_of_one_line():
    registration, _official, _reviewer = returned()
    Registration.objects.filter(pk=registration.pk).update(title="Khéo trong\nvận động")
    registration = Registration.objects.select_related("unit").get(pk=registration.pk)
    notices.tell("registration.accepted", [registration])
    assert Message.objects.get(kind="registration.accepted").subject.endswith("Khéo trong vận động")


def test_return_of_what_nobody_there_typed_any_more_is_told_to_the_officials_of_the_unit():
    commune, official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, by_official=official, submitted=True)
    successors = [user_with(Role.OFFICIAL, commune) for _number in range(2)]
    end_position(official.positions.get(), actor=user_with(Role.ADMINISTRATOR, city()))

    transitions.return_(submitted, actor=reviewer, reason="Thiếu")

    assert set(Message.objects.values_list("recipient", flat=True)) == {user.pk for user in successors}


def test_announce_of_the_same_step_twice_tells_once():
    returned()
    announce(ReviewStep.objects.get(act=Act.RETURN), {})
    assert Message.objects.count() == 1


def test_due_tomorrow_is_told_once_a_day_with_the_reason():
    registration, official, _reviewer = returned(due_on=tomorrow())
    returned(due_on=tomorrow() + datetime.timedelta(days=1))
    returned()

    assert [tasks.announce_due_tomorrow(), tasks.announce_due_tomorrow()] == [1, 0]

    message = Message.objects.get(kind="registration.due_tomorrow")
    assert (message.recipient, message.url) == (official, registration.get_absolute_url())
    assert "Thiếu số liệu" in message.body


def test_due_tomorrow_takes_as_many_statements_for_three_as_for_one():
    statements = []
    for number in (1, 3):
        day = tomorrow() + datetime.timedelta(days=number)
        for _one in range(number):
            returned(due_on=day)
        with CaptureQueriesContext(connection) as asked:
            assert notices.announce_due(day) == number
        statements.append(len(asked))
    assert statements[0] == statements[1]


@pytest.mark.parametrize(
    "kind",
    ["accepted", "declined", "recognised", "not_recognised", "reminded", "returned", "due_tomorrow"],
)
def test_every_kind_reads_with_nothing_but_the_registration(kind):
    registration = RegistrationFactory(submitted=True, by_official=commune_people()[1])
    official = user_with(Role.OFFICIAL, registration.unit)
    assert notices.tell(f"registration.{kind}", [registration]) == 1
    message = Message.objects.get(recipient=official)
    assert registration.title in message.subject
    assert registration.unit.full_name in message.body
    assert "%(" not in message.body


def test_todos_appear_and_vanish_with_the_work():
    commune, official, reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)

    def waiting(user) -> dict[str, int]:
        return {todo.code: number for todo, number in todos.counts(user)}

    assert (waiting(official), waiting(reviewer)) == ({"registration.submit": 1}, {})
    submitted = transitions.submit(draft, actor=official)
    assert (waiting(official), waiting(reviewer)) == ({}, {"registration.review": 1})
    transitions.return_(submitted, actor=reviewer, reason="Thiếu")
    assert (waiting(official), waiting(reviewer)) == ({"registration.complete": 1}, {})


def test_todo_of_the_outcome_waits_for_whoever_decides_at_the_level():
    commune, official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, recognised=True, by_official=official)
    RegistrationFactory(unit=commune, accepted=True)
    RegistrationFactory(unit=commune, recognised=True, by_official=reviewer)

    def waiting(user) -> list[str]:
        return [
            item.title
            for one in todos.waiting_for(user)
            for item in one.items
            if one.todo.code.endswith("outcome")
        ]

    assert [waiting(user) for user in (official, reviewer, city_staff())] == [[], [registration.title], []]
    transitions.conclude(registration, actor=reviewer, outcome="maintain")
    assert waiting(reviewer) == []


def test_proposal_waits_for_the_level_above():
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, recognised=True)
    transitions.propose(registration, actor=reviewer, level=Level.CITY)
    assert [todo.code for todo, _number in todos.counts(city_staff())] == ["registration.proposal"]
    assert list(todos.counts(reviewer)) == []


def test_handing_a_position_over_moves_what_waits():
    registration, official, _reviewer = returned()
    successor = user_with(Role.OFFICIAL, registration.unit)
    end_position(official.positions.get(), actor=user_with(Role.ADMINISTRATOR, city()))
    official.forget_positions()
    assert list(todos.counts(official)) == []
    assert [item.url for waiting in todos.waiting_for(successor) for item in waiting.items] == [
        registration.get_absolute_url()
    ]


@pytest.fixture
def no_broker(monkeypatch):
    """A broker that does not answer; the pools of connections to it go with the test."""
    monkeypatch.setattr(celery.app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(celery.app, "_pool", None)
    monkeypatch.setattr(celery.app.amqp, "_producer_pool", None)


def test_return_without_a_broker_still_returns(django_capture_on_commit_callbacks, no_broker):
    with django_capture_on_commit_callbacks(execute=True):
        registration, official, _reviewer = returned()

    assert registration.steps.filter(act=Act.RETURN).count() == 1
    assert (official.messages.count(), mail.outbox) == (1, [])
