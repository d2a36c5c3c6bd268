"""Writing down how the council voted on an item of its agenda."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.appraisal.council import Table, table
from mobilization.appraisal.models import AgendaItem, CouncilSession
from mobilization.appraisal.services.sessions import is_begun, locked_session
from mobilization.appraisal.states import Verdict
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text


def problems_of_vote(item: AgendaItem, sitting: Table) -> dict[str, list[str]]:
    """Return what is wrong with the votes on ``item``, of those who could vote at the table, by field.

    As many as the quorum have to be left who may vote on it, and more than half of them have to be for a recognition.
    """
    entitled = sitting.entitled(item)
    given = [item.votes_for, item.votes_against, item.abstained]
    problems: dict[str, list[str]] = {}
    if not sitting.has_quorum(item):
        problems["votes_for"] = [words_without_quorum(entitled, sitting.quorum)]
    elif None in given:
        problems["votes_for"] = [_("Write down the votes for, against and abstained.")]
    elif sum(given) > entitled:
        problems["votes_for"] = [_("Only %(n)d members have a vote on this.") % {"n": entitled}]
    elif item.verdict == Verdict.RECOGNISE and item.votes_for * 2 <= entitled:
        problems["verdict"] = [
            _("A recognition needs the votes of more than half of %(n)d.") % {"n": entitled}
        ]
    if item.verdict not in Verdict.values:
        problems["verdict"] = [_("Choose what the council concludes.")]
    elif item.verdict == Verdict.REFUSE and not item.reason:
        problems["reason"] = [_("Please give the reason.")]
    if item.exemplary and item.verdict != Verdict.RECOGNISE:
        problems["exemplary"] = [_("Only what is recognised can be exemplary.")]
    return problems


def words_without_quorum(entitled: int, quorum: int) -> str:
    """Return why an item cannot be decided on in this session, and what to do."""
    words = {"n": entitled, "quorum": quorum}
    return (
        _(
            "Only %(n)d members present may vote on this, %(quorum)d are needed: leave it to a session with more members."
        )
        % words
    )


def vote(
    item: AgendaItem,
    *,
    votes_for: int,
    votes_against: int,
    abstained: int,
    verdict: str,
    actor,
    exemplary: bool = False,
    reason: str = "",
    seen_at: datetime.datetime | None = None,
) -> AgendaItem:
    """Write down the votes on ``item`` and what they conclude; they may be corrected until the session is closed.

    Raises ``Conflict`` while the session is not being held, and where somebody wrote votes down since ``seen_at``,
    when those had been written that the actor saw; ``DomainError`` where the votes do not add up.
    """
    with transaction.atomic():
        session = _held(item.session)
        locked = AgendaItem.objects.filter(session=session, pk=item.pk).first()
        if locked is None:
            raise Conflict(_("This is not on the agenda any more."), code="gone")
        if seen_at is not None and seen_at != locked.changed_at:
            raise Conflict(_("Somebody else has written down votes on this meanwhile. Please compare."))
        locked.votes_for, locked.votes_against, locked.abstained = votes_for, votes_against, abstained
        locked.verdict, locked.exemplary = verdict, exemplary
        locked.reason, locked.changed_at = clean_text(reason), timezone.now()
        _refuse(locked, table(session, [locked]))
        locked.save()
        data = {"count": 1}
        log.record("session.vote", actor=actor, target=session, unit=session.unit, data=data)
    return locked


def vote_rest(session: CouncilSession, *, actor) -> int:
    """Write down, for all items without a verdict, that everybody who has a vote is for it; return how many.

    Items on which too few have a vote are left as they are.
    """
    with transaction.atomic():
        locked = _held(session)
        items = list(locked.items.undecided())
        sitting, done = table(locked, items), []
        for item in items:
            entitled = sitting.entitled(item)
            if sitting.has_quorum(item):
                item.votes_for, item.votes_against, item.abstained = entitled, 0, 0
                item.verdict, item.changed_at = Verdict.RECOGNISE, timezone.now()
                done.append(item)
        names = ["votes_for", "votes_against", "abstained", "verdict", "changed_at"]
        AgendaItem.objects.bulk_update(done, names, batch_size=200)
        if done:
            data = {"count": len(done)}
            log.record("session.vote", actor=actor, target=locked, unit=locked.unit, data=data)
    return len(done)


def _held(session: CouncilSession) -> CouncilSession:
    locked = locked_session(session)
    if not is_begun(locked):
        raise Conflict(_("Begin the session first."), code="state")
    return locked


def _refuse(item: AgendaItem, sitting: Table) -> None:
    problems = problems_of_vote(item, sitting)
    if problems:
        raise DomainError(fields=problems, code="invalid")
