"""Decisions that wait to be announced, and the announcements."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_document_number, validate_plausible_date, validate_text
from mobilization.publication.querysets import PendingDecisionQuerySet, PublicationQuerySet
from mobilization.publication.states import Act
from models_registry.models import Campaign, Registration
from models_registry.states import Act as RegistryAct
from models_registry.states import Level

NEED_REASON = [act.value for act in Act if act.value in RegistryAct.NEED_REASON]


class Publication(models.Model):
    """Decisions on many registrations, announced at once under one document. Never changed."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("city"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="publications", verbose_name=_("campaign")
    )
    title = models.CharField(_("title"), max_length=300, validators=[validate_text])
    body = models.CharField(_("recognised by"), max_length=200, validators=[validate_text])
    number = models.CharField(_("decision number"), max_length=60, validators=[validate_document_number])
    decided_on = models.DateField(_("decision date"), validators=[validate_plausible_date])
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    counts = models.JSONField(_("numbers"), default=dict, encoder=DjangoJSONEncoder)
    """How many of each act, level and field, and how many were exemplary."""
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Of the form that was sent: sent twice, it publishes once."""

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of decisions")
        verbose_name_plural = _("publications of decisions")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="publication_by_decision", condition=~Q(title="") & ~Q(body="") & ~Q(number="")
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the staff page of this announcement."""
        return reverse("publication:detail", args=[self.pk])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    context_field=None,
    append_only=True,
)
class PendingDecision(models.Model):
    """What was decided on one registration; nothing of it shows until it is published.

    One waits at a time. ``level`` is the level that decides, ``seen_version`` the version that was before whoever
    decided: a registration that was changed since is not published, it is looked at again.
    """

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="pending_decisions", verbose_name=_("registration")
    )
    act = models.CharField(_("decision"), max_length=20, choices=Act)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    exemplary = models.BooleanField(_("exemplary"), default=False)
    reason = models.TextField(_("reason"), blank=True, validators=[validate_text])
    source = models.CharField(
        _("where it was decided"), max_length=200, blank=True, validators=[validate_text]
    )
    """Where it was decided, in words: "Phiên họp 12/BB-HĐ"."""
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    seen_version = models.PositiveIntegerField(_("version"))
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, related_name="decisions", verbose_name=_("publication")
    )

    objects = PendingDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending decision")
        verbose_name_plural = _("pending decisions")
        constraints = [
            models.UniqueConstraint(
                name="publication_one_pending", fields=["registration"], condition=Q(publication=None)
            ),
            models.CheckConstraint(
                name="publication_pending_words",
                condition=Q(act__in=Act.values, level__in=Level.values),
            ),
            models.CheckConstraint(
                name="publication_refusal_says_why", condition=~Q(act__in=NEED_REASON) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="publication_exemplary_is_recognised",
                condition=Q(exemplary=False) | Q(act__in=[act.value for act in Act if act.recognises]),
            ),
        ]
        indexes = [
            models.Index(fields=["level"], name="publication_waiting", condition=Q(publication=None)),
        ]
        triggers = [
            pgtrigger.Protect(
                name="announced_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__publication__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.get_act_display()}"

    @property
    def recognises(self) -> bool:
        """Tell whether this leaves a recognition behind."""
        return Act(self.act).recognises
