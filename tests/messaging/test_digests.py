"""The daily e-mail: once a day, what waits and what was not told, nothing when there is nothing."""

import datetime
import threading
import time

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from mobilization.jobs.states import State as JobState
from mobilization.messaging import digests, outbox, services, tasks, todos
from mobilization.messaging.models import Delivery, Digest, Message, Preference
from mobilization.messaging.services import Draft
from mobilization.messaging.states import State
from mobilization.messaging.todos import Item, Todo
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)


def reader(**fields):
    return user_with(Role.OFFICIAL, UnitFactory(), language="en", **fields)


def wait_for(*codes: str, items: int = 2) -> None:
    """Declare to-dos of which something waits for everybody."""
    rows = [Item(f"Thing {number}", "/desk/jobs/") for number in range(items)]
    for code in codes:
        todos.register(Todo(code, f"Do {code}", "test", "jobs:list", lambda _user: rows, lambda row: row))


def send_all() -> str:
    """Send what the digests made and return the text of the last mail."""
    outbox.deliver(list(Delivery.objects.values_list("pk", flat=True)))
    return mail.outbox[-1].body


def test_digest_tells_what_waits_by_act_and_the_unread_by_heading(settings):
    settings.SITE_URL = "https://portal.example"
    user = reader()
    wait_for("review", "answer", items=3)
    services.send("test.news", [user], data={"title": "Khéo"}, url="/desk/jobs/")

    assert digests.send_digests(TODAY) == 1
    body = send_all()

    assert mail.outbox[-1].subject.startswith("7 things wait")
    assert "- Do review: 3\n  https://portal.example/desk/jobs/\n" in body
    assert "News\n- News: Khéo\n  https://portal.example/desk/jobs/\n" in body
    assert body.index("Do review") < body.index("Do answer") < body.index("News: Khéo")
    assert "\n\n\n" not in body
    assert "https://portal.example/desk/messages/choices/" in body


def test_digest_is_not_sent_when_nothing_waits():
    reader()
    assert (digests.send_digests(TODAY), Digest.objects.count()) == (0, 0)


def test_digest_of_a_day_is_sent_once_and_tells_a_message_once():
    user = reader()
    services.send("test.news", [user], data={"title": "Khéo"})
    written = [digests.send_digests(TODAY + datetime.timedelta(days=day)) for day in (0, 0, 1)]
    assert written == [1, 0, 0]
    wait_for("review")
    assert digests.send_digest(user, TODAY) is None
    assert digests.send_digests(TODAY + datetime.timedelta(days=1)) == 1
    assert "Khéo" not in Digest.objects.latest("on").body


@pytest.mark.parametrize("reason", ["off", "no position", "closed"])
def test_digest_is_only_for_those_who_want_it_and_may_enter(reason):
    user = UserFactory() if reason == "no position" else reader(is_active=reason != "closed")
    Preference.objects.create(user=user, digest=reason != "off")
    wait_for("review")
    assert digests.send_digests(TODAY) == 0


def test_digest_leaves_out_what_was_read_told_at_once_kept_in_the_portal_or_is_old():
    user = reader()
    Preference.objects.create(user=user, ways={"test_news": "portal"})
    services.send("test.news", [user], data={"title": "kept"})
    Preference.objects.update(ways={})
    services.send("test.alarm", [user], data={"title": "told"})
    services.send("test.news", [user], data={"title": "read"}, key="read")
    services.mark_read(Message.objects.get(key="read"), user=user)
    services.send("test.news", [user], data={"title": "old"}, key="old")
    Message.objects.filter(key="old").update(at=timezone.now() - datetime.timedelta(days=8))
    assert digests.send_digest(user, TODAY) is None


def test_digest_tells_what_could_not_be_told_at_once():
    user = reader()
    services.send("test.alarm", [user], data={"title": "lost"})
    Delivery.objects.update(state=State.GIVEN_UP, next_try_at=None)
    assert "lost" in digests.send_digest(user, TODAY).body


def test_digest_lists_twenty_of_a_heading_and_counts_the_rest():
    user = reader()
    services.send_many(Draft("test.news", user, data={"title": f"no. {n}"}) for n in range(23))
    body = digests.send_digest(user, TODAY).body
    assert (body.count("- News: no."), "and 3 more" in body) == (20, True)


def test_what_is_wrong_with_one_person_keeps_nobody_else_from_the_digest():
    broken, fine = reader(), reader()

    def rows(user) -> list:
        if user == broken:
            raise ZeroDivisionError
        return [Item("Thing", "/desk/")]

    todos.register(Todo("review", "Do", "test", "jobs:list", rows, lambda row: row))
    assert digests.send_digests(TODAY) == 1
    assert Digest.objects.get().recipient == fine


@pytest.mark.django_db(transaction=True)
def test_digest_written_by_two_at_once_is_written_once():
    user = reader()
    wait_for("review")
    ready, written = threading.Barrier(2), []

    def write() -> None:
        ready.wait(10)
        written.append(digests.send_digest(user, TODAY))
        connection.close()

    threads = [threading.Thread(target=write) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [digest is None for digest in sorted(written, key=lambda digest: digest is None)] == [False, True]
    assert (Digest.objects.count(), Delivery.objects.count()) == (1, 1)


def test_digests_run_as_a_job_by_a_real_worker(worker):
    reader()
    wait_for("review")
    tasks.ask_for_digests()
    until = time.monotonic() + 30
    while not Delivery.objects.filter(state=State.SENT).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert len(mail.outbox) == 1
    job = Job.objects.get(kind=tasks.DIGESTS)
    while job.state != JobState.DONE and time.monotonic() < until:
        time.sleep(0.1)
        job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"count": 1})
