"""A lost message is found; one that comes twice tells once."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from mobilization import celery
from models_registry import tasks, transitions
from models_registry.models import ReviewStep, SentNotice
from models_registry.states import Act
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


def returned_before(minutes: int) -> ReviewStep:
    commune, official, _reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, by_official=official, returned=True, steps=False)
    return ReviewStep.objects.create(
        registration=registration,
        act=Act.RETURN,
        from_state="submitted",
        to_state="returned",
        actor=registration.returned_by,
        reason="Thiếu",
        version=3,
        at=timezone.now() - datetime.timedelta(minutes=minutes),
    )


@pytest.mark.parametrize(("minutes", "told"), [(1, 0), (10, 1), (60 * 24 * 4, 0)])
def test_send_lost_notices_finds_what_nobody_was_told(minutes, told):
    returned_before(minutes)

    assert tasks.send_lost_notices() == told
    assert tasks.send_lost_notices() == 0
    assert len(mail.outbox) == told


def test_send_return_notice_run_twice_tells_once():
    step = returned_before(0)

    assert [tasks.send_return_notice(step.pk), tasks.send_return_notice(step.pk)] == [1, 0]
    assert (len(mail.outbox), SentNotice.objects.count()) == (1, 1)


def test_send_return_notice_of_no_return_or_nothing_tells_nobody():
    accepted = RegistrationFactory(accepted=True).steps.last()

    assert [tasks.send_return_notice(accepted.pk), tasks.send_return_notice(0)] == [0, 0]


def test_send_return_notice_title_with_line_break_stays_one_subject():
    step = returned_before(0)
    step.registration.title = "Khéo trong\nvận động"
    step.registration.save(update_fields=["title"])

    assert tasks.send_return_notice(step.pk) == 1
    assert "\n" not in mail.outbox[0].subject


def test_notice_that_cannot_be_sent_is_not_marked_as_sent(settings):
    settings.EMAIL_BACKEND = "tests.models_registry.test_tasks.NoBackend"
    step = returned_before(0)

    with pytest.raises(ImportError):
        tasks.send_return_notice(step.pk)

    assert SentNotice.objects.count() == 0


@pytest.fixture
def no_broker(monkeypatch):
    """A broker that does not answer; the pools of connections to it go with the test."""
    monkeypatch.setattr(celery.app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(celery.app, "_pool", None)
    monkeypatch.setattr(celery.app.amqp, "_producer_pool", None)


def test_return_without_a_broker_still_returns(django_capture_on_commit_callbacks, no_broker):
    commune, official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, by_official=official, submitted=True)

    with django_capture_on_commit_callbacks(execute=True):
        transitions.return_(submitted, actor=reviewer, reason="Thiếu")

    assert submitted.steps.filter(act=Act.RETURN).count() == 1
