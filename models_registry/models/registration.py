"""One model in one year: what was promised, reported and decided."""

from decimal import Decimal
from functools import cached_property

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.search import folded_vector
from mobilization.core.validators import validate_plausible_date, validate_text
from mobilization.units import closed_years
from models_registry.models.campaign import Campaign
from models_registry.models.deciding import DecidingTier
from models_registry.models.registration_rules import constraints
from models_registry.models.skilled_model import SkilledModel
from models_registry.querysets import RegistrationManager
from models_registry.states import Kind, Level, Novelty, Outcome, State, Subject, WorkField
from models_registry.validators import REQUIRED_TO_REPORT, REQUIRED_TO_SUBMIT

MAX_TEXT = 10_000

CONTENT_FIELDS = (
    *("title", "place", "registrant", "kind", "subject", "field", "level", "novelty"),
    *("aim", "content", "method", "beneficiaries", "households", "participants", "partners"),
    *("starts_on", "ends_on", "person_name", "person_post", "person_phone"),
)
"""What is promised: typed into a draft, mended when returned, carried over when renewed; in the order of the form."""

REPORT_FIELDS = (
    *("result_summary", "figures_before", "figures_after", "product", "money", "money_from_people"),
    *("working_days", "land_m2", "difficulty", "lessons"),
)
"""What is reported, in the order of the form."""

CARRIED_FIELDS = ("title", "kind", "subject", "field", "aim", "content", "method", "beneficiaries")
"""What a model made after another unit's begins with: published words, no place, people or figures of that unit."""

PRIVATE_FIELDS = ("person_name", "person_post", "person_phone")
"""Never on a public page, in an open export or in the API."""


def _text(label, **options) -> models.TextField:
    validators = [validate_text, MaxLengthValidator(MAX_TEXT)]
    return models.TextField(label, blank=True, max_length=MAX_TEXT, validators=validators, **options)


def _line(label, length: int, **options) -> models.CharField:
    return models.CharField(label, max_length=length, blank=True, validators=[validate_text], **options)


def _number(label, **options) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True, **options)


def _money(label, **options) -> models.PositiveBigIntegerField:
    return models.PositiveBigIntegerField(label, null=True, blank=True, **options)


def _date(label) -> models.DateField:
    return models.DateField(label, null=True, blank=True, validators=[validate_plausible_date])


def _user(label, **options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, verbose_name=label, **options
    )


# Statement-level triggers: a workbook of 10,000 rows costs one more statement, not 10,000.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "awaits"],
    context_field=None,
    append_only=True,
    level=pgtrigger.Statement,
)
class Registration(models.Model):
    """One model in one year. Its state changes in ``transitions`` only, its content in ``services`` only.

    Each change raises ``version`` by one; each version stays readable (``versions.py``).
    """

    model = models.ForeignKey(
        SkilledModel,
        models.PROTECT,
        related_name="registrations",
        verbose_name=_("skilled model"),
        editable=False,
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="registrations", verbose_name=_("campaign"), editable=False
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        related_name="registrations",
        verbose_name=_("registering unit"),
        editable=False,
        db_index=False,
    )
    """Under which it was filed, for ever; who answers for it today is ``unit.heir``."""
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)

    title = _line(_("title"), 300)
    place = _line(_("place"), 300)
    registrant = _line(_("who registers"), 200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject, blank=True)
    field = models.CharField(_("field"), max_length=20, choices=WorkField, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    novelty = models.CharField(_("new or maintained"), max_length=20, choices=Novelty, blank=True)

    aim = _text(_("aim"))
    content = _text(_("content"))
    method = _text(_("method"))
    beneficiaries = _line(_("whom it serves"), 500)
    households = _number(_("households"))
    participants = _number(_("people taking part"))
    partners = _line(_("partners"), 500)
    starts_on = _date(_("starts on"))
    ends_on = _date(_("ends on"))
    person_name = _line(_("person in charge"), 150)
    person_post = _line(_("post of the person in charge"), 150)
    person_phone = _line(_("phone of the person in charge"), 30)

    result_summary = _text(_("results"))
    figures_before = _text(_("figures before"))
    figures_after = _text(_("figures after"))
    product = _text(_("product"))
    money = _money(_("money in all (đồng)"))
    money_from_people = _money(_("of which from the people (đồng)"))
    working_days = _number(_("working days given"))
    land_m2 = models.DecimalField(
        _("land given (m²)"),
        max_digits=12,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    difficulty = _text(_("difficulties"))
    lessons = _text(_("lessons"))

    outcome = models.CharField(
        _("outcome of the year"), max_length=20, choices=Outcome, blank=True, editable=False
    )
    outcome_reason = _text(_("reason for the outcome"), editable=False)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="renewals",
        verbose_name=_("previous year"),
        editable=False,
    )

    typed_by = _user(_("typed by"), related_name="+")
    typists = ArrayField(models.BigIntegerField(), default=list, editable=False)
    """Everybody who typed into it or handed it in: none of them reviews it."""
    submitted_by = _user(_("submitted by"), related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    late = models.BooleanField(_("submitted late"), default=False, editable=False)
    reported_at = models.DateTimeField(_("reported at"), null=True, editable=False)
    report_late = models.BooleanField(_("reported late"), default=False, editable=False)
    returned_by = _user(_("returned by"), related_name="+")
    return_due_on = models.DateField(_("to be completed by"), null=True, editable=False)
    rounds = models.PositiveSmallIntegerField(_("times returned"), default=0, editable=False)
    exemplary = models.BooleanField(_("exemplary"), default=False, editable=False)
    proposed_to = models.CharField(
        _("proposed to"), max_length=20, choices=Level, blank=True, default="", editable=False
    )
    """The level of the pending proposal; empty where none is pending."""
    awaits = models.GeneratedField(
        expression=Case(When(state__in=sorted(State.TO_REVIEW), then=F("level")), default=F("proposed_to")),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )
    """The level whose decision is waited for; empty where none is."""

    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed on"), default=timezone.now, editable=False)
    changed_by = _user(_("changed by"), related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    search = folded_vector(title="A", registrant="B", place="B", aim="C", content="D")

    objects = RegistrationManager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = constraints(REQUIRED_TO_SUBMIT, REQUIRED_TO_REPORT)
        indexes = [
            models.Index(fields=["unit", "state"], name="registry_by_unit_state"),
            models.Index(fields=["state", "unit"], name="registry_by_state_unit"),
            models.Index(fields=["year", "unit"], name="registry_by_year_unit"),
            models.Index(
                fields=["-year", "-id"],
                name="registry_public_order",
                condition=Q(state__in=sorted(State.PUBLIC)),
            ),
            models.Index(
                fields=["-year", "-id"],
                name="registry_submitted_order",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(fields=["state_since", "id"], name="registry_queue", condition=Q(awaits__gt="")),
            # What one level decides: the city's few among what waits for communes.
            models.Index(
                fields=["awaits", "state_since", "id"],
                name="registry_queue_of_level",
                condition=Q(awaits__gt=""),
            ),
            # The queue of one commune: a few of many thousands that wait.
            models.Index(
                fields=["unit", "state_since", "id"],
                name="registry_queue_of_unit",
                condition=Q(awaits__gt=""),
            ),
            models.Index(
                fields=["state_since", "id"],
                name="registry_without_outcome",
                condition=Q(outcome="", state__in=sorted(State.APPRAISED)),
            ),
            # What was proposed to a level above: rare among what waits.
            models.Index(
                fields=["state_since", "id"], name="registry_proposed", condition=Q(proposed_to__gt="")
            ),
            # The newest of each of a few units, without a look at their other rows.
            models.Index(
                fields=["unit", "-year", "-id"], include=["submitted_at"], name="registry_newest_of_unit"
            ),
            GinIndex(fields=["search"], name="registry_search"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled registration"))

    def get_absolute_url(self) -> str:
        """Return the staff page of this registration; the public page is the model's."""
        return reverse("models_registry:detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Tell whether only the own unit sees this yet."""
        return self.state == State.DRAFT

    @property
    def is_public(self) -> bool:
        """Tell whether anybody may read this."""
        return self.state in State.PUBLIC

    @property
    def editable_fields(self) -> tuple[str, ...]:
        """Return the fields that the unit may change in this state."""
        if self.state in {State.DRAFT, State.RETURNED}:
            return CONTENT_FIELDS
        return REPORT_FIELDS if self.state in State.TO_FILE else ()

    @property
    def reviewed_fields(self) -> tuple[str, ...]:
        """Return the fields that are under review in this state, on which a return may carry remarks."""
        if self.state == State.SUBMITTED:
            return CONTENT_FIELDS
        return REPORT_FIELDS if self.state == State.REPORTED else ()

    @property
    def recognised_level(self) -> str:
        """Return the highest level that has recognised this; empty where none has."""
        return max(
            (r.level for r in self.recognitions.all()), key=lambda level: Level(level).rank, default=""
        )

    @cached_property
    def year_is_closed(self) -> bool:
        """Tell whether the books of its year are closed, and no correction of it was approved."""
        return bool(closed_years.locked_among([self]))

    @cached_property
    def deciding_tiers(self) -> dict[str, DecidingTier]:
        """Return today's rule for each level, as it holds for the registering unit."""
        return {rule.level: rule for rule in DecidingTier.objects.in_force().for_unit(self.unit)}
