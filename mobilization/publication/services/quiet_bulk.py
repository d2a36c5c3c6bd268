"""Deciding on many registrations at once, quietly: one more act that the registry's lists offer."""

from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.core.errors import NotAllowed
from mobilization.publication.models import PendingDecision
from mobilization.publication.services.pending import enter, refuse_second
from mobilization.publication.states import Act
from models_registry.models import Registration
from models_registry.services.bulk import BulkAct, Row, Words, register
from models_registry.services.bulk_acts import refuse_act
from models_registry.states import MOVES

CODE = "decide_quietly"


def act_of(registration: Registration, *, recognise: bool) -> Act:
    """Return what this decision means here: at its own level, or on the proposal that waits."""
    if registration.proposed_to:
        return Act.ACCEPT_PROPOSAL if recognise else Act.DECLINE_PROPOSAL
    return Act.RECOGNISE if recognise else Act.REFUSE


def _ready(registrations: Sequence[Registration]) -> None:
    waiting = PendingDecision.objects.pending().select_related("entered_by")
    prefetch_related_objects(registrations, Prefetch("pending_decisions", waiting, "waiting_decisions"))


def _refuse(registration: Registration, actor) -> None:
    # First whose decision it is: what waits to be announced is told to nobody else.
    refuse_act(act_of(registration, recognise=True).in_registry, registration, actor, windows=False)
    refuse_second(registration)


def _do(registration: Registration, actor, version: int, words: Words) -> PendingDecision:
    act = act_of(registration, recognise=words["recognise"])
    if not actor.has_perm(MOVES[act.in_registry].perm, registration):
        raise NotAllowed(_("This is not decided at your level."), code="level")
    return enter(
        registration,
        act=act,
        actor=actor,
        exemplary=words["exemplary"],
        reason=words["reason"],
        source=words["source"],
        seen_version=version,
    )


def _was_done(rows: Sequence[Row], actor) -> set[int]:
    seen = dict(rows)
    entered = PendingDecision.objects.pending().filter(registration__in=seen, entered_by=actor)
    return {pk for pk, version in entered.values_list("registration", "seen_version") if version == seen[pk]}


DECIDE_QUIETLY = register(
    BulkAct(
        code=CODE,
        button=gettext_lazy("Decide, announce later"),
        says=gettext_lazy(
            "What you decide stays among those who decide, until all of it is announced at once."
        ),
        perm="publication.view_pending",
        refuse=_refuse,
        do=_do,
        was_done=_was_done,
        ready=_ready,
        then=(gettext_lazy("Go on to announcing"), "publication:pending"),
    )
)
