"""Messages are written with the act that they tell about, once, at a price that does not grow."""

import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mobilization.audit import log
from mobilization.messaging import services
from mobilization.messaging.models import Delivery, Message, Preference
from mobilization.messaging.services import Draft
from mobilization.messaging.states import State, Way
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_send_tells_each_recipient_once_however_often_named():
    first, second = UserFactory(), UserFactory()
    assert services.send("test.news", [first, second, first], data={"title": "A"}) == 2
    assert set(Message.objects.values_list("recipient", flat=True)) == {first.pk, second.pk}


def test_send_leads_to_the_page_of_its_target():
    user = UserFactory()
    services.send("test.news", [user], target=user)
    message = Message.objects.get()
    assert (message.url, list(Message.objects.about(user))) == (user.get_absolute_url(), [message])


def test_send_of_a_kind_that_nobody_declared_is_refused():
    with pytest.raises(LookupError):
        services.send("test.nothing", [UserFactory()])


def test_send_leaves_out_closed_accounts():
    assert services.send("test.alarm", [UserFactory(is_active=False)]) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere", "desk/"]
)
def test_message_that_leads_out_of_the_portal_is_refused(url):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.send("test.news", [UserFactory()], url=url)


@pytest.mark.parametrize(
    ("kind", "chosen", "way"),
    [
        ("test.alarm", {}, Way.AT_ONCE),
        ("test.news", {}, Way.DIGEST),
        ("test.news", {"test_news": "at_once"}, Way.AT_ONCE),
        ("test.alarm", {"test_alarm": "digest"}, Way.DIGEST),
        ("test.alarm", {"test_alarm": "portal"}, Way.PORTAL),
        ("test.alarm", {"test_news": "portal"}, Way.AT_ONCE),
        ("test.alarm", {"test_alarm": "by pigeon"}, Way.AT_ONCE),
    ],
)
def test_message_goes_the_way_that_its_reader_chose(kind, chosen, way):
    user = UserFactory()
    Preference.objects.create(user=user, ways=chosen)
    services.send(kind, [user])
    assert Message.objects.get().way == way
    assert Delivery.objects.count() == (way == Way.AT_ONCE)


def test_send_with_a_key_tells_once():
    user, other = UserFactory(), UserFactory()
    sent = [services.send("test.alarm", people, key="k") for people in ([user], [user, other], [user])]
    assert sent == [1, 1, 0]
    assert (Message.objects.count(), Delivery.objects.count()) == (2, 2)


def test_send_many_with_one_key_twice_in_one_go_tells_once():
    user = UserFactory()
    assert services.send_many(Draft("test.alarm", user, key="k") for _time in range(3)) == 1
    assert (Message.objects.count(), Delivery.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_send_with_a_key_from_two_threads_tells_once():
    user = UserFactory()
    ready, told = threading.Barrier(2), []

    def tell() -> None:
        with transaction.atomic():
            ready.wait(10)
            told.append(services.send("test.alarm", [user], key="k"))
        connection.close()

    threads = [threading.Thread(target=tell) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == [0, 1]
    assert (Message.objects.count(), Delivery.objects.count()) == (1, 1)


def tell_and_break(user) -> None:
    with transaction.atomic():
        assert services.send("test.alarm", [user]) == 1
        raise ZeroDivisionError


def test_rollback_leaves_no_message_and_no_delivery(django_capture_on_commit_callbacks):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        tell_and_break(user)
    assert (Message.objects.count(), Delivery.objects.count(), mail.outbox) == (0, 0, [])


def test_two_hundred_messages_take_as_many_statements_as_one():
    users = UserFactory.create_batch(200)
    statements = []
    for number in (1, 200):
        drafts = [
            Draft("test.alarm", user, data={"title": user.full_name}, key=f"of {number}")
            for user in users[:number]
        ]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert services.send_many(drafts) == number
        statements.append(len(asked))
    assert statements[0] == statements[1] <= 4
    assert Delivery.objects.filter(state=State.QUEUED).count() == 201


def test_mark_read_is_for_the_own_message_and_once():
    user, other = UserFactory(), UserFactory()
    services.send("test.news", [user])
    message = Message.objects.get()
    marked = [services.mark_read(message, user=reader) for reader in (other, user, user)]
    assert marked == [False, True, False]


def test_mark_all_read_leaves_what_came_later_and_what_is_others():
    user, other = UserFactory(), UserFactory()
    services.send("test.news", [user, other])
    shown = timezone.now()
    services.send("test.news", [user])
    assert services.mark_all_read(user, until=shown) == 1
    assert (services.unread_count(user), services.unread_count(other)) == (1, 1)


def test_unread_count_stops_at_most():
    user = UserFactory()
    services.send_many(Draft("test.news", user) for _number in range(4))
    assert services.unread_count(user, most=3) == 3


def test_choose_keeps_the_last_choice_and_is_in_the_log():
    user = UserFactory()
    services.choose(user, digest=True, ways={"test_news": "portal"})
    services.choose(user, digest=False, ways={})
    preference = Preference.objects.get(user=user)
    assert (preference.digest, preference.ways) == (False, {})
    assert [entry.act for entry in log.of(user)] == ["messaging.choose"] * 2


def test_choose_refuses_a_way_that_there_is_not():
    with pytest.raises(ValueError, match="pigeon"):
        services.choose(UserFactory(), digest=True, ways={"test_news": "pigeon"})
