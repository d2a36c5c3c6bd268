"""Amending an issued decision by a new one that names it: a correction, a revocation."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.checks import check_complete, check_number_free, require_reason
from awards.models import Award, Decision
from awards.numbering import open_book
from awards.states import Act, AmendmentKind, AwardState
from awards.transitions.moving import end_awards, lock, move, record, standing, step, touch
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.units import closed_years
from mobilization.units.states import tier_of


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
    original = lock(decision, Act.CORRECT, seen_version)
    chosen = standing(original, awards)
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
    touch(original)
    step(draft, Act.DRAFT, "", actor, reason=reason)
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
    original = lock(decision, Act.REVOKE, seen_version)
    chosen = standing(original, awards)
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
    move(
        revocation,
        Act.ISSUE,
        actor=actor,
        reason=reason,
        data={"revokes": original.pk, "awards": len(chosen)},
    )
    end_awards(chosen, AwardState.REVOKED, by=revocation)
    if original.awards.filter(state=AwardState.VALID).exists():
        record(original, Act.REVOKE_AWARDS, actor, reason=reason, by_decision=revocation)
    else:
        move(original, Act.REVOKE, actor=actor, reason=reason, by_decision=revocation)
    return revocation


def _on_paper(words, original: Decision) -> str:
    """Return the subject of an amending decision: Vietnamese like the paper, whatever language its author reads."""
    with translation.override("vi"):
        return str(words) % {"number": original.number}


def _granting_on(original: Decision, on: datetime.date) -> tuple:
    """Return the unit and tier that amend a decision on a day: its own, or those of the unit that answers for it."""
    if original.unit.is_in_force(on):
        return original.unit, original.tier
    return original.unit.heir, tier_of(original.unit.heir.kind)
