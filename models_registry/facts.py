"""What stands against an act as a registration stands: asked under the lock by the act itself, and beforehand.

Roles are not asked here but at the boundary: ``user.has_perm(MOVES[act].perm, registration)``.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import Conflict
from mobilization.units import closed_years
from models_registry.locks import what_happened
from models_registry.models import Proposal, Registration
from models_registry.permissions import level_of
from models_registry.recusal import pending_proposal_of, refuse_barred
from models_registry.states import MOVES, Act, By, Stage
from models_registry.windows import is_late


def refuse_by_facts(act: Act, registration: Registration, actor) -> None:
    """Raise what stands against ``act`` as ``registration`` stands: its state, who must not decide.

    Asked under the lock by every act, and without one by whoever wants to tell beforehand what will be refused.
    """
    if registration.state not in MOVES[act].sources:
        raise Conflict(_out_of_turn(registration, actor), code="state")
    if MOVES[act].by is not By.UNIT:
        refuse_barred(actor, registration, level_of(registration, MOVES[act].by))


def refuse_beforehand(act: Act, registration: Registration, *, actor, windows: bool = True) -> None:
    """Raise what would refuse a reviewer's ``act`` as ``registration`` stands now, without doing anything.

    State, own work, a closed year, proposals and windows, by the same rules as the act itself; what the act takes in
    words is not asked. Whoever decides now, to act later, leaves ``windows`` to that day. The role is the boundary's:
    ``user.has_perm(MOVES[act].perm, registration)``.
    """
    refuse_by_facts(act, registration, actor)
    if act is not Act.RENEW and registration.year_is_closed:
        raise closed_years.refusal(registration.year)
    if act in Act.DECIDES_PROPOSAL:
        pending_proposal(registration, actor)
    if windows and act in Act.CONCLUDES_APPRAISAL:
        level = level_of(registration, MOVES[act].by)
        is_late(registration, Stage.RECOGNITION, level, timezone.localdate())


def pending_proposal(registration: Registration, actor) -> Proposal:
    """Return the proposal that waits for a decision; raises ``Conflict`` where none does."""
    proposal = pending_proposal_of(registration) if registration.proposed_to else None
    if proposal is None:
        raise Conflict(what_happened(registration, actor=actor))
    return proposal


def _out_of_turn(locked: Registration, actor) -> str:
    stands = _("This registration stands at “%(state)s”.") % {"state": locked.get_state_display()}
    return f"{stands} {what_happened(locked, actor=actor)}"
