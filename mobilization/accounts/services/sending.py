"""A form that makes a record makes one, however often it is sent."""

import datetime
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from mobilization.accounts.models import Sending, User

KEPT = datetime.timedelta(days=2)
"""Longer than a page lies open between the two clicks."""


def send_once(person: User, token: uuid.UUID, write: Callable[[], str]) -> tuple[str, bool]:
    """Call ``write``, which returns an address to go on to, once for each ``token``; return the address and whether now.

    A second sending at the same moment waits for the first one, and is led where that went. What ``write`` raises
    leaves nothing behind, so the form may be sent again.
    """
    with transaction.atomic():
        sending, is_first = Sending.objects.get_or_create(person=person, token=token)
        if is_first:
            Sending.objects.filter(person=person, sent_at__lt=timezone.now() - KEPT).delete()
            sending.url = write()
            sending.save(update_fields=["url"])
    return sending.url, is_first
