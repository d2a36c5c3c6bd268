"""Who must not decide on a registration, whatever the role: facts about a person and a registration.

Nobody decides on own work; nor on what he proposed to that level himself; nor where a relation was declared; nor, at a
level above the own unit, on what the own unit registered. Buttons, acts, bulk acts and announcements ask here, by way of ``moves.refuse_by_facts``; the review queue
leaves the same out (``RegistrationQuerySet.open_to``).
"""

from django.db.models import TextChoices, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.core.errors import NotAllowed
from mobilization.units.states import tier_of
from models_registry.models import Declaration, Proposal, Registration
from models_registry.querysets import tiers_above
from models_registry.states import Act, Level, ProposalState

DECISIONS = frozenset({Act.RECOGNISE, Act.REFUSE, Act.ACCEPT_PROPOSAL, Act.DECLINE_PROPOSAL})


class Bar(TextChoices):
    """Why somebody must not decide, as it is said of others."""

    OWN_WORK = "own_work", _("typed or submitted it")
    OWN_PROPOSAL = "own_proposal", _("proposed it to this level")
    RELATION = "relation", _("declared a relation")
    OWN_UNIT = "own_unit", _("holds a position at the unit that registered it")


_SENTENCES = {
    Bar.OWN_WORK: _("You typed or submitted this yourself: somebody else has to review it."),
    Bar.OWN_PROPOSAL: _("You proposed this yourself: somebody else has to decide on it."),
    Bar.RELATION: _("You declared a relation to this: somebody else has to decide on it."),
    Bar.OWN_UNIT: _(
        "You hold a position at the unit that registered this: somebody else has to decide on it."
    ),
}


def bar_of(user: User, registration: Registration, level: str) -> Bar | None:
    """Return why ``user`` must not decide on ``registration`` at ``level``; None where nothing stands against it."""
    if is_own_work(user, registration):
        return Bar.OWN_WORK
    if level and level == registration.proposed_to:
        proposal = pending_proposal_of(registration)
        if proposal is not None and proposal.proposed_by_id == user.pk:
            return Bar.OWN_PROPOSAL
    if _is_of_own_unit(user, registration, level):
        return Bar.OWN_UNIT
    declared = last_declaration(user, registration)
    return Bar.RELATION if declared is not None and declared.is_related else None


def refuse_barred(user: User, registration: Registration, level: str) -> None:
    """Raise ``NotAllowed`` where ``user`` must not decide on ``registration`` at ``level``."""
    bar = bar_of(user, registration, level)
    if bar is not None:
        raise NotAllowed(str(_SENTENCES[bar]))


def is_own_work(user: User, registration: Registration) -> bool:
    """Tell whether ``user`` typed into ``registration``, or handed it or its results in."""
    return user.pk == registration.submitted_by_id or user.pk in registration.typists


def pending_proposal_of(registration: Registration) -> Proposal | None:
    """Return the proposal that waits for a decision; None where none does. Read once for each object."""
    prefetch_related_objects([registration], "proposals")
    waiting = (one for one in registration.proposals.all() if one.state == ProposalState.PENDING)
    return next(waiting, None)


def last_declaration(user: User, registration: Registration) -> Declaration | None:
    """Return what ``user`` declared last about ``registration``, which holds.

    Asked of ``registration.declarations`` as prefetched, where it was.
    """
    made = [one for one in registration.declarations.all() if one.reviewer_id == user.pk]
    return max(made, key=lambda one: one.pk, default=None)


def has_to_declare(user: User, registration: Registration, act: Act, level: str) -> bool:
    """Tell whether the page of ``act`` first asks ``user`` whether a relation binds him.

    Decisions of the intermediate level and of the city only: in a commune everybody is related to somebody, and its
    one reviewer is known to all.
    """
    return act in DECISIONS and level != Level.GRASSROOTS and last_declaration(user, registration) is None


def _is_of_own_unit(user: User, registration: Registration, level: str) -> bool:
    """Tell whether ``user`` holds any position at the unit that answers for it, and a tier above decides."""
    rule = registration.deciding_tiers.get(level)
    heir = registration.unit.heir
    if rule is None or rule.decides not in tiers_above(tier_of(heir.kind)):
        return False
    return any(own.pk == heir.pk for own in user.units_of())
