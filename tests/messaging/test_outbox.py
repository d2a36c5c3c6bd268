"""Letters are sent once, tried again when that failed, and given up in the end."""

import datetime
import threading
import time

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone, translation

from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.core.errors import Conflict
from mobilization.messaging import outbox, services, tasks
from mobilization.messaging.models import Delivery, Message
from mobilization.messaging.states import State
from tests.accounts.factories import user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


class BrokenBackend(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


class SlowBackend(EmailBackend):
    """A mail server that takes its time."""

    def send_messages(self, messages):
        time.sleep(0.3)
        return super().send_messages(messages)


@pytest.fixture
def broken(settings):
    """The mail server is away; the test says when it comes back."""
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.messaging.test_outbox.BrokenBackend"
    return lambda: setattr(settings, "EMAIL_BACKEND", working)


def queued(**user) -> Delivery:
    services.send("test.alarm", [user_with(Role.OFFICIAL, UnitFactory(), **user)], data={"title": "Khéo"})
    return Delivery.objects.latest("pk")


def make_due(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(next_try_at=timezone.now() - datetime.timedelta(seconds=1))


def test_deliver_sends_once_in_the_language_of_the_reader(settings):
    settings.SITE_URL = "https://portal.example"
    delivery = queued(language="en")

    with translation.override("vi"):
        sent = [outbox.deliver([delivery.pk]), outbox.deliver([delivery.pk]), outbox.deliver_due()]

    assert sent == [1, 0, 0]
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Alarm: Khéo", [delivery.recipient.email])
    assert "https://portal.example/desk/messages/choices/" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == (State.SENT, 1, "")


def test_failure_is_kept_and_tried_again_when_it_is_due(broken):
    delivery = queued()
    assert outbox.deliver([delivery.pk]) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (State.FAILED, "ConnectionRefusedError: nobody listens")
    assert delivery.next_try_at > timezone.now()

    broken()
    assert [outbox.deliver([delivery.pk]), outbox.deliver_due()] == [0, 0]
    make_due(delivery)
    assert outbox.deliver_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(mail.outbox)) == (State.SENT, 2, 1)


def test_one_letter_that_fails_does_not_keep_the_others():
    first, second = queued(), queued()
    Message.objects.filter(pk=first.message_id).update(kind="test.broken")
    assert outbox.deliver([first.pk, second.pk]) == 1
    first.refresh_from_db()
    assert first.state == State.FAILED


def test_waits_double_up_to_six_hours():
    waits = [outbox.wait_after(attempts).total_seconds() / 60 for attempts in range(1, 9)]
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360]


def test_letter_is_given_up_after_the_last_attempt_and_that_is_in_the_log(broken):
    delivery = queued()
    for _attempt in range(outbox.MOST_ATTEMPTS):
        make_due(delivery)
        outbox.deliver_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.GIVEN_UP, outbox.MOST_ATTEMPTS)
    assert [entry.act for entry in log.of(delivery)] == ["messaging.give_up"]
    assert outbox.deliver_due() == 0


def test_letter_whose_worker_always_dies_is_given_up():
    delivery = queued()
    Delivery.objects.filter(pk=delivery.pk).update(attempts=outbox.MOST_ATTEMPTS)
    make_due(delivery)
    assert outbox.deliver_due() == 0
    delivery.refresh_from_db()
    assert delivery.state == State.GIVEN_UP


def test_letter_whose_worker_died_is_sent_when_its_time_is_over():
    delivery = queued()
    assert outbox._claim(delivery.pk) is not None
    assert outbox.deliver([delivery.pk]) == 0
    make_due(delivery)
    assert outbox.deliver_due() == 1


def test_letter_that_failed_leaves_no_address_in_the_log(broken, caplog):
    delivery = queued()
    outbox.deliver([delivery.pk])
    delivery.refresh_from_db()
    assert "nobody listens" in delivery.error
    assert "ConnectionRefusedError" in caplog.text
    assert "nobody listens" not in caplog.text


def test_letter_to_a_closed_account_is_given_up_at_once():
    delivery = queued()
    delivery.recipient.is_active = False
    delivery.recipient.save(update_fields=["is_active"])
    assert outbox.deliver([delivery.pk]) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, mail.outbox) == (State.GIVEN_UP, 1, [])


def test_letter_to_somebody_whose_position_has_ended_stays_in_the_portal():
    delivery = queued()
    delivery.recipient.positions.update(valid_to=timezone.localdate())
    assert outbox.deliver([delivery.pk]) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, mail.outbox) == (State.GIVEN_UP, 1, [])


def test_letter_over_a_channel_that_is_gone_fails(settings):
    delivery = queued()
    settings.MESSAGE_CHANNELS = {}
    assert outbox.deliver([delivery.pk]) == 0
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


@pytest.mark.django_db(transaction=True)
def test_four_workers_with_the_same_letters_send_each_once(settings):
    settings.EMAIL_BACKEND = "tests.messaging.test_outbox.SlowBackend"
    ids = [queued().pk, queued().pk]
    sent = []

    def work() -> None:
        sent.append(outbox.deliver(ids))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (sum(sent), len(mail.outbox)) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_letter_in_the_hands_of_another_transaction_is_skipped_not_waited_for():
    delivery = queued()
    results = []

    def work() -> None:
        results.append(outbox.deliver([delivery.pk]))
        connection.close()

    with transaction.atomic():
        Delivery.objects.select_for_update().get(pk=delivery.pk)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(20)
        assert results == [0]


def test_retry_sends_what_was_given_up_and_says_who(django_capture_on_commit_callbacks):
    delivery = queued()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.GIVEN_UP, attempts=8, next_try_at=None, error="away"
    )
    actor = user_with(Role.ADMINISTRATOR, city())
    again = outbox.retry(delivery, actor=actor)
    assert (again.state, again.attempts, again.error) == (State.QUEUED, 0, "")
    assert [(entry.act, entry.actor) for entry in log.of(delivery)] == [("messaging.retry", actor)]
    assert tasks.deliver([delivery.pk]) == 1


def test_retry_of_what_is_on_its_way_is_refused():
    with pytest.raises(Conflict):
        outbox.retry(queued(), actor=user_with(Role.ADMINISTRATOR, city()))


def test_retry_all_takes_what_failed_and_leaves_the_rest(broken):
    failed, waiting = queued(), queued()
    outbox.deliver([failed.pk])
    actor = user_with(Role.ADMINISTRATOR, city())
    assert [outbox.retry_all(actor=actor), outbox.retry_all(actor=actor)] == [1, 0]
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (State.QUEUED, 0)
    assert Delivery.objects.get(pk=waiting.pk).state == State.QUEUED


def test_message_is_delivered_by_a_real_worker(worker):
    with transaction.atomic():
        people = [user_with(Role.OFFICIAL, UnitFactory()) for _number in range(3)]
        services.send("test.alarm", people, data={"title": "Khéo"})
    until = time.monotonic() + 30
    while Delivery.objects.exclude(state=State.SENT).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert Delivery.objects.filter(state=State.SENT).count() == len(mail.outbox) == 3
