"""The acts on a decision: one function each, one transaction, one actor.

Each locks the decision, checks ``MOVES`` and the state that the actor saw, changes, writes a ``DecisionStep`` and an
entry of the audit log. Roles are asked at the boundary (``permissions``), facts here. Locks are always taken in the
order decision → amended decision → golden book.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.checks import (
    check_awards,
    check_complete,
    check_number_free,
    require_reason,
)
from awards.linking import link_recipients
from awards.models import Award, Decision, DecisionStep
from awards.numbering import number_awards, open_book
from awards.states import MOVES, Act, AmendmentKind, AwardState, DecisionState
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.units import closed_years
from mobilization.units.states import tier_of


@transaction.atomic
def issue(decision: Decision, *, actor, seen_version: int | None = None) -> Decision:
    """Issue a draft: from now on its content never changes.

    Gives each award its certificate number (its place in the annex), the next number of the golden book of the
    granting unit and tier in that year, and the code by which anyone can verify it. A correction marks the awards that
    it replaces as corrected.

    Raises ``Conflict`` if the draft was issued, or changed since ``seen_version``; ``NotAllowed`` if the actor drafted
    it (who typed a record never decides on it); ``DomainError`` naming the fields, if it is incomplete, has no award,
    its number is taken, or a form or unit is not in force on the day of signing (Law 06/2022/QH15 and the catalogue).
    """
    decision = _lock(decision, Act.ISSUE, seen_version)
    if decision.drafted_by_id == actor.pk:
        raise NotAllowed(_("You drafted this decision. Somebody else has to issue it."))
    check_complete(decision)
    closed_years.enter(decision.unit, decision.signed_on.year, decision)
    awards = list(decision.awards.select_related("form", "unit", "corrects").order_by("pk"))
    check_awards(decision, awards)
    replaced = _lock_replaced(decision, awards)
    book = open_book(decision)
    check_number_free(decision)
    number_awards(awards, replaced, book, decision.signed_on.year)
    link_recipients([decision.pk])
    decision.issued_by, decision.issued_at = actor, timezone.now()
    _move(decision, Act.ISSUE, actor=actor, data={"awards": len(awards)})
    if replaced:
        _end_awards(list(replaced.values()), AwardState.CORRECTED, by=decision)
        _record(decision.amends, Act.CORRECT, actor, reason=decision.reason, by_decision=decision)
    return decision


@transaction.atomic
def correct(
    decision: Decision, *, actor, awards: Iterable[Award], reason: str, seen_version: int | None = None
) -> Decision:
    """Draft the decision that corrects ``awards`` of an issued one, and return it.

    The draft carries a copy of each award, to be mended like any draft; issuing it marks the old awards as corrected
    and gives the new ones certificates of their own. Until then nothing changes.

    Raises ``DomainError`` if there is no reason or no award, or an award no longer stands; ``Conflict`` if the
    decision was revoked, or anybody began to amend it, since ``seen_version``.
    """
    original = _lock(decision, Act.CORRECT, seen_version)
    chosen = _standing(original, awards)
    require_reason(reason)
    unit, tier = _granting_on(original, timezone.localdate())
    draft = Decision.objects.create(
        unit=unit,
        tier=tier,
        title=_on_paper(gettext_lazy("Correction of decision %(number)s"), original),
        amends=original,
        amendment_kind=AmendmentKind.CORRECTION,
        reason=reason,
        drafted_by=actor,
    )
    copied = (
        "form_id",
        "recipient_kind",
        "recipient_name",
        "recipient_id",
        "unit_id",
        "achievement",
        "registration_id",
        "dialogue_id",
    )
    Award.objects.bulk_create(
        Award(decision=draft, corrects=old, **{name: getattr(old, name) for name in copied}) for old in chosen
    )
    _touch(original)
    _step(draft, Act.DRAFT, "", actor, reason=reason)
    log.record(
        "decision.draft",
        actor=actor,
        target=draft,
        unit=draft.unit,
        data={"corrects": original.pk, "awards": len(chosen)},
    )
    return draft


@transaction.atomic
def revoke(
    decision: Decision,
    *,
    actor,
    number: str,
    signed_on: datetime.date,
    reason: str,
    signer: str = "",
    signer_post: str = "",
    awards: Iterable[Award] | None = None,
    seen_version: int | None = None,
) -> Decision:
    """Revoke an issued decision, or some ``awards`` of it, by a new decision that names it; return the new one.

    The awards stay readable as revoked. Without ``signer`` the signer of the old decision signed this one too. When no
    award is left standing the decision itself is revoked.

    Raises ``Conflict`` if somebody was first; ``DomainError`` naming the fields, if the number is taken, the day of
    signing lies before the old one or in the future, or there is no reason.
    """
    original = _lock(decision, Act.REVOKE, seen_version)
    chosen = _standing(original, awards)
    require_reason(reason)
    if signed_on < original.signed_on:
        raise DomainError(
            fields={"signed_on": [_("The revocation cannot be signed before the decision that it revokes.")]}
        )
    unit, tier = _granting_on(original, signed_on)
    revocation = Decision(
        unit=unit,
        tier=tier,
        title=_on_paper(gettext_lazy("Revocation of decision %(number)s"), original),
        number=number,
        signed_on=signed_on,
        signer=signer or original.signer,
        signer_post=signer_post or original.signer_post,
        amends=original,
        amendment_kind=AmendmentKind.REVOCATION,
        reason=reason,
        drafted_by=actor,
    )
    check_complete(revocation)
    # An act of the year in which it is signed: what it ends in a closed year shows there as an adjustment.
    closed_years.refuse(unit, signed_on.year)
    open_book(revocation)
    check_number_free(revocation)
    revocation.issued_by, revocation.issued_at = actor, timezone.now()
    _move(
        revocation,
        Act.ISSUE,
        actor=actor,
        reason=reason,
        data={"revokes": original.pk, "awards": len(chosen)},
    )
    _end_awards(chosen, AwardState.REVOKED, by=revocation)
    if original.awards.filter(state=AwardState.VALID).exists():
        _record(original, Act.REVOKE_AWARDS, actor, reason=reason, by_decision=revocation)
    else:
        _move(original, Act.REVOKE, actor=actor, reason=reason, by_decision=revocation)
    return revocation


def _on_paper(words, original: Decision) -> str:
    """Return the subject of an amending decision: Vietnamese like the paper, whatever language its author reads."""
    with translation.override("vi"):
        return str(words) % {"number": original.number}


def _lock(decision: Decision, act: Act, seen_version: int | None = None) -> Decision:
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


def _what_happened(decision: Decision) -> str:
    step = decision.steps.select_related("actor").last()
    if step is None:
        return _("This decision is already: %(state)s.") % {"state": decision.get_state_display()}
    return _("%(actor)s was first, at %(time)s: %(act)s.") % {
        "actor": step.actor.full_name,
        "time": timezone.localtime(step.at).strftime("%H:%M %d/%m/%Y"),
        "act": step.get_act_display(),
    }


def _granting_on(original: Decision, on: datetime.date) -> tuple:
    """Return the unit and tier that amend a decision on a day: its own, or those of the unit that answers for it."""
    if original.unit.is_in_force(on):
        return original.unit, original.tier
    return original.unit.heir, tier_of(original.unit.heir.kind)


def _lock_replaced(decision: Decision, awards: list[Award]) -> dict[int, Award]:
    """Return the awards that this correction replaces, by id, once their decision is locked and they still stand."""
    if decision.amendment_kind != AmendmentKind.CORRECTION:
        return {}
    decision.amends = _lock(decision.amends, Act.CORRECT)
    wanted = {award.corrects_id for award in awards if award.corrects_id}
    if not wanted or wanted != {award.corrects_id for award in awards}:
        raise DomainError(_("A correction carries only awards that it corrects."), code="not_a_correction")
    return {award.pk: award for award in _standing(decision.amends, Award.objects.filter(pk__in=wanted))}


def _standing(decision: Decision, awards: Iterable[Award] | None) -> list[Award]:
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


def _end_awards(awards: list[Award], state: AwardState, *, by: Decision) -> None:
    for award in awards:
        award.state, award.ended_by = state, by
    Award.objects.bulk_update(awards, ["state", "ended_by"], batch_size=500)


def _move(
    decision: Decision, act: Act, *, actor, reason: str = "", by_decision=None, data: dict | None = None
) -> None:
    before = decision.state if decision.pk else DecisionState.DRAFT
    decision.state = MOVES[act][before]
    if decision.pk:
        if act == Act.REVOKE:
            _touch(decision, "state")
        else:
            decision.save(update_fields=["state", "issued_by", "issued_at"])
    else:
        decision.save()
    _step(decision, act, before, actor, reason=reason, by_decision=by_decision)
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


def _record(decision: Decision, act: Act, actor, *, reason: str, by_decision: Decision) -> None:
    """Write down an act that leaves the decision's own state."""
    _touch(decision)
    _step(decision, act, decision.state, actor, reason=reason, by_decision=by_decision)
    log.record(
        f"decision.{act}",
        actor=actor,
        target=decision,
        unit=decision.unit,
        data={"reason": reason, "by_decision": by_decision.pk},
    )


def _touch(decision: Decision, *changed: str) -> None:
    """Count what befalls an issued decision: pages that show it are stale now. Its content never changes."""
    decision.version += 1
    decision.save(update_fields=[*changed, "version"])


def _step(decision: Decision, act: Act, before: str, actor, *, reason: str = "", by_decision=None) -> None:
    DecisionStep.objects.create(
        decision=decision,
        act=act,
        from_state=before,
        to_state=decision.state,
        actor=actor,
        reason=reason,
        by_decision=by_decision,
    )


def describe_issue(decision: Decision, count: int) -> str:
    """Return the sentence that tells, before the act, what issuing will do."""
    return ngettext(
        "Issues the decision with %(count)d award, which gets its certificate and golden-book number.",
        "Issues the decision with %(count)d awards, which get their certificate and golden-book numbers.",
        count,
    ) % {"count": count}
