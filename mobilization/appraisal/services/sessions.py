"""Planning a session of the council, its members and its agenda, and beginning it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from mobilization.appraisal.models import AgendaItem, CouncilSession, SessionMember
from mobilization.appraisal.states import SESSION_MOVES, Part, SessionState
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text
from mobilization.publication.models import PendingDecision
from mobilization.units.models import Unit
from models_registry.models import Campaign, Registration

MOST_ITEMS = 1_000
MOST_MEMBERS = 60


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


def change_session(session: CouncilSession, *, actor, **facts: Any) -> CouncilSession:
    """Change title, day, place, quorum or the number of the minutes of a session that is not closed."""
    with transaction.atomic():
        locked = locked_session(session)
        for name in ("title", "held_on", "place", "quorum", "minutes_number"):
            if name in facts:
                setattr(locked, name, facts[name])
        locked.save()
        log.record("session.change", actor=actor, target=locked, unit=locked.unit)
    return locked


def last_member(session: CouncilSession) -> int:
    """Return the id of the member written last, 0 without any: all are written anew, so it tells one list from another."""
    return session.members.aggregate(last=Max("pk"))["last"] or 0


def set_members(
    session: CouncilSession, members: Sequence[Mapping[str, Any]], *, actor, seen_last: int | None = None
) -> None:
    """Let just ``members`` sit in the session: user, name, post, part, votes, present.

    Whoever has an account bears its name. Raises ``DomainError`` where somebody is named twice, or there are two chairs
    or two secretaries; ``Conflict`` where they are not those any more whose ``last_member`` was ``seen_last``.
    """
    accounts = [one["user"].pk for one in members if one.get("user")]
    if len(set(accounts)) != len(accounts):
        raise DomainError(_("Somebody is named twice."), code="twice")
    for part in (Part.CHAIR, Part.SECRETARY):
        if sum(one["part"] == part for one in members) > 1:
            raise DomainError(_("There is one chair and one secretary in a session."), code="parts")
    if len(members) > MOST_MEMBERS:
        raise DomainError(_("At most %(most)d members.") % {"most": MOST_MEMBERS}, code="many")
    with transaction.atomic():
        locked = locked_session(session)
        if seen_last is not None and seen_last != last_member(locked):
            raise Conflict(_("Somebody else has changed the members meanwhile. Please compare."))
        locked.members.all().delete()
        SessionMember.objects.bulk_create(
            SessionMember(
                session=locked,
                user=one.get("user"),
                name=str(one["user"]) if one.get("user") else clean_text(one["name"]),
                post=clean_text(one.get("post") or ""),
                part=one["part"],
                votes=one["votes"],
                present=one["present"],
            )
            for one in members
        )
        data = {"count": len(members)}
        log.record("session.members", actor=actor, target=locked, unit=locked.unit, data=data)


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

    What is no candidate any more is left out. Raises ``DomainError`` where the agenda would grow too long.
    """
    with transaction.atomic():
        locked = locked_session(session)
        wanted = agenda_candidates(locked).filter(pk__in=list(registrations))
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
