"""Issuing a draft: its content never changes from then on."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.checks import check_awards, check_complete, check_nominated, check_number_free
from awards.linking import link_recipients
from awards.models import Award, Decision
from awards.numbering import number_awards, open_book
from awards.states import Act, AmendmentKind, AwardState
from awards.transitions.moving import end_awards, lock, move, record, standing
from mobilization.core.errors import DomainError, NotAllowed
from mobilization.units import closed_years


@transaction.atomic
def issue(
    decision: Decision, *, actor, seen_version: int | None = None, of_the_past: bool = False
) -> Decision:
    """Issue a draft: from now on its content never changes.

    Gives each award its certificate number (its place in the annex), the next number of the golden book of the
    granting unit and tier in that year, and the code by which anyone can verify it. A correction marks the awards that
    it replaces as corrected. Whoever nominated may issue: others have examined and approved.

    ``of_the_past`` puts a decision on record that was made before there were nominations here; no page asks for it.

    Raises ``Conflict`` if the draft was issued, or changed since ``seen_version``; ``NotAllowed`` if the actor drafted
    it (who typed a record never decides on it); ``DomainError`` naming the fields, if it is incomplete, has no award,
    its number is taken, a form or unit is not in force on the day of signing (Law 06/2022/QH15 and the catalogue), or
    an award comes from no approved nomination and corrects none.
    """
    decision = lock(decision, Act.ISSUE, seen_version)
    if decision.drafted_by_id == actor.pk:
        raise NotAllowed(_("You drafted this decision. Somebody else has to issue it."))
    check_complete(decision)
    closed_years.enter(decision.unit, decision.signed_on.year, decision)
    awards = list(decision.awards.select_related("form", "unit", "corrects").order_by("pk"))
    check_awards(decision, awards)
    replaced = _lock_replaced(decision, awards)
    if not of_the_past:
        check_nominated(awards)
    book = open_book(decision)
    check_number_free(decision)
    number_awards(awards, replaced, book, decision.signed_on.year)
    link_recipients([decision.pk])
    decision.issued_by, decision.issued_at = actor, timezone.now()
    move(decision, Act.ISSUE, actor=actor, data={"awards": len(awards)})
    if replaced:
        end_awards(list(replaced.values()), AwardState.CORRECTED, by=decision)
        record(decision.amends, Act.CORRECT, actor, reason=decision.reason, by_decision=decision)
    return decision


def describe_issue(decision: Decision, count: int) -> str:
    """Return the sentence that tells, before the act, what issuing will do."""
    return ngettext(
        "Issues the decision with %(count)d award, which gets its certificate and golden-book number.",
        "Issues the decision with %(count)d awards, which get their certificate and golden-book numbers.",
        count,
    ) % {"count": count}


def _lock_replaced(decision: Decision, awards: list[Award]) -> dict[int, Award]:
    """Return the awards that this correction replaces, by id, once their decision is locked and they still stand."""
    if decision.amendment_kind != AmendmentKind.CORRECTION:
        return {}
    decision.amends = lock(decision.amends, Act.CORRECT)
    wanted = {award.corrects_id for award in awards if award.corrects_id}
    if not wanted or wanted != {award.corrects_id for award in awards}:
        raise DomainError(_("A correction carries only awards that it corrects."), code="not_a_correction")
    return {award.pk: award for award in standing(decision.amends, Award.objects.filter(pk__in=wanted))}
