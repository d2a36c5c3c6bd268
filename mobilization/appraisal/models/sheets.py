"""Score sheets: what one appraiser says of one registration, criterion by criterion."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.appraisal.querysets import AppraisalQuerySet
from mobilization.appraisal.states import SheetState
from mobilization.core.validators import validate_text
from models_registry.models import Criterion, Registration
from models_registry.states import Level


@pghistory.track(context_field=None, append_only=True)
class Appraisal(models.Model):
    """The sheet of one person on one registration at one level.

    Handed in, it stays as it is until the registration comes back changed: then it may be written anew.
    """

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="appraisals", verbose_name=_("registration")
    )
    appraiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appraisals", verbose_name=_("appraiser")
    )
    level = models.CharField(_("level"), max_length=20, choices=Level)
    state = models.CharField(_("state"), max_length=20, choices=SheetState, default=SheetState.DRAFT)
    total = models.DecimalField(_("points"), max_digits=7, decimal_places=1, default=0)
    comment = models.TextField(_("opinion"), blank=True, max_length=2000, validators=[validate_text])
    seen_version = models.PositiveIntegerField(_("version"))
    """Of the registration, as it was before the appraiser."""
    changed_at = models.DateTimeField(_("changed on"), default=timezone.now)
    handed_in_at = models.DateTimeField(_("handed in on"), null=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            models.UniqueConstraint(
                name="appraisal_one_sheet", fields=["registration", "appraiser", "level"]
            ),
            models.CheckConstraint(
                name="appraisal_sheet_words", condition=Q(level__in=Level.values, state__in=SheetState.values)
            ),
            models.CheckConstraint(
                name="appraisal_handed_in_has_day",
                condition=Q(state=SheetState.DRAFT, handed_in_at=None)
                | Q(state=SheetState.HANDED_IN, handed_in_at__isnull=False),
            ),
            models.CheckConstraint(name="appraisal_total_not_negative", condition=Q(total__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.appraiser}"

    @property
    def is_handed_in(self) -> bool:
        """Tell whether it is finished."""
        return self.state == SheetState.HANDED_IN


class Score(models.Model):
    """What a sheet says to one criterion: points where it carries a weight, else whether it is fulfilled."""

    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, related_name="scores", verbose_name=_("score sheet")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1, null=True, blank=True)
    fulfilled = models.BooleanField(_("fulfilled"), null=True, blank=True)
    words = models.CharField(_("remark"), max_length=500, blank=True, validators=[validate_text])

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(name="appraisal_score_once", fields=["appraisal", "criterion"]),
            models.CheckConstraint(
                name="appraisal_points_or_fulfilled", condition=Q(points=None) | Q(fulfilled=None)
            ),
            models.CheckConstraint(
                name="appraisal_points_plausible",
                condition=Q(points=None) | Q(points__gte=0, points__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points if self.points is not None else self.fulfilled}"
