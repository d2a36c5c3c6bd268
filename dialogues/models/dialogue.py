"""The dialogue conference itself."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.querysets import DialogueManager
from dialogues.states import COUNTED, Chair, Form, Kind, State
from dialogues.validators import SUMMARY_FIELDS
from mobilization.core.search import folded_vector
from mobilization.core.validators import validate_text
from mobilization.units.models import Unit

TEXT = {"validators": [validate_text]}
MAX_REASON = 4000


def _number_and_date(number: str, date: str) -> tuple[models.CharField, models.DateField]:
    return models.CharField(number, max_length=100, blank=True, **TEXT), models.DateField(
        date, null=True, blank=True
    )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "updated_at"],
    append_only=True,
)
class Dialogue(models.Model):
    """One conference of leaders with the people, from its plan to its published results.

    Its unit is the one it was filed under, for ever. Either opinions hang on it, or it is ``summary_only`` and carries
    totals; never both (constraint and trigger).
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="dialogues", verbose_name=_("Unit"), db_index=False
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind.choices, default=Kind.PERIODIC)
    state = models.CharField(
        _("State"), max_length=16, choices=State.choices, default=State.PLANNED, editable=False
    )
    topic = models.CharField(_("Topic"), max_length=500, **TEXT)
    plan_number, plan_date = _number_and_date(_("Plan number"), _("Plan date"))
    held_on = models.DateField(_("Date of the dialogue"))
    starts_at = models.TimeField(_("Start"), null=True, blank=True)
    venue = models.CharField(_("Venue"), max_length=300, blank=True, **TEXT)
    form = models.CharField(_("Form"), max_length=16, choices=Form.choices, default=Form.IN_PERSON)
    chairs = ArrayField(
        models.CharField(max_length=32, choices=Chair.choices),
        default=list,
        blank=True,
        verbose_name=_("Chaired by"),
    )
    attending = models.PositiveIntegerField(_("People attending"), null=True, blank=True)
    spoke = models.PositiveIntegerField(_("People who spoke"), null=True, blank=True)
    minutes_number, minutes_date = _number_and_date(_("Minutes number"), _("Minutes date"))
    conclusion_number, conclusion_date = _number_and_date(
        _("Conclusion notice number"), _("Conclusion notice date")
    )
    announced_on = models.DateField(_("Announced on"), null=True, blank=True)
    published_on = models.DateField(_("Results published on"), null=True, blank=True)
    cancel_reason = models.TextField(_("Reason of cancelling"), blank=True, max_length=MAX_REASON, **TEXT)

    summary_only = models.BooleanField(_("Summary only"), default=False)
    opinions_total = models.PositiveIntegerField(_("Opinions in total"), null=True, blank=True)
    opinions_on_spot = models.PositiveIntegerField(_("Answered on the spot"), null=True, blank=True)
    opinions_resolved = models.PositiveIntegerField(_("Resolved"), null=True, blank=True)
    opinions_in_progress = models.PositiveIntegerField(_("Being dealt with"), null=True, blank=True)
    opinions_outside = models.PositiveIntegerField(_("Outside competence"), null=True, blank=True)

    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("Recorded by"),
        editable=False,
        db_index=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = folded_vector(topic="A", venue="B")

    objects = DialogueManager()

    class Meta:
        verbose_name = _("Dialogue")
        verbose_name_plural = _("Dialogues")
        indexes = (
            models.Index(F("held_on").desc(), F("id").desc(), name="dialogue_newest"),
            models.Index(
                F("held_on").desc(),
                F("id").desc(),
                name="dialogue_published_newest",
                condition=Q(state=State.PUBLISHED),
            ),
            models.Index("unit", F("held_on").desc(), F("id").desc(), name="dialogue_unit_newest"),
            # What is still to be held: few among all that were.
            models.Index(
                fields=["held_on", "id"],
                name="dialogue_planned",
                condition=Q(state__in=[State.PLANNED, State.ANNOUNCED]),
            ),
            GinIndex("search", name="dialogue_search"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="dialogue_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="dialogue_kind_known"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="dialogue_form_known"),
            models.CheckConstraint(
                condition=Q(chairs__contained_by=Chair.values), name="dialogue_chairs_known"
            ),
            models.CheckConstraint(condition=~Q(topic=""), name="dialogue_topic_given"),
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED, published_on__isnull=False)
                | (~Q(state=State.PUBLISHED) & Q(published_on__isnull=True)),
                name="dialogue_published_with_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANNOUNCED) | Q(announced_on__isnull=False),
                name="dialogue_announced_with_date",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=State.CANCELLED) & Q(cancel_reason="")),
                name="dialogue_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(plan_date=None) | Q(plan_date__lte=F("held_on")))
                & (Q(announced_on=None) | Q(announced_on__lte=F("held_on"))),
                name="dialogue_plan_and_notice_before",
            ),
            models.CheckConstraint(
                condition=(Q(minutes_date=None) | Q(minutes_date__gte=F("held_on")))
                & (Q(conclusion_date=None) | Q(conclusion_date__gte=F("held_on")))
                & (Q(published_on=None) | Q(published_on__gte=F("held_on"))),
                name="dialogue_results_after",
            ),
            models.CheckConstraint(
                condition=Q(attending=None) | Q(spoke=None) | Q(spoke__lte=F("attending")),
                name="dialogue_spoke_attended",
            ),
            models.CheckConstraint(
                condition=Q(summary_only=True, state__in=COUNTED)
                | Q(summary_only=False, **{f"{name}__isnull": True for name in SUMMARY_FIELDS}),
                name="dialogue_totals_need_summary",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in SUMMARY_FIELDS})
                | Q(
                    opinions_total__gte=Coalesce(F("opinions_on_spot"), 0)
                    + Coalesce(F("opinions_resolved"), 0)
                    + Coalesce(F("opinions_in_progress"), 0)
                    + Coalesce(F("opinions_outside"), 0),
                    opinions_total__isnull=False,
                ),
                name="dialogue_totals_add_up",
            ),
        )
        triggers = (
            # The lock of the updated row makes a concurrent new opinion wait (see Opinion), so that one of both sees
            # the other.
            pgtrigger.Trigger(
                name="summary_without_opinions",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__summary_only=True, old__summary_only=False),
                func="""
                    IF EXISTS (SELECT 1 FROM dialogues_opinion WHERE dialogue_id = NEW.id) THEN
                        RAISE EXCEPTION 'dialogue % has opinions', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dialogue_summary_or_opinions';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        """Return the staff page."""
        return reverse("dialogues:detail", args=[self.pk])

    @property
    def is_counted(self) -> bool:
        """Tell whether statistics count it."""
        return self.state in COUNTED

    @property
    def is_public(self) -> bool:
        """Tell whether anybody may read it."""
        return self.state == State.PUBLISHED

    def chair_labels(self) -> list[str]:
        """Return who chairs, in words, in the order of rank."""
        return [str(chair.label) for chair in Chair if chair.value in self.chairs]
