"""How long messages are kept: what was read goes after some months; what was not opened stays until it is.

Law 91/2025/QH15 (personal data) keeps no longer than is needed: what was done stands in the audit log.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mobilization.audit import log
from mobilization.messaging.models import Digest, Message

BATCH = 5_000


def forget_old(now: datetime.datetime | None = None) -> int:
    """Delete what is older than ``MESSAGES_KEPT_MONTHS`` and was read, with its letters; return how many messages.

    Daily e-mails of that time go too, once no unread message refers to them. 0 months: everything is kept. Run twice,
    or cut off and run again, it does no harm.
    """
    months = settings.MESSAGES_KEPT_MONTHS
    if not months:
        return 0
    before = months_before(now or timezone.now(), months)
    count = 0
    while gone := _forget(Message.objects.read_before(before)):
        count += gone
    while _forget(Digest.objects.filter(made_at__lt=before, messages=None)):
        pass
    if count:
        data = {"job": "messaging.forget_old", "count": count, "before": before.date().isoformat()}
        log.record("messaging.forget", actor=None, target=None, data=data)
    return count


def months_before(moment: datetime.datetime, months: int) -> datetime.datetime:
    """Return the same time ``months`` earlier, on the last day of a month that is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)


@transaction.atomic
def _forget(found) -> int:
    ids = list(found.order_by().values_list("pk", flat=True)[:BATCH])
    found.model.objects.filter(pk__in=ids).delete()
    return len(ids)
