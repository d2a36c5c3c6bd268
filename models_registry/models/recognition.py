"""What was decided on a registration: recognitions, and proposals to the level above."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_plausible_date, validate_text
from models_registry.models.registration import Registration
from models_registry.querysets import ProposalQuerySet, RecognitionQuerySet
from models_registry.states import Level, ProposalState


@pghistory.track(context_field=None, append_only=True)
class Recognition(models.Model):
    """The decision that a registration is recognised at a level."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="recognitions", verbose_name=_("registration")
    )
    level = models.CharField(_("level"), max_length=20, choices=Level)
    body = models.CharField(_("recognised by"), max_length=200, validators=[validate_text])
    number = models.CharField(_("decision number"), max_length=60, validators=[validate_text])
    decided_on = models.DateField(_("decision date"), validators=[validate_plausible_date])
    exemplary = models.BooleanField(_("exemplary"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="registry_recognition_once_a_level", fields=["registration", "level"]
            ),
            models.CheckConstraint(name="registry_recognition_level", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="registry_recognition_by_decision", condition=~Q(body="") & ~Q(number="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.number} ({self.decided_on:%d/%m/%Y})"


@pghistory.track(context_field=None, append_only=True)
class Proposal(models.Model):
    """A recognised registration sent upward, to be recognised at a higher level as well."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="proposals", verbose_name=_("registration")
    )
    level = models.CharField(_("proposed level"), max_length=20, choices=Level)
    state = models.CharField(_("state"), max_length=20, choices=ProposalState, default=ProposalState.PENDING)
    reason = models.TextField(_("reason"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="registry_proposal_one_pending",
                fields=["registration"],
                condition=Q(state=ProposalState.PENDING),
            ),
            models.CheckConstraint(
                name="registry_proposal_words",
                condition=Q(state__in=ProposalState.values, level__in=[Level.INTERMEDIATE, Level.CITY]),
            ),
            models.CheckConstraint(
                name="registry_proposal_decided",
                condition=Q(state=ProposalState.PENDING, decided_at=None, decided_by=None)
                | (~Q(state=ProposalState.PENDING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="registry_proposal_declined_says_why",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(decision_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.get_state_display()}"
