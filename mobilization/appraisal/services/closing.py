"""Closing a session: what it concluded becomes decisions that wait to be announced, all of them or none."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobilization.appraisal.council import Table, table
from mobilization.appraisal.models import AgendaItem, CouncilSession, StandingAside
from mobilization.appraisal.services.sessions import is_begun, locked_session, refuse_without_quorum
from mobilization.appraisal.services.voting import problems_of_vote
from mobilization.appraisal.states import SESSION_MOVES, Verdict
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text
from mobilization.publication.services import enter
from models_registry.states import MOVES

NAMED = 5
"""So many items are named where one cannot be closed."""


def stamp_of(session: CouncilSession) -> str:
    """Return by what one knows that facts, members, agenda and votes are still those that were seen."""
    items = session.items.aggregate(last=Max("changed_at"), count=Count("pk"))
    version = CouncilSession.objects.values_list("version", flat=True).get(pk=session.pk)
    return f"{version}/{items['count']}/{items['last'].isoformat() if items['last'] else ''}"


def close(session: CouncilSession, *, minutes_number: str, actor, seen: str | None = None) -> CouncilSession:
    """Close a session under the number of its minutes, and enter each conclusion as a decision to be announced.

    In one transaction: raises ``DomainError``, and changes nothing, without quorum, while an item is not decided, and
    where one of them cannot be entered (the registration has moved on, or ``actor`` must not decide on it: then
    somebody else closes). Of two who close at once one wins, the other gets ``Conflict``; so does whoever saw other
    votes (``seen``, a ``stamp_of``) than those that stand.
    """
    minutes_number = clean_text(minutes_number)
    if not minutes_number:
        raise DomainError(fields={"minutes_number": [_("Please give the number of the minutes.")]})
    with transaction.atomic():
        locked = locked_session(session)
        if not is_begun(locked):
            raise Conflict(_("Begin the session first."), code="state")
        if seen is not None and seen != stamp_of(locked):
            raise Conflict(
                _("The session was changed while you looked at it. Look at the conclusions again, then close it."),
                code="stale",
            )  # fmt: skip
        refuse_without_quorum(locked)
        items = list(locked.items.in_order())
        sitting = table(locked, items)
        _refuse_unfinished(items, sitting)
        locked.minutes_number = minutes_number
        _enter_all(locked, items, actor)
        for item in items:
            item.kept_out = sitting.words_of(item)
        AgendaItem.objects.bulk_update(items, ["kept_out"], batch_size=200)
        locked.state = SESSION_MOVES["close"][1]
        locked.closed_by, locked.closed_at = actor, timezone.now()
        locked.save()
        data = {"number": minutes_number, "count": len(items)}
        log.record("session.close", actor=actor, target=locked, unit=locked.unit, data=data)
    return locked


def _refuse_unfinished(items: Sequence[AgendaItem], sitting: Table) -> None:
    wrong = []
    for item in items:
        if not item.verdict:
            wrong.append((item, _("The council has not decided on this yet.")))
        else:
            problems = problems_of_vote(item, sitting)
            wrong += [(item, sentences[0]) for sentences in list(problems.values())[:1]]
    _refuse(wrong)


def _enter_all(session: CouncilSession, items: Sequence[AgendaItem], actor) -> None:
    wrong = []
    source = _("Minutes %(number)s of %(day)s") % {
        "number": session.minutes_number,
        "day": session.held_on.strftime("%d/%m/%Y"),
    }
    own = set(
        StandingAside.objects.filter(item__session=session, member__user=actor).values_list("item", flat=True)
    )
    for item in items:
        registration = item.registration
        if item.pk in own:
            wrong.append((item, _("You take no part in this: somebody else closes the session.")))
            continue
        act = Verdict(item.verdict).act_on(proposed=bool(registration.proposed_to))
        if not actor.has_perm(MOVES[act].perm, registration):
            wrong.append((item, _("This is not decided at your level.")))
            continue
        try:
            enter(
                registration,
                act=act.value,
                actor=actor,
                level=session.level,
                exemplary=item.exemplary,
                reason=item.reason,
                source=source[:200],
                seen_version=item.seen_version,
            )
        except DomainError as refusal:
            wrong.append((item, str(refusal)))
    _refuse(wrong)


def _refuse(wrong: Sequence[tuple[AgendaItem, str]]) -> None:
    if not wrong:
        return
    told = ngettext(
        "The session cannot be closed: one item stands against it.",
        "The session cannot be closed: %(n)d items stand against it.",
        len(wrong),
    ) % {"n": len(wrong)}
    named = [f"{item.position}. {item.registration}: {why}" for item, why in wrong[:NAMED]]
    raise Conflict(" ".join([told, *named]), code="items")
