"""Telling people: messages are written here, in the transaction of the act that they tell about.

services.send("registration.returned", [typist], actor=reviewer, target=registration,
              data={"title": registration.title, "reason": reason}, key=f"return:{step.pk}")
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from mobilization.accounts.models import User
from mobilization.audit import log
from mobilization.audit.querysets import target_key
from mobilization.core.statements import Statement
from mobilization.messaging import kinds, outbox
from mobilization.messaging.channels import channels
from mobilization.messaging.models import Delivery, Message, Preference
from mobilization.messaging.states import Way

BATCH = 1_000


@dataclass(frozen=True)
class Draft:
    """One message to one person; the fields mean what the arguments of ``send`` mean."""

    kind_code: str
    recipient: User
    actor: User | None = None
    unit: Model | None = None
    target: Model | None = None
    url: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    key: str = ""


def send(
    kind_code: str,
    recipients: Iterable[User],
    *,
    actor: User | None = None,
    unit: Model | None = None,
    target: Model | None = None,
    url: str = "",
    data: dict[str, Any] | None = None,
    key: str = "",
) -> int:
    """Tell ``recipients`` the same; return how many were told now.

    ``target`` is the saved record that it is about; opening the message leads to ``url``, a path of this portal, or
    else to the target's page. ``data`` holds plain values for the words of the kind, never phones or other personal
    data. With ``key`` one person is told once, however often and at how many places at once this runs. Closed
    accounts are left out. Nothing is told if the caller's transaction is rolled back. Raises ``LookupError`` for a
    kind that nobody declared.
    """
    people = {user.pk: user for user in recipients}
    return send_many(
        Draft(kind_code, user, actor, unit, target, url, data or {}, key) for user in people.values()
    )


def send_many(drafts: Iterable[Draft]) -> int:
    """Tell many people, each something else if need be; return how many messages are new.

    The number of statements does not grow with the number of messages (up to a thousand at a time).
    """
    drafts = [draft for draft in drafts if draft.recipient.is_active]
    return sum(_send_batch(drafts[first : first + BATCH]) for first in range(0, len(drafts), BATCH))


def mark_read(message: Message, *, user: User) -> bool:
    """Note that ``user`` opened the own ``message``; return whether it was unread."""
    mine = Message.objects.of(user).unread().filter(pk=message.pk)
    return bool(mine.update(read_at=timezone.now()))


def mark_all_read(user: User, *, until: datetime.datetime | None = None) -> int:
    """Note that ``user`` has read all own messages, those that came up to ``until`` (now); return how many."""
    now = timezone.now()
    return Message.objects.of(user).unread().filter(at__lte=until or now).update(read_at=now)


def unread_count(user: User, most: int = 100) -> int:
    """Return how many messages ``user`` has not opened, counted up to ``most``; one statement."""
    return len(_unread(most).rows(recipient=user.pk))


@lru_cache(maxsize=8)
def _unread(most: int) -> Statement:
    return Statement(lambda recipient: unread_of(recipient, most).values_list("pk"), recipient=int)


def unread_of(recipient: Any, most: int) -> QuerySet[Message]:
    """Return at most ``most`` messages that ``recipient`` has not opened, in no order."""
    return Message.objects.filter(recipient=recipient).unread().order_by()[:most]


@transaction.atomic
def choose(user: User, *, digest: bool, ways: dict[str, str]) -> Preference:
    """Keep what ``user`` chose: heading → ``Way``; headings left out are as recommended."""
    ways = {group: Way(way).value for group, way in ways.items()}
    preference, _is_new = Preference.objects.update_or_create(
        user=user, defaults={"digest": digest, "ways": ways}
    )
    log.record("messaging.choose", actor=user, target=user, data={"digest": digest, "ways": ways})
    return preference


@transaction.atomic(savepoint=False)
def _send_batch(drafts: list[Draft]) -> int:
    preferences = Preference.objects.in_bulk({draft.recipient.pk for draft in drafts})
    now = timezone.now()
    # In one order everywhere, so that two who tell the same people never wait for each other.
    drafts.sort(key=lambda draft: (draft.recipient.pk, draft.key))
    messages = [_message(draft, preferences, now) for draft in drafts]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    new = _new(messages)
    deliveries = Delivery.objects.bulk_create(_deliveries(new, now))
    outbox.start(delivery.pk for delivery in deliveries)
    return len(new)


def _message(draft: Draft, preferences: dict[int, Preference], now: datetime.datetime) -> Message:
    kind = kinds.kind_of(draft.kind_code)
    preference = preferences.get(draft.recipient.pk) or Preference(user=draft.recipient)
    model, target_id = target_key(draft.target) if draft.target is not None else ("", "")
    url = draft.url or (draft.target.get_absolute_url() if draft.target is not None else "")
    return Message(
        kind=kind.code,
        recipient=draft.recipient,
        actor=draft.actor,
        unit=draft.unit,
        target_model=model,
        target_id=target_id,
        url=url,
        data=draft.data,
        key=draft.key,
        way=preference.way_of(kind),
        at=now,
    )


def _new(messages: list[Message]) -> list[Message]:
    """Return those of ``messages`` that were not told already."""
    if not any(message.key for message in messages):
        return messages
    written = Message.objects.filter(pk__in=[message.pk for message in messages])
    ids = set(written.values_list("pk", flat=True))
    return [message for message in messages if message.pk in ids]


def _deliveries(messages: list[Message], now: datetime.datetime) -> Iterator[Delivery]:
    ways = channels()
    for message in messages:
        if message.way == Way.AT_ONCE:
            for code, way in ways.items():
                if way.address(message.recipient):
                    yield Delivery(
                        message=message,
                        recipient=message.recipient,
                        channel=code,
                        made_at=now,
                        next_try_at=now + outbox.FIRST_WAIT,
                    )
