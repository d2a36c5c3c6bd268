"""The measures: each declared once, read by the computation, the pages, the exports and the API.

A measure counts records, or sums a number over them, from one or more sources. The words that choose its records are
those of the querysets (``.accepted_on()``, ``.overdue()``); the computation compiles them to SQL, it does not repeat
them.
"""

from collections.abc import Callable

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from awards.states import GrantingTier, RecipientKind
from dialogues.models import Dialogue, Opinion
from dialogues.states import OpinionStatus
from mobilization.core.planner import Among
from mobilization.statistics.measuring import Measure, Part, Source
from mobilization.statistics.states import Dimension
from models_registry.models import Recognition, Registration
from models_registry.states import Kind, Level, Subject, WorkField

KEYS: dict[Dimension, type[TextChoices]] = {
    Dimension.FIELD: WorkField,
    Dimension.LEVEL: Level,
    Dimension.KIND: Kind,
    Dimension.SUBJECT: Subject,
    Dimension.TIER: GrantingTier,
}
"""Dimension → the words that its keys are taken from, in the order in which they are shown."""


def awarded_registrations(year: int) -> QuerySet:
    """For each model with a valid award of ``year``, the latest of its registrations that was awarded.

    A model is counted once, however many awards it has, under the unit of that registration.
    """
    awards = Award.objects.valid().of_year(year).exclude(registration=None)
    awarded = Registration.objects.filter(Among("pk", awards.order_by().values("registration_id")))
    latest = awarded.order_by("model_id", "-year", "-pk").distinct("model_id")
    return Registration.objects.filter(Among("pk", latest.values("pk")))


REGISTRATIONS = Source(
    "registrations",
    lambda year: Registration.objects.of_year(year).registered(),
    _("Registrations of the year's campaign"),
    _("The unit that registered; the city committee's mass-mobilization commission for the whole city"),
    dimensions={
        Dimension.FIELD: "field",
        Dimension.LEVEL: "level",
        Dimension.KIND: "kind",
        Dimension.SUBJECT: "subject",
    },
    nested=("registered", "accepted", "reported", "recognised", "exemplary"),
)
RECOGNITIONS = Source(
    "recognitions",
    Recognition.objects.of_year,
    _("Decisions of recognition"),
    _("The body that recognised, at its level"),
    unit="registration__unit",
    dimensions={Dimension.LEVEL: "level"},
)
DIALOGUES = Source(
    "dialogues",
    lambda year: Dialogue.objects.held().of_year(year),
    _("Dialogue conferences that were held"),
    _("The unit that held the dialogue"),
)
OPINIONS = Source(
    "opinions",
    lambda year: Opinion.objects.of_counted_dialogues().of_year(year),
    _("Opinions raised at dialogues"),
    _("The unit that held the dialogue, and the unit in charge of the answer"),
    unit="dialogue__unit",
)
AWARDS = Source(
    "awards",
    Award.objects.valid().of_year,
    _("Awards of issued decisions"),
    _("The emulation and commendation office of the body that signed the decision"),
    dimensions={Dimension.TIER: "form__tier"},
    few=True,
)
AWARDED_MODELS = Source("awarded_models", awarded_registrations, AWARDS.label, AWARDS.answerable, few=True)


def _registrations(words: Callable[[QuerySet], QuerySet] = QuerySet.all) -> tuple[Part, ...]:
    return (Part(REGISTRATIONS, words),)


def _opinions(words: Callable[[QuerySet], QuerySet], summary: str) -> tuple[Part, ...]:
    """Opinions entered one by one, and the totals of dialogues of which only a summary is known."""
    return (Part(OPINIONS, words), Part(DIALOGUES, value=summary))


def _awards(kind: RecipientKind) -> tuple[Part, ...]:
    return (Part(AWARDS, lambda awards: awards.to_recipients(kind)),)


_DECLARED = (
    Measure(
        "registered",
        _("Registered"),
        _("Registrations submitted in the year's campaign and neither withdrawn nor declined."),
        _registrations(),
    ),
    Measure(
        "registered_new",
        _("Registered, new"),
        _("Registered models whose first year this is."),
        _registrations(lambda registrations: registrations.new()),
    ),
    Measure(
        "registered_maintained",
        _("Registered, maintained"),
        _("Registered models that are carried on from an earlier year."),
        _registrations(lambda registrations: registrations.maintained()),
    ),
    Measure(
        "accepted",
        _("Accepted"),
        _("Registered models that the reviewer put on the list of the campaign, whatever came after."),
        _registrations(lambda registrations: registrations.accepted_on()),
    ),
    Measure(
        "reported",
        _("Reported"),
        _("Accepted models whose results were reported at least once."),
        _registrations(lambda registrations: registrations.reported_on()),
    ),
    Measure(
        "recognised",
        _("Recognised"),
        _("Reported models that were recognised at one level or more; each is counted once."),
        _registrations(lambda registrations: registrations.recognised()),
    ),
    Measure(
        "exemplary",
        _("Exemplary"),
        _("Recognised models that were named exemplary."),
        _registrations(lambda registrations: registrations.exemplary()),
    ),
    Measure(
        "replicated",
        _("To be replicated"),
        _("Accepted models whose outcome at the year's end is to replicate them."),
        _registrations(lambda registrations: registrations.replicated()),
    ),
    Measure(
        "ended",
        _("Ended"),
        _("Accepted models whose outcome at the year's end is to end them."),
        _registrations(lambda registrations: registrations.ended()),
    ),
    Measure(
        "recognitions",
        _("Recognitions"),
        _(
            "Decisions of recognition for the year's registrations, under the level that recognised: "
            "one recognised at two levels counts once under each."
        ),
        (Part(RECOGNITIONS),),
    ),
    Measure(
        "dialogues_periodic",
        _("Periodic dialogues"),
        _("Dialogue conferences of the yearly plan that were held in the year."),
        (Part(DIALOGUES, lambda dialogues: dialogues.periodic()),),
    ),
    Measure(
        "dialogues_ad_hoc",
        _("Ad hoc dialogues"),
        _("Dialogue conferences outside the yearly plan that were held in the year."),
        (Part(DIALOGUES, lambda dialogues: dialogues.ad_hoc()),),
    ),
    Measure(
        "dialogue_participants",
        _("People at dialogues"),
        _("People who attended the dialogues held in the year, as recorded for each."),
        (Part(DIALOGUES, value="attending"),),
    ),
    Measure(
        "opinions_received",
        _("Opinions received"),
        _("Opinions raised at the dialogues held in the year."),
        _opinions(QuerySet.all, "opinions_total"),
    ),
    Measure(
        "opinions_answered_on_spot",
        _("Opinions answered on the spot"),
        _("Opinions answered at the dialogue itself and settled with that."),
        _opinions(lambda opinions: opinions.with_status(OpinionStatus.ANSWERED_ON_SPOT), "opinions_on_spot"),
    ),
    Measure(
        "opinions_resolved",
        _("Opinions resolved"),
        _("Opinions whose matter was settled after the dialogue."),
        _opinions(lambda opinions: opinions.with_status(OpinionStatus.RESOLVED), "opinions_resolved"),
    ),
    Measure(
        "opinions_in_progress",
        _("Opinions being dealt with"),
        _("Opinions that a unit has taken up and not yet settled."),
        _opinions(lambda opinions: opinions.with_status(OpinionStatus.IN_PROGRESS), "opinions_in_progress"),
    ),
    Measure(
        "opinions_outside_competence",
        _("Opinions outside competence"),
        _("Opinions that another authority has to settle."),
        _opinions(
            lambda opinions: opinions.with_status(OpinionStatus.OUTSIDE_COMPETENCE), "opinions_outside"
        ),
    ),
    Measure(
        "opinions_overdue",
        _("Opinions overdue"),
        _("Opinions still open whose due date had passed when the figures were computed."),
        (Part(OPINIONS, lambda opinions, on=None: opinions.overdue(on), of_the_day=True),),
    ),
    Measure(
        "awards_collective",
        _("Awards to collectives"),
        _("Valid awards to collectives by decisions signed in the year."),
        _awards(RecipientKind.COLLECTIVE),
    ),
    Measure(
        "awards_individual",
        _("Awards to individuals"),
        _("Valid awards to individuals by decisions signed in the year."),
        _awards(RecipientKind.INDIVIDUAL),
    ),
    Measure(
        "awards_household",
        _("Awards to households"),
        _("Valid awards to households by decisions signed in the year."),
        _awards(RecipientKind.HOUSEHOLD),
    ),
    Measure(
        "models_awarded",
        _("Models awarded"),
        _("Models behind the year's valid awards; each is counted once, however many awards it has."),
        (Part(AWARDED_MODELS),),
    ),
)

MEASURES: dict[str, Measure] = {measure.code: measure for measure in _DECLARED}
"""Code → measure, in the order in which they are shown."""

SOURCES: tuple[Source, ...] = (REGISTRATIONS, RECOGNITIONS, DIALOGUES, OPINIONS, AWARDS, AWARDED_MODELS)


def count_directly(measure: Measure, year: int, unit, *, own: bool = False) -> int:
    """Count a measure from the records themselves, as filed: what the stored figure must equal.

    ``own`` leaves out the units below ``unit``.
    """
    total = 0
    for part in measure.parts:
        chosen = {part.source.unit: unit} if own else {f"{part.source.unit}__path__startswith": unit.path}
        records = part.chosen(year).filter(**chosen)
        if part.value:
            total += sum(value or 0 for value in records.values_list(part.value, flat=True))
        else:
            total += records.count()
    return total


def key_labels(dimension: str) -> dict[str, str]:
    """The keys of a breakdown with their names, in the order in which they are shown."""
    return {key: str(label) for key, label in KEYS[Dimension(dimension)].choices}
