"""A year's round of the movement: its guiding document, its dated windows, what each unit owes, and exceptions."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_plausible_date, validate_text
from mobilization.units.states import UnitKind
from models_registry.querysets import CampaignQuerySet, CriterionQuerySet, ExtensionQuerySet
from models_registry.states import Level, Stage

FIRST_YEAR, LAST_YEAR = 2009, 2100
"""The movement was launched on 26 February 2009 (plan 70-KH/BDVTW)."""


@pghistory.track(context_field=None, append_only=True)
class Campaign(models.Model):
    """One year's round in one city."""

    city = models.ForeignKey("units.Unit", models.PROTECT, related_name="campaigns", verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=300, validators=[validate_text])
    guiding_number = models.CharField(
        _("number of the guiding document"), max_length=60, blank=True, validators=[validate_text]
    )
    guiding_date = models.DateField(
        _("date of the guiding document"), null=True, blank=True, validators=[validate_plausible_date]
    )
    opened_on = models.DateField(
        _("opened on"),
        null=True,
        blank=True,
        validators=[validate_plausible_date],
        help_text=_("From this day on units can submit. Empty while the campaign is being prepared."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-year", "city"]
        constraints = [
            models.UniqueConstraint(
                name="registry_campaign_once",
                fields=["city", "year"],
                violation_error_message=_("There is a campaign for this year already."),
            ),
            # The target of the registrations' key (campaign, year): a registration's year is its campaign's.
            models.UniqueConstraint(name="registry_campaign_year", fields=["id", "year"]),
            models.CheckConstraint(
                name="registry_campaign_year_plausible",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
            ),
            models.CheckConstraint(name="registry_campaign_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the staff page of this campaign."""
        return reverse("models_registry:campaign", args=[self.pk])

    def is_open(self) -> bool:
        """Tell whether units can submit by now; the windows say until when."""
        return self.opened_on is not None and self.opened_on <= timezone.localdate()


class CampaignWindow(models.Model):
    """When one stage of a campaign is open at one level. After ``due_on`` is late, after ``closes_on`` is closed."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="windows", verbose_name=_("campaign"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    opens_on = models.DateField(_("opens on"), validators=[validate_plausible_date])
    due_on = models.DateField(_("due on"), validators=[validate_plausible_date])
    closes_on = models.DateField(_("closes on"), validators=[validate_plausible_date])

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["opens_on", "stage", "level"]
        constraints = [
            models.UniqueConstraint(name="registry_window_once", fields=["campaign", "stage", "level"]),
            models.CheckConstraint(
                name="registry_window_words", condition=Q(stage__in=Stage.values, level__in=Level.values)
            ),
            models.CheckConstraint(
                name="registry_window_ordered",
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("closes_on")),
                violation_error_message=_("A window opens, is due and closes, in this order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.get_level_display()}"


class Target(models.Model):
    """How many registrations a unit owes in a campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets", verbose_name=_("campaign"))
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    number = models.PositiveIntegerField(_("registrations owed"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [models.UniqueConstraint(name="registry_target_once", fields=["campaign", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit}: {self.number}"


class KindTarget(models.Model):
    """How many registrations every unit of a kind owes in a campaign, unless it has a target of its own."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="kind_targets", verbose_name=_("campaign")
    )
    unit_kind = models.CharField(_("kind of unit"), max_length=20, choices=UnitKind)
    number = models.PositiveIntegerField(_("registrations owed"))

    class Meta:
        verbose_name = _("target of a kind of unit")
        verbose_name_plural = _("targets of kinds of unit")
        ordering = ["unit_kind"]
        constraints = [
            models.UniqueConstraint(name="registry_kind_target_once", fields=["campaign", "unit_kind"]),
            models.CheckConstraint(
                name="registry_kind_target_words", condition=Q(unit_kind__in=UnitKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display()}: {self.number}"


class Criterion(models.Model):
    """One criterion of recognition in a campaign. Without a level it holds at every level; without a weight it is
    fulfilled or not, and carries no points.
    """

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="criteria", verbose_name=_("campaign")
    )
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    text = models.CharField(_("criterion"), max_length=500, validators=[validate_text])
    weight = models.PositiveSmallIntegerField(
        _("points at most"), null=True, blank=True, help_text=_("Empty: fulfilled or not, without points.")
    )

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="registry_criterion_once",
                fields=["campaign", "level", "text"],
                violation_error_message=_("This criterion is in the list already."),
            ),
            models.CheckConstraint(
                name="registry_criterion_level", condition=Q(level__in=["", *Level.values])
            ),
            models.CheckConstraint(name="registry_criterion_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="registry_criterion_weight", condition=Q(weight=None) | Q(weight__gte=1, weight__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Extension(models.Model):
    """The city lets one unit act in a closed window, for a reason, until a day (that day included)."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="extensions", verbose_name=_("campaign")
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    until = models.DateField(_("until"), validators=[validate_plausible_date])
    reason = models.TextField(_("reason"), max_length=1000, validators=[validate_text])
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("granted by"),
        editable=False,
    )
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now, editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(name="registry_extension_stage", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="registry_extension_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.get_stage_display()}"
