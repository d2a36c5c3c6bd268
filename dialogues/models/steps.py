"""The history of acts, written once with the act itself."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.models.dialogue import Dialogue
from dialogues.models.opinion import Opinion
from dialogues.states import Act, OpinionAct, OpinionStatus, State
from mobilization.units.models import Unit


class Step(models.Model):
    """Who did what, when, in what words. Written once, with the act itself."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Actor"), db_index=False
    )
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField()
    changed = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        abstract = True
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)


class DialogueStep(Step):
    """One act on a dialogue."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16, choices=Act.choices)
    from_state = models.CharField(max_length=16, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=16, choices=State.choices)
    reason = models.TextField(blank=True)

    class Meta(Step.Meta):
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.get_act_display()


class OpinionStepQuerySet(models.QuerySet):
    """Acts on opinions."""

    def changes_of_status(self) -> Self:
        """Return those that brought another status, in their order: dates and statuses of these may be public."""
        return self.exclude(from_status=models.F("to_status")).order_by("opinion_id", "version", "id")


class OpinionStep(Step):
    """One act on an opinion: its status history."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16, choices=OpinionAct.choices)
    from_status = models.CharField(max_length=20, choices=OpinionStatus.choices, blank=True)
    to_status = models.CharField(max_length=20, choices=OpinionStatus.choices)
    words = models.TextField(blank=True)
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    """To whom it was passed on, or given in charge."""

    objects = OpinionStepQuerySet.as_manager()

    class Meta(Step.Meta):
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.get_act_display()
