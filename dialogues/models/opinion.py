"""One question or proposal raised at a dialogue."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.models.dialogue import Dialogue
from dialogues.querysets import OpinionManager
from dialogues.states import OPEN_STATUSES, OpinionField, OpinionStatus
from mobilization.core.search import folded_vector
from mobilization.core.validators import validate_text
from mobilization.units.models import Unit

TEXT = {"validators": [validate_text]}
MAX_TEXT = 4000


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "updated_at", "author_name", "promised_on"],
    append_only=True,
)
class Opinion(models.Model):
    """One question or proposal raised at a dialogue, with its follow-up.

    ``text``, ``answer``, ``reason`` and above all ``author_name`` are for staff. The public reads ``field``,
    ``matter``, ``public_text``, ``public_answer``, ``status`` and dates, once ``is_public`` was set on purpose.
    The history of rows leaves the author out, so that anonymising a person is done in one place.
    """

    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, related_name="opinions", verbose_name=_("Dialogue"), db_index=False
    )
    order = models.PositiveSmallIntegerField(_("Number"), editable=False)
    field = models.CharField(_("Field of the opinion"), max_length=20, choices=OpinionField.choices)
    matter = models.CharField(_("Matter"), max_length=300, **TEXT)
    text = models.TextField(_("Text of the opinion"), max_length=MAX_TEXT, **TEXT)
    author_name = models.CharField(
        _("Raised by"),
        max_length=150,
        blank=True,
        help_text=_("Optional. Never published and never exported."),
        **TEXT,
    )
    unit_in_charge = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="opinions_in_charge",
        verbose_name=_("Unit in charge"),
        null=True,
        blank=True,
        db_index=False,
    )
    due_on = models.DateField(_("Due date"), null=True, blank=True)
    promised_on = models.DateField(_("First due date"), null=True, editable=False)
    """The first day that was ever named (a trigger sets it, once): a promise is measured by it, put off or not."""
    status = models.CharField(
        _("Status"),
        max_length=20,
        choices=OpinionStatus.choices,
        default=OpinionStatus.RECEIVED,
        editable=False,
    )
    answer = models.TextField(_("Answer"), blank=True, max_length=MAX_TEXT, **TEXT)
    answered_on = models.DateField(_("Date of the answer"), null=True, blank=True)
    answer_document = models.CharField(_("Document of the answer"), max_length=200, blank=True, **TEXT)
    reason = models.TextField(_("Reason"), blank=True, max_length=MAX_TEXT, **TEXT)
    reopened = models.PositiveSmallIntegerField(_("Times re-opened"), default=0, editable=False)
    reopen_asked = models.BooleanField(_("Asked to be re-opened"), default=False, editable=False)

    is_sensitive = models.BooleanField(
        _("Sensitive"),
        default=False,
        help_text=_(
            "Only the recording unit, the unit in charge and city staff can open it; every reading is logged, and it is "
            "never published or exported."
        ),
    )
    is_public = models.BooleanField(_("Published"), default=False, editable=False)
    public_text = models.TextField(_("Public text"), blank=True, max_length=MAX_TEXT, **TEXT)
    public_answer = models.TextField(_("Public answer"), blank=True, max_length=MAX_TEXT, **TEXT)

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
    search = folded_vector(matter="A", public_text="B")

    objects = OpinionManager()

    class Meta:
        verbose_name = _("Opinion")
        verbose_name_plural = _("Opinions")
        indexes = (
            models.Index("unit_in_charge", "status", "due_on", name="opinion_in_charge"),
            models.Index("due_on", "id", name="opinion_open_due", condition=Q(status__in=OPEN_STATUSES)),
            models.Index(fields=["-id"], name="opinion_public_newest", condition=Q(is_public=True)),
            GinIndex("search", name="opinion_search"),
        )
        constraints = (
            models.UniqueConstraint(fields=["dialogue", "order"], name="opinion_order_once"),
            models.CheckConstraint(condition=Q(status__in=OpinionStatus.values), name="opinion_status_known"),
            models.CheckConstraint(condition=Q(field__in=OpinionField.values), name="opinion_field_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(matter=""), name="opinion_has_text"),
            models.CheckConstraint(
                condition=~Q(status=OpinionStatus.RESOLVED) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="opinion_resolved_with_answer",
            ),
            models.CheckConstraint(
                condition=~Q(status=OpinionStatus.NOT_ACCEPTED) | ~Q(reason=""),
                name="opinion_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(public_text=""), name="opinion_public_with_text"
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False) | Q(is_public=False), name="opinion_sensitive_not_public"
            ),
            models.CheckConstraint(
                condition=Q(reopen_asked=False) | ~Q(status__in=OPEN_STATUSES),
                name="opinion_asked_when_closed",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="opinion_first_due",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("due_on", "promised_on"),
                func="""
                    NEW.promised_on := NEW.due_on;
                    IF TG_OP = 'UPDATE' AND OLD.promised_on IS NOT NULL THEN
                        NEW.promised_on := OLD.promised_on;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="opinion_without_summary",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("dialogue_id"),
                # FOR SHARE waits for a concurrent change of the dialogue; several new opinions do not wait for
                # each other.
                declare=[("carries_summary", "boolean")],
                func="""
                    SELECT summary_only INTO carries_summary
                        FROM dialogues_dialogue WHERE id = NEW.dialogue_id FOR SHARE;
                    IF carries_summary THEN
                        RAISE EXCEPTION 'dialogue % is summary only', NEW.dialogue_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dialogue_summary_or_opinions';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.listed

    @property
    def listed(self) -> str:
        """Return what stands in lists and messages: the matter, unless it is read on the opinion's own page only."""
        return str(_("Sensitive opinion")) if self.is_sensitive else self.matter

    def get_absolute_url(self) -> str:
        """Return the staff page."""
        return reverse("dialogues:opinion", args=[self.pk])

    @property
    def unit(self) -> Unit:
        """Return the unit that recorded it: what permissions ask about."""
        return self.dialogue.unit

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to deal with it."""
        return self.status in OPEN_STATUSES

    @property
    def is_overdue(self) -> bool:
        """Tell whether it is still open after its due date."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def days_overdue(self) -> int:
        """Return for how many days it is open after its due date; 0 while it is not."""
        return (timezone.localdate() - self.due_on).days if self.is_overdue else 0
