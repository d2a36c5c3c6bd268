"""The catalogue of forms of award, as data with dates."""

import datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.querysets import AwardFormQuerySet
from awards.states import GrantingTier
from mobilization.core.validators import validate_plausible_date, validate_text


class AwardForm(models.Model):
    """One form of award as one body granted it from one date to another.

    ``code`` stays the same over the years; the rows of one code never overlap (a trigger holds that).
    """

    code = models.SlugField(_("Code"), max_length=40)
    name = models.CharField(_("Form of award"), max_length=120, validators=[validate_text])
    body = models.CharField(_("Granting body"), max_length=200, validators=[validate_text])
    tier = models.CharField(_("Tier"), max_length=12, choices=GrantingTier)
    legal_basis = models.CharField(_("Legal basis"), max_length=300, validators=[validate_text])
    valid_from = models.DateField(_("In force from"), validators=[validate_plausible_date])
    valid_to = models.DateField(
        _("In force until (exclusive)"),
        null=True,
        blank=True,
        validators=[validate_plausible_date],
        help_text=_("The first day on which it is no longer granted; empty while in force."),
    )

    votes_share = models.PositiveSmallIntegerField(
        _("Votes needed (percent)"),
        default=51,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "At least this share of the members present must vote in favour; fewer is told before approval."
        ),
    )
    votes_basis = models.CharField(
        _("What sets the votes needed"),
        max_length=300,
        blank=True,
        validators=[validate_text],
        help_text=_(
            "Law, decree or regulation of the council, with number, date and article. Empty: the portal's default, for which no law is named."
        ),
    )

    version = models.PositiveIntegerField(_("Version"), default=1, editable=False)

    objects = AwardFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("Form of award")
        verbose_name_plural = _("Catalogue of awards")
        ordering = ["tier", "code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="award_form_once_a_date"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="award_form_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(tier__in=GrantingTier.values), name="award_form_tier_known"
            ),
            models.CheckConstraint(condition=models.Q(votes_share__lte=100), name="award_form_votes_share"),
        ]

    def __str__(self) -> str:
        """The form with its body, as certificates name it."""
        return f"{self.name} – {self.body}"

    def is_in_force(self, on: datetime.date) -> bool:
        """Tell whether a decision signed on ``on`` may grant it."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
