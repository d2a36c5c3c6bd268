"""One's own messages, and the outbox, as files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mobilization.messaging.models import Delivery, Message

CHUNK = 1_000


def message_header() -> list[str]:
    """Return the headings of the messages, in the language of the page."""
    return [_("Time"), _("Subject area"), _("Subject"), _("Text"), _("Who"), _("Unit"), _("Read on")]


def message_rows(messages: QuerySet[Message]) -> Iterator[list[Any]]:
    """Yield a row for each message."""
    for one in messages.iterator(chunk_size=CHUNK):
        unit = one.unit.full_name if one.unit else ""
        yield [one.at, one.group_label, one.subject, one.body, str(one.actor or ""), unit, one.read_at]


def delivery_header() -> list[str]:
    """Return the headings of the outbox, in the language of the page."""
    attempts = pgettext("message", "Attempts")
    return [pgettext("message", "Recipient"), _("Channel"), _("Kind"), _("State"), attempts, _("Made on")]


def delivery_rows(deliveries: QuerySet[Delivery]) -> Iterator[list[Any]]:
    """Yield a row for each delivery; the words of a message are its reader's alone."""
    for one in deliveries.iterator(chunk_size=CHUNK):
        kind, state = str(one.kind_label), str(one.get_state_display())
        yield [str(one.recipient), str(one.channel_label), kind, state, one.attempts, one.made_at]
