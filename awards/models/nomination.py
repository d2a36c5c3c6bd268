"""A nomination, its timeline, and the examinations by vote."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.award import Award
from awards.models.catalogue import AwardForm
from awards.models.recipient import Recipient
from awards.querysets.nominations import ExaminationQuerySet, NominationQuerySet
from awards.states import CLOSED, IN_HAND, NominationAct, NominationState, WarningCode
from awards.validators import NAME_LENGTH, NUMBER_LENGTH
from mobilization.core.search import folded_vector
from mobilization.core.validators import validate_document_number, validate_plausible_date, validate_text

TEXT = {"validators": [validate_text]}
MAX_MEMBERS = 200
MAX_WORDS = 2000


class Examination(models.Model):
    """One session at which nominations were examined: its minutes, who was there, and the votes (``items``)."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="award_examinations", verbose_name=_("Granting unit")
    )
    number = models.CharField(
        _("Number of the minutes"), max_length=NUMBER_LENGTH, validators=[validate_document_number]
    )
    held_on = models.DateField(_("Held on"), validators=[validate_plausible_date])
    place = models.CharField(_("Place"), max_length=200, blank=True, **TEXT)
    chair = models.CharField(_("Chair"), max_length=120, **TEXT)
    secretary = models.CharField(_("Secretary"), max_length=120, **TEXT)
    members = models.TextField(
        _("Who was there"),
        max_length=4000,
        blank=True,
        help_text=_("One person a line: name, post."),
        **TEXT,
    )
    present = models.PositiveSmallIntegerField(
        _("Members present"), validators=[MinValueValidator(1), MaxValueValidator(MAX_MEMBERS)]
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"), default=timezone.now)

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Examination of nominations")
        verbose_name_plural = _("Examinations of nominations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(present__gte=1, present__lte=MAX_MEMBERS), name="examination_present"
            )
        ]
        indexes = [models.Index(fields=["-held_on", "-id"], name="examination_newest")]

    def __str__(self) -> str:
        """The number of its minutes."""
        return self.number

    def get_absolute_url(self) -> str:
        """Return the staff page."""
        return reverse("awards:examination", args=[self.pk])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "year"],
    append_only=True,
)
class Nomination(models.Model):
    """A proposal that somebody receives a form of award (đề nghị khen thưởng).

    ``unit`` is where the recipient belongs and stands on the award; ``granting_unit`` is the body that the form's tier
    names above it. ``recipient_name`` is written on the certificate as typed here. ``award`` is what it became in the
    one decision that it stands in.
    """

    recipient = models.ForeignKey(
        Recipient, models.PROTECT, related_name="nominations", verbose_name=_("Recipient")
    )
    recipient_name = models.CharField(_("Name on the certificate"), max_length=NAME_LENGTH, **TEXT)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="nominations", verbose_name=_("Unit"))
    granting_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="nominations_to_grant", verbose_name=_("Granting unit")
    )
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="nominations", verbose_name=_("Form of award")
    )
    proposed_on = models.DateField(
        _("Proposed on"), default=timezone.localdate, validators=[validate_plausible_date]
    )
    achievement = models.TextField(_("Achievement"), max_length=2000, **TEXT)
    registration = models.ForeignKey(
        "models_registry.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("Registration"),
    )
    dialogue = models.ForeignKey(
        "dialogues.Dialogue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("Dialogue"),
    )
    state = models.CharField(
        _("State"), max_length=12, choices=NominationState, default=NominationState.PROPOSED, editable=False
    )
    state_since = models.DateTimeField(_("Since"), default=timezone.now, editable=False)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("Typed by")
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Submitted by"),
    )
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, editable=False)
    vote = models.ForeignKey(
        "awards.ExaminationItem",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Votes"),
    )
    award = models.OneToOneField(
        Award,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="nomination",
        verbose_name=_("Award"),
    )
    version = models.PositiveIntegerField(_("Version"), default=1, editable=False)
    search = folded_vector(recipient_name="A", achievement="B")

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Nomination")
        verbose_name_plural = _("Nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "form", "recipient"],
                condition=models.Q(registration__isnull=False) & ~models.Q(state__in=CLOSED),
                name="nomination_once_a_registration",
                violation_error_message=_(
                    "This is proposed already, for the same registration and form of award."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=NominationState.values), name="nomination_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=NominationState.IN_DECISION, award__isnull=False)
                | (~models.Q(state=NominationState.IN_DECISION) & models.Q(award=None)),
                name="nomination_award_of_a_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[*IN_HAND, NominationState.WITHDRAWN])
                | models.Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="nomination_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[*IN_HAND, NominationState.SUBMITTED, NominationState.WITHDRAWN])
                | models.Q(vote__isnull=False),
                name="nomination_examined_by_vote",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "state_since", "id"], name="nomination_waiting"),
            models.Index(fields=["-proposed_on", "-id"], name="nomination_newest"),
            GinIndex("search", name="nomination_search"),
        ]

    def __str__(self) -> str:
        """The recipient's name."""
        return self.recipient_name

    def get_absolute_url(self) -> str:
        """Return the staff page."""
        return reverse("awards:nomination", args=[self.pk])

    @property
    def is_in_hand(self) -> bool:
        """Tell whether it may still be changed by whoever proposes."""
        return self.state in IN_HAND


class ExaminationItem(models.Model):
    """The votes on one nomination at one examination; who did not vote either way abstained."""

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="items")
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="votes")
    votes_for = models.PositiveSmallIntegerField(_("Votes in favour"))
    votes_against = models.PositiveSmallIntegerField(_("Votes against"))

    class Meta:
        verbose_name = _("Votes on a nomination")
        verbose_name_plural = _("Votes on nominations")
        constraints = [
            models.UniqueConstraint(fields=["examination", "nomination"], name="examined_once_a_session")
        ]

    def __str__(self) -> str:
        """For and against."""
        return f"{self.votes_for}/{self.votes_against}"


class NominationStep(models.Model):
    """Who did what to a nomination, when, from which state to which, with what words."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="steps")
    act = models.CharField(_("Act"), max_length=12, choices=NominationAct)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=NominationState)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Step of a nomination")
        verbose_name_plural = _("Steps of nominations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        """The act in words."""
        return self.get_act_display()


class Acknowledgement(models.Model):
    """The words with which a warning was taken note of when a nomination was approved; they stay in the record."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="acknowledgements")
    code = models.CharField(_("Warning"), max_length=20, choices=WarningCode)
    told = models.TextField(_("What was told"))
    words = models.TextField(_("Words"), max_length=MAX_WORDS, **TEXT)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Acknowledged warning")
        verbose_name_plural = _("Acknowledged warnings")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="acknowledged_in_words")]

    def __str__(self) -> str:
        """The warning."""
        return self.get_code_display()
