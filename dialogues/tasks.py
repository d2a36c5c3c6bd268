"""Work of the dialogues that is done outside of requests, harmless when run twice."""

from celery import shared_task
from django.utils import timezone

from dialogues import notices


@shared_task(name="dialogues.remind")
def remind() -> int:
    """Remind the units in charge of what is due soon and of what is overdue; run by the clock, daily."""
    return notices.remind(timezone.localdate())
