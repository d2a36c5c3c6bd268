"""What of the review can be done to many registrations at once: accept, return, recognise, propose, assign."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.core.errors import Conflict, DomainError, NotAllowed
from models_registry import facts, transitions
from models_registry.models import Assignment, Registration, ReviewStep
from models_registry.notices import announce_assigned
from models_registry.querysets import levels_above
from models_registry.services.assigning import assign, refuse_assigning, reviewer_of
from models_registry.services.bulk import BulkAct, Row, Words, register
from models_registry.states import MOVES, Act, ProposalState, State

REVIEW = "models_registry.review_registrations"


def refuse_act(act: Act, registration: Registration, actor, *, windows: bool = True) -> None:
    """Raise what stands against ``act``: where it stands, whose level it is, and what the act itself would refuse."""
    if registration.state not in MOVES[act].sources:
        where = {"state": registration.get_state_display()}
        raise Conflict(_("This registration stands at “%(state)s”.") % where, code="state")
    if not actor.has_perm(MOVES[act].perm, registration):
        raise NotAllowed(_("This is not decided at your level."), code="level")
    facts.refuse_beforehand(act, registration, actor=actor, windows=windows)


def act_of_recognising(registration: Registration) -> Act:
    """Return how this is recognised: at its own level, or at the one to which it is proposed."""
    return Act.ACCEPT_PROPOSAL if registration.proposed_to else Act.RECOGNISE


def act_of_returning(registration: Registration) -> Act:
    """Return how this is returned: as a submission, or as a report."""
    return Act.RETURN_REPORT if registration.state == State.REPORTED else Act.RETURN


def day(words: Words, name: str) -> datetime.date | None:
    """Return the date of this name among the words of a bulk act, where it is kept as ISO text."""
    return datetime.date.fromisoformat(words[name]) if words.get(name) else None


def steps_done(acts: Sequence[Act]) -> Callable[[Sequence[Row], Any], set[int]]:
    """Return how to find the rows on which the actor has left one of ``acts`` right after the version that he saw."""

    def was_done(rows: Sequence[Row], actor) -> set[int]:
        seen = dict(rows)
        steps = ReviewStep.objects.filter(registration__in=seen, actor=actor, act__in=acts)
        found = steps.values_list("registration", "version")
        return {pk for pk, version in found if version == seen[pk] + 1}

    return was_done


_TRANSITIONS = {
    Act.ACCEPT: transitions.accept,
    Act.RETURN: transitions.return_,
    Act.RETURN_REPORT: transitions.return_report,
    Act.RECOGNISE: transitions.recognise,
    Act.ACCEPT_PROPOSAL: transitions.accept_proposal,
    Act.CONCLUDE: transitions.conclude,
    Act.PROPOSE: transitions.propose,
}


def _do(act: Act, registration: Registration, actor, version: int, **words: Any) -> Registration:
    if not actor.has_perm(MOVES[act].perm, registration):
        raise NotAllowed(_("This is not decided at your level."), code="level")
    return _TRANSITIONS[act](registration, actor=actor, seen_version=version, **words)


def _accept(registration: Registration, actor, version: int, words: Words) -> Registration:
    return _do(Act.ACCEPT, registration, actor, version)


def _return(registration: Registration, actor, version: int, words: Words) -> Registration:
    given = {"reason": words["reason"], "due_on": day(words, "due_on")}
    return _do(act_of_returning(registration), registration, actor, version, **given)


def _recognise(registration: Registration, actor, version: int, words: Words) -> Registration:
    given = {"body": words["body"], "number": words["number"], "decided_on": day(words, "decided_on")}
    return _do(act_of_recognising(registration), registration, actor, version, **given)


def _conclude(registration: Registration, actor, version: int, words: Words) -> Registration:
    given = {"outcome": words["outcome"], "reason": words["reason"]}
    return _do(Act.CONCLUDE, registration, actor, version, **given)


def refuse_proposing(registration: Registration, actor) -> None:
    """Raise what stands against sending this upward: see ``refuse_act``; what waits above; what was declined there."""
    _next_level(registration, actor)
    if registration.proposed_to:
        raise Conflict(_("This waits for the level above already."), code="proposed")
    if any(one.state == ProposalState.DECLINED for one in registration.proposals.all()):
        raise DomainError(
            _("The level above has declined this. Propose it on its own page."), code="declined"
        )


def _next_level(registration: Registration, actor) -> str:
    """Return the level to which this goes next; raises what stands against it as it stands now."""
    refuse_act(Act.PROPOSE, registration, actor)
    above = levels_above(registration.recognised_level)
    if not above:
        raise DomainError(_("No level stands above the one that has recognised it."), code="level")
    return above[0]


def _propose(registration: Registration, actor, version: int, words: Words) -> Registration:
    level = words["level"] or _next_level(registration, actor)
    given = {"level": level, "reason": words["reason"]}
    return _do(Act.PROPOSE, registration, actor, version, **given)


def _assign(registration: Registration, actor, version: int, words: Words) -> Assignment:
    return assign(registration, reviewer_of(words["reviewer"], actor=actor), actor=actor)


def _tell_assigned(registrations: Sequence[Registration], actor, words: Words) -> None:
    """Tell the reviewer once of all; whoever takes work himself knows."""
    if words["reviewer"] == actor.pk:
        return
    given = Assignment.objects.filter(registration__in=registrations, reviewer=words["reviewer"])
    found = list(given.select_related("reviewer", "registration__unit").order_by("-assigned_at", "pk"))
    if found:
        announce_assigned(found, actor=actor)


ACCEPT = register(
    BulkAct(
        code="accept",
        button=gettext_lazy("Accept"),
        says=gettext_lazy("These models come onto the list of the campaign and are shown to the public."),
        perm=REVIEW,
        refuse=lambda registration, actor: refuse_act(Act.ACCEPT, registration, actor),
        do=_accept,
        was_done=steps_done([Act.ACCEPT]),
    )
)
RETURN = register(
    BulkAct(
        code="return",
        button=gettext_lazy("Return for completion"),
        says=gettext_lazy(
            "Each unit gets its own back with this reason, mends it, and it comes back to you."
        ),
        perm=REVIEW,
        refuse=lambda registration, actor: refuse_act(act_of_returning(registration), registration, actor),
        do=_return,
        was_done=steps_done([Act.RETURN, Act.RETURN_REPORT]),
    )
)
RECOGNISE = register(
    BulkAct(
        code="recognise",
        button=gettext_lazy("Recognise under one decision"),
        says=gettext_lazy("All are recognised under the decision that you name. This is public at once."),
        perm=REVIEW,
        refuse=lambda registration, actor: refuse_act(act_of_recognising(registration), registration, actor),
        do=_recognise,
        was_done=steps_done([Act.RECOGNISE, Act.ACCEPT_PROPOSAL]),
    )
)
CONCLUDE = register(
    BulkAct(
        code="conclude",
        button=gettext_lazy("Set the outcome of the year"),
        says=gettext_lazy(
            "All get the same outcome of the year. It can be set anew until a model is renewed."
        ),
        perm=REVIEW,
        refuse=lambda registration, actor: refuse_act(Act.CONCLUDE, registration, actor),
        do=_conclude,
        was_done=steps_done([Act.CONCLUDE]),
    )
)
PROPOSE = register(
    BulkAct(
        code="propose",
        button=gettext_lazy("Propose upward"),
        says=gettext_lazy(
            "All go to the level above, which recognises them as well or declines with a reason."
        ),
        perm=REVIEW,
        refuse=refuse_proposing,
        do=_propose,
        was_done=steps_done([Act.PROPOSE]),
        ready=lambda registrations: prefetch_related_objects(registrations, "proposals"),
    )
)
ASSIGN = register(
    BulkAct(
        code="assign",
        button=gettext_lazy("Assign to a reviewer"),
        says=gettext_lazy(
            "They are in this reviewer's hands: the queue shows him just these, and how many of them are done."
            " Others may still decide on them."
        ),
        perm=REVIEW,
        refuse=lambda registration, actor: refuse_assigning(registration, actor=actor),
        do=_assign,
        was_done=lambda _rows, _actor: set(),
        finish=_tell_assigned,
    )
)
