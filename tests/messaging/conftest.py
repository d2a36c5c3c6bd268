import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker

from mobilization.messaging import groups, kinds, todos
from mobilization.messaging.kinds import Kind, day, filled, paragraphs

BODY = paragraphs(
    filled("Because: %(reason)s", needs="reason"),
    filled("Until %(due_on)s", needs="due_on", due_on=day),
)
NEWS = Kind("test.news", "News", "test_news", at_once=False, subject=filled("News: %(title)s"), body=BODY)
ALARM = Kind("test.alarm", "Alarm", "test_alarm", at_once=True, subject=filled("Alarm: %(title)s"), body=BODY)


def break_down(_message) -> str:
    raise ZeroDivisionError


BROKEN = Kind("test.broken", "Broken", "test_alarm", at_once=True, subject=break_down, body=break_down)


@pytest.fixture(autouse=True)
def kinds_of_these_tests(monkeypatch):
    """Three kinds of messages, one without words, and no to-dos but those that a test declares."""
    monkeypatch.setattr(groups, "_labels", groups._labels | {"test_news": "News", "test_alarm": "Alarms"})
    monkeypatch.setattr(kinds, "_kinds", kinds._kinds | {kind.code: kind for kind in (NEWS, ALARM, BROKEN)})
    monkeypatch.setattr(todos, "_todos", {})


@pytest.fixture
def worker(transactional_db):
    """A Celery worker on the embedded Redis, in a thread of this process."""
    current_app.control.purge()
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield
