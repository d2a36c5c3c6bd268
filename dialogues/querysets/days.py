"""Days and due dates, as both dialogues and opinions are asked for by them."""

import datetime

from django.db.models import Q
from django.utils import timezone

from dialogues.states import OPEN_STATUSES


def days_of(year: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of ``year``."""
    # A year that no calendar has is a year without dialogues, not an error.
    year = min(max(year, datetime.MINYEAR), datetime.MAXYEAR)
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def is_overdue(on: datetime.date | None) -> Q:
    """Return the condition of an opinion: still open, and due before ``on`` (today without one)."""
    return Q(status__in=OPEN_STATUSES, due_on__lt=on or timezone.localdate())
