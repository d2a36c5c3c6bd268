"""The daily e-mail: what waits, grouped by act, and the messages that no other e-mail told."""

import datetime
import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation

from mobilization.accounts.models import User
from mobilization.messaging import letters, outbox, todos
from mobilization.messaging.channels import channels
from mobilization.messaging.models import Delivery, Digest, Message

logger = logging.getLogger(__name__)

NOT_OLDER_THAN = datetime.timedelta(days=7)
"""Unread messages of longer ago stay in the portal: who turns the daily e-mail on is not told the whole past."""


def recipients(on: datetime.date):
    """Return who is to get a daily e-mail: active, with a position in force, not turned off, none yet on this day."""
    told = Digest.objects.filter(on=on).values("recipient")
    return (
        User.objects.active()
        .holding(on=on)
        .exclude(message_preference__digest=False)
        .exclude(pk__in=told)
        .order_by("pk")
    )


def send_digests(on: datetime.date, advance: Callable[[], None] = lambda: None) -> int:
    """Write the daily e-mail of ``on`` for everybody who is to get one; return how many were written.

    May be cut off at any point and run again: who was served is served no more. What is wrong with one person's work
    does not keep the others from theirs.
    """
    written = 0
    for user in recipients(on).iterator(chunk_size=200):
        try:
            written += send_digest(user, on) is not None
        except Exception:
            logger.exception("The daily e-mail of user %s failed", user.pk)
        advance()
    return written


def send_digest(user: User, on: datetime.date) -> Digest | None:
    """Write one person's daily e-mail into the outbox; None where nothing waits, or it was written already."""
    with transaction.atomic(), translation.override(user.language):
        now = timezone.now()
        waiting = list(todos.counts(user))
        messages = list(Message.objects.of(user).for_digest(now - NOT_OLDER_THAN).order_by("at", "pk"))
        ways = {code: way for code, way in channels().items() if way.carries_digest and way.address(user)}
        if not ways or not (waiting or messages):
            return None
        number = sum(count for _todo, count in waiting) + len(messages)
        digest, is_new = Digest.objects.get_or_create(
            recipient=user,
            on=on,
            defaults={
                "subject": letters.digest_subject(number),
                "body": letters.digest_body(user, waiting, messages),
            },
        )
        if not is_new:
            return None
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(digest=digest)
        deliveries = Delivery.objects.bulk_create(
            Delivery(digest=digest, recipient=user, channel=code, next_try_at=now + outbox.FIRST_WAIT)
            for code in ways
        )
        outbox.start(delivery.pk for delivery in deliveries)
    return digest
