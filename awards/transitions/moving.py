"""How an act on a decision happens: locked, checked against ``MOVES`` and what the actor saw, written down."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, Decision, DecisionStep
from awards.states import MOVES, Act, AwardState, DecisionState
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError


def lock(decision: Decision, act: Act, seen_version: int | None = None) -> Decision:
    """Return the decision, locked; raises ``Conflict`` if it no longer stands where ``act`` starts."""
    try:
        locked = (
            Decision.objects.select_for_update(of=["self"]).select_related("unit__heir").get(pk=decision.pk)
        )
    except Decision.DoesNotExist:
        raise Conflict(_("This draft was deleted meanwhile.")) from None
    if locked.state not in MOVES[act]:
        raise Conflict(_what_happened(locked))
    if seen_version is not None and seen_version != locked.version:
        raise Conflict(_("This decision was changed while you read it. Please read it again."), code="stale")
    return locked


def standing(decision: Decision, awards: Iterable[Award] | None) -> list[Award]:
    """Return the chosen awards of the locked decision (all that stand, without a choice)."""
    standing = {award.pk: award for award in decision.awards.filter(state=AwardState.VALID).order_by("pk")}
    if awards is None:
        return list(standing.values())
    chosen = {award.pk for award in awards}
    if not chosen:
        raise DomainError(_("Choose at least one award."), code="no_awards")
    if not chosen <= standing.keys():
        raise Conflict(_("One of these awards was corrected or revoked meanwhile."))
    return [standing[pk] for pk in sorted(chosen)]


def end_awards(awards: list[Award], state: AwardState, *, by: Decision) -> None:
    for award in awards:
        award.state, award.ended_by = state, by
    Award.objects.bulk_update(awards, ["state", "ended_by"], batch_size=500)


def move(
    decision: Decision, act: Act, *, actor, reason: str = "", by_decision=None, data: dict | None = None
) -> None:
    before = decision.state if decision.pk else DecisionState.DRAFT
    decision.state = MOVES[act][before]
    if decision.pk:
        if act == Act.REVOKE:
            touch(decision, "state")
        else:
            decision.save(update_fields=["state", "issued_by", "issued_at"])
    else:
        decision.save()
    step(decision, act, before, actor, reason=reason, by_decision=by_decision)
    log.record(
        f"decision.{act}",
        actor=actor,
        target=decision,
        unit=decision.unit,
        data={
            "from": before,
            "to": decision.state,
            "number": decision.number,
            "reason": reason,
            **(data or {}),
        },
    )


def record(decision: Decision, act: Act, actor, *, reason: str, by_decision: Decision) -> None:
    """Write down an act that leaves the decision's own state."""
    touch(decision)
    step(decision, act, decision.state, actor, reason=reason, by_decision=by_decision)
    log.record(
        f"decision.{act}",
        actor=actor,
        target=decision,
        unit=decision.unit,
        data={"reason": reason, "by_decision": by_decision.pk},
    )


def touch(decision: Decision, *changed: str) -> None:
    """Count what befalls an issued decision: pages that show it are stale now. Its content never changes."""
    decision.version += 1
    decision.save(update_fields=[*changed, "version"])


def step(decision: Decision, act: Act, before: str, actor, *, reason: str = "", by_decision=None) -> None:
    DecisionStep.objects.create(
        decision=decision,
        act=act,
        from_state=before,
        to_state=decision.state,
        actor=actor,
        reason=reason,
        by_decision=by_decision,
    )


def _what_happened(decision: Decision) -> str:
    step = decision.steps.select_related("actor").last()
    if step is None:
        return _("This decision is already: %(state)s.") % {"state": decision.get_state_display()}
    return _("%(actor)s was first, at %(time)s: %(act)s.") % {
        "actor": step.actor.full_name,
        "time": timezone.localtime(step.at).strftime("%H:%M %d/%m/%Y"),
        "act": step.get_act_display(),
    }
