"""The outbox: letters are handed over, tried again when that failed, and given up in the end."""

import datetime
import logging
from collections.abc import Iterable
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from mobilization.audit import log
from mobilization.core.errors import Conflict
from mobilization.messaging.channels import channel
from mobilization.messaging.letters import letter_of
from mobilization.messaging.models import Delivery
from mobilization.messaging.states import State

logger = logging.getLogger(__name__)

DELIVER = "messaging.deliver"
"""The task's name: tasks are above this room, so the message is sent by name."""
CHUNK = 50
"""So many letters go with one message to a worker."""
FIRST_WAIT = datetime.timedelta(minutes=5)
"""How long a letter may take on its way, and the wait before the second attempt; it doubles each time."""
LONGEST_WAIT = datetime.timedelta(hours=6)
MOST_ATTEMPTS = 8
LONGEST_ERROR = 500


def wait_after(attempts: int) -> datetime.timedelta:
    """Return how long to wait after so many attempts: 5, 10, 20 … minutes, six hours at most."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, attempts - 1))


def start(ids: Iterable[int]) -> None:
    """Have these deliveries tried once the transaction is committed. A broker that is away is no failure."""
    ids = list(ids)
    if ids:
        transaction.on_commit(partial(_send_tasks, ids))


def deliver(ids: Iterable[int]) -> int:
    """Try these deliveries, those that may be tried now; return how many were sent.

    May run twice or at the same time elsewhere: what another worker has in hand is skipped, what was tried just now
    is not due.
    """
    return sum(_deliver_one(pk) for pk in ids)


def deliver_due(most: int = 500) -> int:
    """Try what is due: failed before, lost on the way, or in the hands of a worker that died; return how many left."""
    due = Delivery.objects.due(timezone.now()).order_by("next_try_at").values_list("pk", flat=True)
    return deliver(list(due[:most]))


def retry(delivery: Delivery, *, actor) -> Delivery:
    """Try a failed or given-up delivery again, with all its attempts before it. Raises ``Conflict`` otherwise."""
    with transaction.atomic():
        locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if locked.state not in State.troubled():
            raise Conflict(_("This message is on its way, or was sent in the meantime."))
        _again(Delivery.objects.filter(pk=locked.pk))
        log.record("messaging.retry", actor=actor, target=locked, data={"channel": locked.channel})
        start([locked.pk])
    locked.refresh_from_db()
    return locked


def retry_all(*, actor) -> int:
    """Try everything that failed or was given up again; return how much that is."""
    with transaction.atomic():
        found = Delivery.objects.troubled().select_for_update(skip_locked=True)
        ids = list(found.order_by("pk").values_list("pk", flat=True))
        if ids:
            _again(Delivery.objects.filter(pk__in=ids))
            log.record("messaging.retry_all", actor=actor, target=None, data={"count": len(ids)})
            start(ids)
    return len(ids)


def _again(deliveries) -> None:
    deliveries.update(
        state=State.QUEUED, attempts=0, error="", next_try_at=timezone.now() + FIRST_WAIT, sent_at=None
    )


def _send_tasks(ids: list[int]) -> None:
    try:
        for first in range(0, len(ids), CHUNK):
            current_app.send_task(DELIVER, kwargs={"ids": ids[first : first + CHUNK]}, retry=False)
    except (BrokerError, RedisError, OSError) as problem:
        # The act is done and must not fail for this; the clock finds what was not tried (deliver_due).
        logger.warning("Deliveries could not be handed to a worker: %s", problem)


def _deliver_one(pk: int) -> bool:
    delivery = _claim(pk)
    if delivery is None:
        return False
    try:
        _hand_over(delivery)
    except NotReachedError as reason:
        _give_up(delivery, str(reason))
        return False
    except Exception as problem:  # noqa: BLE001 -- whatever a channel raises is this letter's failure and no other's
        # What a mail server says often holds the address; it stays with the row, and out of the log.
        logger.warning("Delivery %s failed: %s", pk, type(problem).__name__)
        _fail(delivery, f"{type(problem).__name__}: {problem}")
        return False
    # Only while it is this attempt's: one that an administrator started anew meanwhile stays as it is.
    Delivery.objects.filter(pk=pk, attempts=delivery.attempts).update(
        state=State.SENT, sent_at=timezone.now(), next_try_at=None, error=""
    )
    return True


@transaction.atomic
def _claim(pk: int) -> Delivery | None:
    """Return the delivery with one attempt more and the next one put off, or None where it is not to be tried now."""
    now = timezone.now()
    claimable = Delivery.objects.claimable(now).with_words().filter(pk=pk)
    delivery = claimable.select_for_update(of=["self"], skip_locked=True).first()
    if delivery is None:
        return None
    if delivery.attempts >= MOST_ATTEMPTS:
        # Each attempt ended with the worker.
        _give_up(delivery, delivery.error or _("The worker did not come back."))
        return None
    delivery.state = State.QUEUED
    delivery.attempts += 1
    delivery.next_try_at = now + wait_after(delivery.attempts)
    delivery.save(update_fields=["state", "attempts", "next_try_at"])
    return delivery


def _hand_over(delivery: Delivery) -> None:
    way, reader = channel(delivery.channel), delivery.recipient
    if not (reader.is_active and reader.positions_in_force()):
        raise NotReachedError(_("The account is closed, or holds no position any more."))
    address = way.address(reader)
    if not address:
        raise NotReachedError(_("The account has no address for this channel."))
    way.send(letter_of(delivery), address)


class NotReachedError(Exception):
    """The recipient may not be told (any more), or has no address: trying again does not help."""


def _fail(delivery: Delivery, error: str) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        _give_up(delivery, error)
    else:
        mine = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
        mine.update(state=State.FAILED, error=error[:LONGEST_ERROR])


@transaction.atomic
def _give_up(delivery: Delivery, error: str) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
    if mine.update(state=State.GIVEN_UP, error=error[:LONGEST_ERROR], next_try_at=None):
        data = {"job": DELIVER, "channel": delivery.channel, "attempts": delivery.attempts}
        log.record("messaging.give_up", actor=None, target=delivery, data=data)
