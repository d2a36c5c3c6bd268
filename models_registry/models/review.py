"""Who did what to a registration, when, from which state to which, and with what words."""

from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from models_registry.models.registration import Registration
from models_registry.querysets import ReviewStepQuerySet
from models_registry.states import MOVES, Act, Move, State


def _drawn(act: Act, move: Move) -> Q:
    sources = sorted(move.sources)
    target = Q(to_state=F("from_state")) if move.target is None else Q(to_state=move.target)
    return Q(act=act, from_state__in=sources) & target


class ReviewStep(models.Model):
    """One act of one actor; never changed, never deleted. An act leaves exactly one."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="steps", verbose_name=_("registration")
    )
    act = models.CharField(_("act"), max_length=20, choices=Act)
    from_state = models.CharField(_("from"), max_length=20, choices=State)
    to_state = models.CharField(_("to"), max_length=20, choices=State)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("actor")
    )
    acting_for = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("acting for")
    )
    """The unit whose reviewer was to decide, where city staff acted in his place."""
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    remarks = models.JSONField(_("remarks"), default=dict)
    """Form field → what is to be mended there."""
    due_on = models.DateField(_("due on"), null=True)
    late = models.BooleanField(_("late"), default=False)
    version = models.PositiveIntegerField(_("version"))
    """The version of the registration that this act made."""

    objects = ReviewStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(name="registry_step_once_a_version", fields=["registration", "version"]),
            models.CheckConstraint(
                name="registry_step_is_drawn",
                condition=reduce(or_, (_drawn(*pair) for pair in MOVES.items())),
            ),
            models.CheckConstraint(
                name="registry_step_says_why", condition=~Q(act__in=sorted(Act.NEED_REASON)) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="registry_step_due_only_on_return",
                condition=Q(due_on=None) | Q(act__in=sorted(Act.RETURNS)),
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "-at"], name="registry_step_by_actor"),
            models.Index(fields=["at"], name="registry_returns", condition=Q(act__in=sorted(Act.RETURNS))),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.at:%d/%m/%Y %H:%M})"
