"""A decision of commendation and its timeline."""

import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import ExtractYear, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.querysets import DecisionQuerySet
from awards.states import DECIDED, Act, AmendmentKind, DecisionState, GrantingTier
from awards.validators import NUMBER_LENGTH
from mobilization.core.search import folded_vector
from mobilization.core.validators import validate_plausible_date, validate_text

DRAFTS_FIRST = datetime.date(2101, 1, 1)
"""Where drafts stand in lists: before everything that was issued, whatever date they name."""


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "listed_on", "year"],
    append_only=True,
)
class Decision(models.Model):
    """A decision with its number, date and signer; it carries many awards.

    Once issued its content never changes (a trigger refuses it). Who corrects or revokes does so by a new decision
    that ``amends`` it.
    """

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="decisions", verbose_name=_("Granting unit")
    )
    tier = models.CharField(_("Tier"), max_length=12, choices=GrantingTier)
    title = models.CharField(_("Subject of the decision"), max_length=500, validators=[validate_text])
    number = models.CharField(
        _("Decision number"), max_length=NUMBER_LENGTH, blank=True, validators=[validate_text]
    )
    signed_on = models.DateField(_("Signed on"), null=True, blank=True, validators=[validate_plausible_date])
    signer = models.CharField(_("Signer"), max_length=120, blank=True, validators=[validate_text])
    signer_post = models.CharField(_("Signer's post"), max_length=200, blank=True, validators=[validate_text])
    state = models.CharField(_("State"), max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("Amends")
    )
    amendment_kind = models.CharField(_("Amendment"), max_length=12, choices=AmendmentKind, blank=True)
    reason = models.TextField(_("Reason"), blank=True, max_length=2000, validators=[validate_text])
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Drafted by")
    )
    drafted_at = models.DateTimeField(_("Drafted at"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Issued by")
    )
    issued_at = models.DateTimeField(_("Issued at"), null=True)
    batch = models.ForeignKey(
        "awards.RegisterBatch",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="decisions",
        verbose_name=_("Loaded with"),
    )
    version = models.PositiveIntegerField(_("Version"), default=1)
    year = models.GeneratedField(
        expression=ExtractYear("signed_on"), output_field=models.SmallIntegerField(null=True), db_persist=True
    )
    listed_on = models.GeneratedField(
        expression=models.Case(
            models.When(state=DecisionState.DRAFT, then=models.Value(DRAFTS_FIRST)),
            default=models.F("signed_on"),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    search = folded_vector(number="A", title="B", signer="C")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")
        constraints = [
            models.UniqueConstraint(
                "unit",
                "tier",
                "year",
                Lower("number"),
                condition=models.Q(state__in=DECIDED),
                name="decision_number_once_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DecisionState.DRAFT)
                | (
                    models.Q(signed_on__isnull=False, issued_at__isnull=False, issued_by__isnull=False)
                    & ~models.Q(number="")
                    & ~models.Q(signer="")
                ),
                name="decision_issued_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(amends=None, amendment_kind="")
                | (
                    models.Q(amends__isnull=False, amendment_kind__in=AmendmentKind.values)
                    & ~models.Q(reason="")
                ),
                name="decision_amendment_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DecisionState.values), name="decision_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(tier__in=GrantingTier.values), name="decision_tier_known"
            ),
        ]
        indexes = [
            models.Index(fields=["-listed_on", "-id"], name="decision_list"),
            models.Index(fields=["year", "state"], name="decision_year"),
            GinIndex("search", name="decision_search"),
        ]

    def __str__(self) -> str:
        """Its number, or its subject while it has none."""
        return self.number or self.title

    def get_absolute_url(self) -> str:
        """Return the staff page."""
        return reverse("awards:detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Tell whether its content may still be changed."""
        return self.state == DecisionState.DRAFT


class DecisionStep(models.Model):
    """Who did what to a decision, when, from which state to which, with what words."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    act = models.CharField(_("Act"), max_length=16, choices=Act)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=DecisionState)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    by_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("By decision")
    )

    class Meta:
        verbose_name = _("Step of a decision")
        verbose_name_plural = _("Steps of decisions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        """The act in words."""
        return self.get_act_display()
