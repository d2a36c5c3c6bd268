"""Which models of earlier years a unit can continue, and why the others not yet."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from mobilization.accounts.states import Role
from mobilization.units.states import tier_of
from models_registry.models import Campaign, DecidingTier, Registration
from models_registry.states import Outcome, State

SHOWN = 10
"""So many are listed at once; a search finds the others."""


@dataclass(frozen=True)
class Continuable:
    """A model's latest year, and the sentence that says why it cannot go on; empty where it can."""

    registration: Registration
    why_not: str


def earlier_models(user, campaign: Campaign) -> QuerySet[Registration]:
    """Return the latest year of every model that the own units of ``user`` answer for and that is not in ``campaign``.

    Units that went into the own ones count as own: their models go on under the unit of today. What was never
    accepted is no model yet. Those that can go on stand first, then those without an outcome; the newest before the
    others.
    """
    goes_on = Q(state__in=State.RENEWABLE, outcome__in=Outcome.GOES_ON)
    later = Registration.objects.filter(model=OuterRef("model"), year__gt=OuterRef("year"))
    latest = ~Exists(later.exclude(state=State.WITHDRAWN))
    return (
        Registration.objects.of_own_units(user)
        .accepted_on()
        .filter(latest, year__lt=campaign.year, campaign__city=campaign.city_id)
        .with_unit()
        .alias(standing=Case(When(goes_on, then=0), When(outcome="", then=1), default=2))
        .order_by("standing", "-year", "-id")
    )


def continuables(found: QuerySet[Registration], limit: int = SHOWN) -> list[Continuable]:
    """Return the first of ``found``, each with the reason why it cannot go on, if it cannot."""
    rules = {(rule.unit_tier, rule.level): rule for rule in DecidingTier.objects.in_force()}
    return [Continuable(row, _why_not(row, rules)) for row in found[:limit]]


def _why_not(registration: Registration, rules: dict[tuple[str, str], DecidingTier]) -> str:
    if registration.state not in State.RENEWABLE:
        return _("The results of %(year)d are not decided yet: %(state)s.") % {
            "year": registration.year,
            "state": registration.get_state_display(),
        }
    if registration.outcome in Outcome.GOES_ON:
        return ""
    if registration.outcome:
        return _("It was concluded with “%(outcome)s”; it does not go on.") % {
            "outcome": registration.get_outcome_display()
        }
    rule = rules.get((tier_of(registration.unit.kind), registration.level))
    if rule is None or rule.role == Role.CITY_STAFF:
        return _("The outcome of %(year)d is not set yet. The city's staff set it.") % {
            "year": registration.year
        }
    return _(
        "The outcome of %(year)d is not set yet. The reviewer of your unit or of the one above sets it."
    ) % {"year": registration.year}
