"""Work of the registry that is done outside of requests: ids in, one call each, harmless when run twice."""

import datetime

from celery import shared_task
from django.utils import timezone

from models_registry import notices


@shared_task(name="models_registry.announce_due_tomorrow")
def announce_due_tomorrow() -> int:
    """Tell the units what is to be completed by tomorrow; run by the clock. Returns how many were told."""
    return notices.announce_due(timezone.localdate() + datetime.timedelta(days=1))
