"""Proposing awards from the lists of registrations: one more act on many that the registry offers."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardForm
from awards.nominating.proposing import propose_from_registrations
from mobilization.core.errors import Conflict, NotAllowed
from models_registry.models import Registration
from models_registry.services.bulk import BulkAct, Words, register
from models_registry.states import State

CODE = "propose_award"
PREPARE = "awards.prepare_nominations"


def _refuse(registration: Registration, actor) -> None:
    if registration.state != State.RECOGNISED:
        where = {"state": registration.get_state_display()}
        raise Conflict(_("This registration stands at “%(state)s”.") % where, code="state")
    if not actor.has_perm(PREPARE, registration):
        raise NotAllowed(_("You do not propose awards for this unit."), code="scope")


def _do(registration: Registration, actor, version: int, words: Words) -> None:
    """Check one row; all rows of a transaction are written together, in ``_finish``."""
    _refuse(registration, actor)


def _finish(registrations: Sequence[Registration], actor, words: Words) -> list[tuple[int, str]]:
    form = AwardForm.objects.get(pk=words["form"])
    whole = Registration.objects.filter(pk__in=[row.pk for row in registrations])
    rows = whole.select_related("model", "unit__heir").defer("search").order_by("pk")
    outcome = propose_from_registrations(list(rows), form, actor=actor, achievement=words["achievement"])
    return [(pk, str(refusal)) for pk, refusal in outcome.skipped]


def _was_done(_rows: Sequence[tuple[int, int]], _actor: Any) -> set[int]:
    """None: whoever has proposed a form for a registration before, proposes it no second time."""
    return set()


PROPOSE_AWARD = register(
    BulkAct(
        code=CODE,
        button=gettext_lazy("Propose for an award"),
        says=gettext_lazy("One nomination for each registration; the recipient is who registered it."),
        perm=PREPARE,
        refuse=_refuse,
        do=_do,
        was_done=_was_done,
        finish=_finish,
        then=(gettext_lazy("Go on to the nominations"), "awards:nominations"),
    )
)
