"""Sessions of a council: who sat in it, what it decided on, with which votes."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.appraisal.querysets import AgendaItemQuerySet, CouncilSessionQuerySet
from mobilization.appraisal.states import Part, SessionState, Verdict
from mobilization.core.validators import validate_document_number, validate_plausible_date, validate_text
from models_registry.models import Campaign, Registration
from models_registry.states import Level

_CLOSED_IS_FINAL = pgtrigger.Protect(
    name="closed_is_final",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__state=SessionState.CLOSED),
)


@pghistory.track(context_field=None, append_only=True)
class CouncilSession(models.Model):
    """One session of the council of a unit, on registrations of one campaign at one level."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="council_sessions", verbose_name=_("campaign")
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    level = models.CharField(_("level"), max_length=20, choices=Level)
    title = models.CharField(_("title"), max_length=300, validators=[validate_text])
    held_on = models.DateField(_("day"), validators=[validate_plausible_date])
    place = models.CharField(_("place"), max_length=300, validators=[validate_text])
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), help_text=_("So many members with a vote have to be present.")
    )
    minutes_number = models.CharField(
        _("number of the minutes"), max_length=60, blank=True, validators=[validate_document_number]
    )
    state = models.CharField(_("state"), max_length=20, choices=SessionState, default=SessionState.PLANNED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"), editable=False
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    """Grows with every change of its facts and of its members: of two who change it the second is told."""

    objects = CouncilSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of the council")
        verbose_name_plural = _("sessions of the council")
        constraints = [
            models.CheckConstraint(
                name="appraisal_session_words",
                condition=Q(level__in=Level.values, state__in=SessionState.values)
                & ~Q(title="")
                & ~Q(place=""),
            ),
            models.CheckConstraint(name="appraisal_session_has_quorum", condition=Q(quorum__gte=1)),
            models.CheckConstraint(
                name="appraisal_closed_has_minutes",
                condition=Q(closed_at=None, closed_by=None) & ~Q(state=SessionState.CLOSED)
                | Q(state=SessionState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(minutes_number=""),
            ),
        ]
        triggers = [_CLOSED_IS_FINAL]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the staff page of this session."""
        return reverse("appraisal:session", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing of it changes any more."""
        return self.state == SessionState.CLOSED


class SessionMember(models.Model):
    """Somebody who sits in a session: with an account, or by name only."""

    session = models.ForeignKey(
        CouncilSession, models.CASCADE, related_name="members", verbose_name=_("session")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    name = models.CharField(_("full name"), max_length=150, validators=[validate_text])
    post = models.CharField(_("post"), max_length=200, blank=True, validators=[validate_text])
    part = models.CharField(_("part in the session"), max_length=20, choices=Part, default=Part.MEMBER)
    votes = models.BooleanField(_("has a vote"), default=True)
    present = models.BooleanField(_("present"), default=True)

    class Meta:
        verbose_name = _("member of the session")
        verbose_name_plural = _("members of the session")
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="appraisal_member_once", fields=["session", "user"], condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                name="appraisal_one_of_a_part", fields=["session", "part"], condition=~Q(part=Part.MEMBER)
            ),
            models.CheckConstraint(
                name="appraisal_member_words", condition=Q(part__in=Part.values) & ~Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """One registration before the council: the votes, and what was concluded."""

    session = models.ForeignKey(
        CouncilSession, models.CASCADE, related_name="items", verbose_name=_("session")
    )
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="agenda_items", verbose_name=_("registration")
    )
    position = models.PositiveIntegerField(_("place in the list"))
    seen_version = models.PositiveIntegerField(_("version"))
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    verdict = models.CharField(_("conclusion"), max_length=20, choices=Verdict, blank=True)
    exemplary = models.BooleanField(_("exemplary"), default=False)
    reason = models.TextField(_("reason"), blank=True, max_length=1000, validators=[validate_text])
    kept_out = ArrayField(
        models.CharField(max_length=400), default=list, blank=True, verbose_name=_("without a vote")
    )
    """Who was present and must not decide on this, with the reason, as it stood when the session was closed."""
    changed_at = models.DateTimeField(default=timezone.now)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        constraints = [
            models.UniqueConstraint(name="appraisal_item_once", fields=["session", "registration"]),
            models.CheckConstraint(
                name="appraisal_item_words", condition=Q(verdict__in=["", *Verdict.values])
            ),
            models.CheckConstraint(
                name="appraisal_verdict_by_votes",
                condition=Q(verdict="")
                | Q(votes_for__isnull=False, votes_against__isnull=False, abstained__isnull=False),
            ),
            models.CheckConstraint(
                name="appraisal_recognised_by_majority",
                condition=~Q(verdict=Verdict.RECOGNISE) | Q(votes_for__gt=F("votes_against")),
            ),
            models.CheckConstraint(
                name="appraisal_refusal_says_why", condition=~Q(verdict=Verdict.REFUSE) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="appraisal_exemplary_is_recognised",
                condition=Q(exemplary=False) | Q(verdict=Verdict.RECOGNISE),
            ),
        ]
        indexes = [models.Index(fields=["session", "position"], name="appraisal_agenda")]

    def __str__(self) -> str:
        return f"{self.position}. {self.registration}"


class StandingAside(models.Model):
    """A member whom the chair keeps from voting on one item, for what no rule of the portal can know."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="standing_aside", verbose_name=_("item of the agenda")
    )
    member = models.ForeignKey(SessionMember, models.CASCADE, related_name="+", verbose_name=_("member"))
    reason = models.CharField(_("reason"), max_length=200, validators=[validate_text])
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    made_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("member who takes no part")
        verbose_name_plural = _("members who take no part")
        constraints = [
            models.UniqueConstraint(name="appraisal_aside_once", fields=["item", "member"]),
            models.CheckConstraint(name="appraisal_aside_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.reason})"
