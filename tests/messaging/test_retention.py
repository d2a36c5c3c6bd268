"""What was read goes after some months; what was not, and what is still on its way, stays."""

import datetime

import pytest
from django.utils import timezone

from mobilization.audit.models import AuditEntry
from mobilization.messaging import retention, services, tasks
from mobilization.messaging.models import Delivery, Digest, Message
from mobilization.messaging.retention import months_before
from mobilization.messaging.states import State
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.timedelta(days=400)


@pytest.fixture(autouse=True)
def a_year(settings):
    settings.MESSAGES_KEPT_MONTHS = 12


def told(*, read=True, old=True, kind="test.news"):
    """Return a message that came, and was read, long ago or today."""
    user = UserFactory()
    services.send(kind, [user], data={"title": "Khéo"}, url="/desk/jobs/")
    message = Message.objects.get(recipient=user)
    message.at = timezone.now() - (LONG_AGO if old else datetime.timedelta())
    message.read_at = timezone.now() if read else None
    message.save()
    return message


def test_what_was_read_long_ago_goes_and_it_is_logged():
    told()
    kept = [told(read=False), told(old=False), told(read=False, old=False)]
    assert tasks.forget_old() == 1
    assert set(Message.objects.all()) == set(kept)
    assert AuditEntry.objects.get(act="messaging.forget").data["count"] == 1
    assert tasks.forget_old() == 0
    assert AuditEntry.objects.filter(act="messaging.forget").count() == 1


def test_more_than_a_batch_goes_at_once(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _number in range(5):
        told()
    assert retention.forget_old() == 5


def test_letter_that_is_still_on_its_way_keeps_its_message_and_one_that_has_left_goes_with_it():
    open_letter, sent = told(kind="test.alarm"), told(kind="test.alarm")
    Delivery.objects.filter(message=open_letter).update(state=State.QUEUED, next_try_at=timezone.now())
    Delivery.objects.filter(message=sent).update(state=State.SENT, sent_at=timezone.now(), next_try_at=None)
    assert retention.forget_old() == 1
    assert list(Delivery.objects.values_list("message", flat=True)) == [open_letter.pk]


def test_daily_mail_goes_once_no_unread_message_refers_to_it():
    message = told(read=False)
    made_at = timezone.now() - LONG_AGO
    made = Digest.objects.create(
        recipient=message.recipient, on=made_at.date(), subject="x", body="x", made_at=made_at
    )
    Message.objects.update(digest=made)
    retention.forget_old()
    assert Digest.objects.exists()
    Message.objects.filter(pk=message.pk).update(read_at=timezone.now())
    retention.forget_old()
    assert not Digest.objects.exists()


def test_nothing_goes_where_everything_is_kept(settings):
    settings.MESSAGES_KEPT_MONTHS = 0
    told()
    assert retention.forget_old() == 0
    assert Message.objects.exists()


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-30", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2024-02-29", 24, "2022-02-28"),
    ],
)
def test_months_before_stays_within_the_month(day, months, before):
    moment = datetime.datetime.fromisoformat(day)
    assert months_before(moment, months) == datetime.datetime.fromisoformat(before)
