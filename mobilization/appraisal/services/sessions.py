"""Planning a session of the council and its agenda, and beginning it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from mobilization.appraisal.models import AgendaItem, CouncilSession
from mobilization.appraisal.states import SESSION_MOVES, Part, SessionState
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text
from mobilization.publication.models import PendingDecision
from mobilization.units.models import Unit
from models_registry.models import Campaign, Registration

MOST_ITEMS = 1_000


def locked_session(session: CouncilSession) -> CouncilSession:
    """Return ``session`` as it stands now, locked until the transaction ends; raises ``Conflict`` once it is closed."""
    rows = CouncilSession.objects.select_related("unit", "campaign").select_for_update(of=("self",))
    locked = rows.get(pk=session.pk)
    if locked.is_closed:
        raise Conflict(
            _("This session was closed already, by %(who)s.") % {"who": locked.closed_by}, code="closed"
        )
    return locked


def make_session(
    *,
    campaign: Campaign,
    unit: Unit,
    level: str,
    title: str,
    held_on: datetime.date,
    place: str,
    quorum: int,
    actor,
    minutes_number: str = "",
) -> CouncilSession:
    """Plan a session of the council of ``unit`` at ``level``; whether it is the actor's is asked at the boundary."""
    if quorum < 1:
        raise DomainError(fields={"quorum": [_("At least one member has to be present.")]}, code="invalid")
    with transaction.atomic():
        session = CouncilSession.objects.create(
            campaign=campaign,
            unit=unit,
            level=level,
            title=clean_text(title),
            held_on=held_on,
            place=clean_text(place),
            quorum=quorum,
            minutes_number=clean_text(minutes_number),
            made_by=actor,
        )
        log.record("session.make", actor=actor, target=session, unit=unit, data={"level": level})
    return session


def refuse_stale(locked: CouncilSession, seen_version: int | None) -> None:
    """Raise ``Conflict`` where facts or members of the ``locked`` session were changed since ``seen_version``."""
    if seen_version is not None and seen_version != locked.version:
        raise Conflict(
            _("Somebody else has changed this session meanwhile. What you typed stands here still: compare, then save again."),
            code="stale",
        )  # fmt: skip


def change_session(
    session: CouncilSession, *, actor, seen_version: int | None = None, **facts: Any
) -> CouncilSession:
    """Change title, day, place, quorum or the number of the minutes of a session that is not closed.

    Raises ``Conflict`` where somebody changed the session or its members since ``seen_version``.
    """
    with transaction.atomic():
        locked = locked_session(session)
        refuse_stale(locked, seen_version)
        for name in ("title", "held_on", "place", "quorum", "minutes_number"):
            if name in facts:
                setattr(locked, name, facts[name])
        locked.version += 1
        locked.save()
        log.record("session.change", actor=actor, target=locked, unit=locked.unit)
    return locked


def agenda_candidates(session: CouncilSession) -> QuerySet[Registration]:
    """Return what the session could decide on: it waits to be recognised at its level, in its unit and campaign,
    is decided nowhere yet, and stands on no other open agenda.
    """
    waiting = PendingDecision.objects.pending().values("registration")
    called = AgendaItem.objects.filter(session__in=CouncilSession.objects.open()).values("registration")
    found = Registration.objects.to_recognise_at(session.level).answered_for_by(session.unit)
    return found.filter(campaign=session.campaign_id).exclude(pk__in=waiting).exclude(pk__in=called)


def add_to_agenda(session: CouncilSession, registrations: Iterable[int], *, actor) -> int:
    """Put registrations (by id) at the end of the agenda, in the order of units, and return how many came onto it.

    What is no candidate any more is left out: of two sessions that call the same one at once, one gets it. Raises
    ``DomainError`` where the agenda would grow too long.
    """
    with transaction.atomic():
        locked = locked_session(session)
        found = agenda_candidates(locked).filter(pk__in=list(registrations)).values_list("pk", flat=True)
        asked = Registration.objects.filter(pk__in=list(found[: MOST_ITEMS + 1])).order_by("pk")
        list(
            asked.select_for_update(no_key=True).values_list("pk")
        )  # whoever calls them too has done so by now
        wanted = agenda_candidates(locked).filter(pk__in=asked.values("pk"))
        rows = list(wanted.order_by("unit__sort_key", "title", "pk").values_list("pk", "version"))
        if locked.items.count() + len(rows) > MOST_ITEMS:
            most = {"most": MOST_ITEMS}
            raise DomainError(_("At most %(most)d items stand on an agenda.") % most, code="many")
        last = locked.items.aggregate(last=Max("position"))["last"] or 0
        AgendaItem.objects.bulk_create(
            AgendaItem(session=locked, registration_id=pk, seen_version=version, position=place)
            for place, (pk, version) in enumerate(rows, start=last + 1)
        )
        if rows:
            data = {"count": len(rows)}
            log.record("session.agenda", actor=actor, target=locked, unit=locked.unit, data=data)
    return len(rows)


def remove_from_agenda(item: AgendaItem, *, actor) -> None:
    """Take one registration off the agenda of a session that is not closed; the others keep their numbers in order."""
    with transaction.atomic():
        locked = locked_session(item.session)
        gone, _by_table = locked.items.filter(pk=item.pk).delete()
        if not gone:
            return
        rest = list(locked.items.order_by("position", "pk"))
        for place, one in enumerate(rest, start=1):
            one.position = place
        AgendaItem.objects.bulk_update(rest, ["position"])
        log.record("session.agenda", actor=actor, target=locked, unit=locked.unit, data={"count": -1})


def hold(session: CouncilSession, *, actor) -> CouncilSession:
    """Begin the session: from now on votes are written down. Raises ``DomainError`` without quorum, chair or agenda."""
    with transaction.atomic():
        locked = locked_session(session)
        before, after = SESSION_MOVES["hold"]
        if locked.state != before:
            raise Conflict(_("This session has begun already."), code="state")
        refuse_without_quorum(locked)
        if not locked.items.exists():
            raise DomainError(_("Nothing stands on the agenda yet."), code="agenda")
        locked.state = after
        locked.save(update_fields=["state"])
        log.record("session.hold", actor=actor, target=locked, unit=locked.unit)
    return locked


def refuse_without_quorum(session: CouncilSession) -> None:
    """Raise ``DomainError`` unless a chair and enough members with a vote are present."""
    present = [one for one in session.members.all() if one.present]
    if not any(one.part == Part.CHAIR for one in present):
        raise DomainError(_("The session has no chair who is present."), code="chair")
    voters = sum(one.votes for one in present)
    if voters < session.quorum:
        words = {"present": voters, "quorum": session.quorum}
        raise DomainError(
            _("No quorum: %(present)d members with a vote are present, %(quorum)d are needed.") % words,
            code="quorum",
        )


def is_begun(session: CouncilSession) -> bool:
    """Tell whether votes can be written down."""
    return session.state == SessionState.HELD
