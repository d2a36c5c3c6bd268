"""One award to one recipient, and the golden books that number them."""

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import MD5, Lower
from django.utils.translation import gettext_lazy as _

from awards.models.catalogue import AwardForm
from awards.models.decision import Decision
from awards.querysets import AwardQuerySet
from awards.states import AwardState, GrantingTier, RecipientKind
from awards.validators import NAME_LENGTH
from mobilization.core.search import folded_vector
from mobilization.core.validators import validate_text


class NumberBook(models.Model):
    """The golden book of one granting unit and tier in one year.

    Its row is locked while a decision is issued, so that numbers follow each other without a gap.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    tier = models.CharField(max_length=12, choices=GrantingTier)
    year = models.SmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Golden book")
        verbose_name_plural = _("Golden books")
        constraints = [models.UniqueConstraint(fields=["unit", "tier", "year"], name="number_book_once")]

    def __str__(self) -> str:
        """The book's unit, tier and year."""
        return f"{self.unit_id}/{self.tier}/{self.year}"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    # Who the recipient is, over all awards, is linked beside what was granted; ``RecipientMerge`` keeps its history.
    exclude=["search", "recipient"],
    append_only=True,
)
class Award(models.Model):
    """One form of award to one recipient under one decision.

    Never birth date, phone, address or identity number: they are not collected. Numbers and ``verify_code`` are
    given at issue; awards loaded from old registers have no golden-book number, since theirs is not known.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="awards", verbose_name=_("Decision"))
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="awards", verbose_name=_("Form of award")
    )
    recipient_kind = models.CharField(_("Kind of recipient"), max_length=12, choices=RecipientKind)
    recipient_name = models.CharField(_("Recipient"), max_length=NAME_LENGTH, validators=[validate_text])
    recipient = models.ForeignKey(
        "awards.Recipient",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="awards",
        verbose_name=_("Recipient over all awards"),
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="awards", verbose_name=_("Unit"))
    achievement = models.TextField(_("Achievement"), max_length=2000, validators=[validate_text])
    registration = models.ForeignKey(
        "models_registry.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("Registration"),
    )
    dialogue = models.ForeignKey(
        "dialogues.Dialogue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("Dialogue"),
    )
    state = models.CharField(_("State"), max_length=10, choices=AwardState, default=AwardState.VALID)
    year = models.SmallIntegerField(_("Year"), null=True)
    certificate_number = models.PositiveIntegerField(_("Certificate number"), null=True)
    book = models.ForeignKey(
        NumberBook, models.PROTECT, null=True, related_name="awards", verbose_name=_("Golden book")
    )
    golden_book_number = models.PositiveIntegerField(_("Golden-book number"), null=True)
    verify_code = models.CharField(_("Verification code"), max_length=24, null=True, unique=True)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("Corrects"),
    )
    ended_by = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="ended_awards", verbose_name=_("Ended by decision")
    )
    search = folded_vector(recipient_name="A", achievement="B")

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("Award")
        verbose_name_plural = _("Awards")
        constraints = [
            models.UniqueConstraint(
                "decision",
                "form",
                "recipient_kind",
                Lower("recipient_name"),
                "unit",
                MD5("achievement"),
                name="award_once_in_a_decision",
                violation_error_message=_("This decision already has this award to this recipient."),
            ),
            models.UniqueConstraint(fields=["decision", "certificate_number"], name="award_certificate_once"),
            models.UniqueConstraint(fields=["book", "golden_book_number"], name="award_golden_book_once"),
            models.CheckConstraint(
                condition=models.Q(state=AwardState.VALID, ended_by=None)
                | models.Q(state__in=[AwardState.CORRECTED, AwardState.REVOKED], ended_by__isnull=False),
                name="award_ended_by_a_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(book=None, golden_book_number=None)
                | models.Q(book__isnull=False, golden_book_number__gt=0),
                name="award_number_has_a_book",
            ),
            models.CheckConstraint(
                condition=models.Q(recipient_kind__in=RecipientKind.values), name="award_recipient_known"
            ),
        ]
        indexes = [
            models.Index(fields=["year", "unit"], name="award_year_unit"),
            models.Index(fields=["-year", "-id"], name="award_newest"),
            GinIndex("search", name="award_search"),
        ]

    def __str__(self) -> str:
        """The form and its recipient."""
        return f"{self.form.name}: {self.recipient_name}"
