"""Long work that somebody, or the clock, has asked for."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.jobs.handlers import in_words, label_of, leads_to, title_of
from mobilization.jobs.querysets import JobQuerySet
from mobilization.jobs.states import State


class Job(models.Model):
    """One piece of long work: what was asked for, how far it is, what came of it.

    The row is the truth; the Celery message only says "look at the row". A message may therefore be lost or come
    twice without harm.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    # Of the jobs with one key only one is open at a time; empty: any number.
    key = models.CharField(_("one at a time"), max_length=120, blank=True)
    payload = models.JSONField(_("asked for"), default=dict, encoder=DjangoJSONEncoder)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("asked by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("to be done"), default=0)
    message = models.TextField(_("message"), blank=True)
    result = models.JSONField(_("result"), null=True, blank=True, encoder=DjangoJSONEncoder)
    # Counts the starts, and is the token of the run: an overtaken run can no longer write.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="job_newest"),
            models.Index(fields=["actor", "-created_at", "-id"], name="job_newest_of_actor"),
            models.Index(fields=["state"], name="job_open", condition=Q(state__in=["queued", "running"])),
            models.Index(
                fields=["finished_at"], name="job_unsuccessful", condition=Q(state__in=["failed", "lost"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key="") & Q(state__in=["queued", "running"]),
                name="job_one_open_per_key",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"]) | Q(finished_at__isnull=False),
                name="job_closed_has_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.pk])

    @property
    def label(self) -> str:
        """What the job does, in words."""
        return label_of(self.kind)

    @property
    def title(self) -> str:
        """What this one does, among others of its kind: which year, which decision."""
        return title_of(self)

    @property
    def asked_for(self) -> list[tuple]:
        """What was asked for, as pairs of word and value."""
        return in_words(self.kind, self.payload)

    @property
    def outcome(self) -> list[tuple]:
        """What came of it, as pairs of word and value; what was asked for is not said twice."""
        asked = self.payload.keys()
        return in_words(
            self.kind, {name: value for name, value in (self.result or {}).items() if name not in asked}
        )

    @property
    def leads_to(self) -> tuple | None:
        """The word and the address of what came of it, once it is done."""
        return leads_to(self) if self.state == State.DONE else None

    @property
    def seconds(self) -> float | None:
        """How long its last run took; None while it is not over, or was never begun."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()

    @property
    def is_open(self) -> bool:
        return self.state in State.open()

    @property
    def percent(self) -> int | None:
        """How far it is; None while that cannot be said."""
        if self.state == State.DONE:
            return 100
        return min(100, self.progress * 100 // self.total) if self.total else None
