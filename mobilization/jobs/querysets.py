"""Which jobs one asks for."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mobilization.jobs.states import State

FAILURES_SHOWN = timedelta(days=7)
"""For so long a failed job stands on the staff home."""


class JobQuerySet(models.QuerySet):
    """Jobs by who may see them, and by what became of them."""

    def open(self) -> "JobQuerySet":
        """Jobs that wait or run."""
        return self.filter(state__in=State.open())

    def unsuccessful(self) -> "JobQuerySet":
        """Jobs that ended without their work being done."""
        return self.filter(state__in=State.unsuccessful())

    def failed_and_not_repeated(self) -> "JobQuerySet":
        """Jobs of the last week that failed or were lost, and that nobody has asked for again since."""
        again = self.model.objects.filter(
            kind=OuterRef("kind"), payload=OuterRef("payload"), created_at__gt=OuterRef("created_at")
        )
        since = timezone.now() - FAILURES_SHOWN
        return self.unsuccessful().filter(~Exists(again), finished_at__gte=since)

    def visible_to(self, user) -> "JobQuerySet":
        """Every job for those who watch over the portal, otherwise one's own."""
        return self if user.has_perm("jobs.view_all_jobs") else self.filter(actor=user)

    def silent_since(self, sent_before: datetime, heard_before: datetime) -> "JobQuerySet":
        """Open jobs whose message seems lost: sent and not begun, or begun and no sign of life."""
        waiting = Q(state=State.QUEUED) & (Q(sent_at__isnull=True) | Q(sent_at__lt=sent_before))
        silent = Q(state=State.RUNNING, heartbeat_at__lt=heard_before)
        return self.filter(waiting | silent)
