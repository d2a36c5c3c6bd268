"""What must be true of every registration, whoever writes it: the constraints of its table."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from models_registry.models.campaign import FIRST_YEAR, LAST_YEAR
from models_registry.states import Kind, Level, Novelty, Outcome, State, Subject, WorkField

_WORDS = {
    "kind": Kind,
    "subject": Subject,
    "field": WorkField,
    "level": Level,
    "novelty": Novelty,
    "outcome": Outcome,
}
MAX_MONEY = 10**15


def constraints(to_submit: Sequence[str], to_report: Sequence[str]) -> list[models.BaseConstraint]:
    """Return the constraints; the arguments name the fields that must be filled once submitted, once reported."""
    return [*_uniqueness(), *_words(), *_states(to_submit, to_report), *_numbers_and_dates()]


def _check(name: str, condition: Q, message: str | None = None) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"registry_registration_{name}",
        condition=condition,
        **({"violation_error_message": message} if message else {}),
    )


def _implies(premise: Q, conclusion: Q) -> Q:
    return ~premise | conclusion


def _in(states: frozenset) -> Q:
    return Q(state__in=sorted(states))


def _filled(names: Sequence[str]) -> Q:
    filled = Q()
    for name in names:
        filled &= Q(**{f"{name}__isnull": False}) if name.endswith("_on") else ~Q(**{name: ""})
    return filled


def _uniqueness() -> list[models.BaseConstraint]:
    return [
        # What was withdrawn may be registered again in the same year.
        models.UniqueConstraint(
            name="registry_registration_once_a_campaign",
            fields=["model", "campaign"],
            condition=~Q(state=State.WITHDRAWN),
            violation_error_message=_("This model is registered in this campaign already."),
        )
    ]


def _words() -> list[models.BaseConstraint]:
    return [
        _check("state", Q(state__in=State.values)),
        *(_check(name, Q(**{f"{name}__in": ["", *words.values]})) for name, words in _WORDS.items()),
    ]


def _states(to_submit: Sequence[str], to_report: Sequence[str]) -> list[models.BaseConstraint]:
    draft = Q(state=State.DRAFT)
    sent_back, reviewing = _in(State.SENT_BACK), _in(State.SENT_BACK | State.TO_REVIEW)
    return [
        _check("complete_once_submitted", draft | _filled(to_submit)),
        _check("submitted_at", (draft & Q(submitted_at=None)) | (~draft & Q(submitted_at__isnull=False))),
        _check("results_once_reported", _implies(_in(State.REPORTED_ON), _filled(to_report))),
        _check(
            "reported_at",
            (_in(State.REPORTED_ON) & Q(reported_at__isnull=False))
            | (~_in(State.REPORTED_ON) & Q(reported_at=None)),
        ),
        _check("outcome_once_accepted", Q(outcome="") | _in(State.ACCEPTED_ON)),
        _check("exemplary_once_recognised", Q(exemplary=False) | Q(state=State.RECOGNISED)),
        _check(
            "proposed_once_recognised",
            Q(proposed_to="") | Q(state=State.RECOGNISED, proposed_to__in=[Level.INTERMEDIATE, Level.CITY]),
        ),
        _check("returned_by", _implies(sent_back, Q(returned_by__isnull=False))),
        _check("returner_only_in_review", Q(returned_by=None) | reviewing),
        _check("due_only_when_returned", Q(return_due_on=None) | sent_back),
        _check("rounds_when_returned", Q(returned_by=None) | Q(rounds__gte=1)),
        _check("renewed_is_maintained", Q(previous=None) | Q(novelty=Novelty.MAINTAINED)),
        _check("not_its_own_previous", Q(previous=None) | ~Q(previous=F("pk"))),
    ]


def _numbers_and_dates() -> list[models.BaseConstraint]:
    return [
        _check("year", Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)),
        _check(
            "ends_after_start",
            Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
            _("The end must not be before the start."),
        ),
        _check("land", Q(land_m2=None) | Q(land_m2__gte=0)),
        _check("money", Q(money=None) | Q(money__lte=MAX_MONEY)),
        # "Kinh phí" is the whole, "trong đó xã hội hóa" the part of it that people gave.
        _check(
            "money_from_people",
            Q(money_from_people=None) | Q(money_from_people__lte=MAX_MONEY),
        ),
        _check(
            "part_of_the_money",
            Q(money=None) | Q(money_from_people=None) | Q(money_from_people__lte=F("money")),
            _("The money from the people is a part of the money in all; it cannot be more."),
        ),
        _check("version", Q(version__gte=1)),
    ]
