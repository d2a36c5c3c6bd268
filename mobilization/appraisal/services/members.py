"""Who sits in a session, and whom the chair keeps from voting on an item."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.appraisal.models import AgendaItem, CouncilSession, SessionMember, StandingAside
from mobilization.appraisal.services.sessions import locked_session, refuse_stale
from mobilization.appraisal.states import Part
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text

MOST_MEMBERS = 60


def set_members(
    session: CouncilSession,
    members: Sequence[Mapping[str, Any]],
    *,
    actor,
    seen_version: int | None = None,
) -> None:
    """Let just ``members`` sit in the session: pk (of a row to keep), user, name, post, part, votes, present.

    Whoever has an account bears its name. A row that is kept keeps the items on which its member takes no part, as
    long as its account is the same. Raises ``DomainError`` where somebody is named twice, or there are two chairs or
    two secretaries; ``Conflict`` where somebody changed the session or its members since ``seen_version``.
    """
    _refuse_members(members)
    with transaction.atomic():
        locked = locked_session(session)
        refuse_stale(locked, seen_version)
        there = {one.pk: one for one in locked.members.all()}
        rows = [_row(locked, one, there) for one in members]
        locked.members.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
        # Two who change places would meet for a moment in the part, or the account, that one of them leaves.
        locked.members.update(part=Part.MEMBER, user=None)
        for row in rows:
            row.save()
        locked.version += 1
        locked.save(update_fields=["version"])
        data = {"count": len(rows)}
        log.record("session.members", actor=actor, target=locked, unit=locked.unit, data=data)


def _refuse_members(members: Sequence[Mapping[str, Any]]) -> None:
    accounts = [one["user"].pk for one in members if one.get("user")]
    if len(set(accounts)) != len(accounts):
        raise DomainError(_("Somebody is named twice."), code="twice")
    for part in (Part.CHAIR, Part.SECRETARY):
        if sum(one["part"] == part for one in members) > 1:
            raise DomainError(_("There is one chair and one secretary in a session."), code="parts")
    if len(members) > MOST_MEMBERS:
        raise DomainError(_("At most %(most)d members.") % {"most": MOST_MEMBERS}, code="many")


def _row(session: CouncilSession, one: Mapping[str, Any], there: dict[int, SessionMember]) -> SessionMember:
    """Return the row of a member: the kept one where it is the same person, else a new one."""
    user = one.get("user")
    row = there.pop(one.get("pk"), None)
    if row is None or row.user_id != (user.pk if user else None):
        row = SessionMember(session=session)
    row.user, row.name = user, str(user) if user else clean_text(one["name"])
    row.post, row.part = clean_text(one.get("post") or ""), one["part"]
    row.votes, row.present = one["votes"], one["present"]
    return row


def stand_aside(item: AgendaItem, member: SessionMember, *, reason: str, actor) -> StandingAside:
    """Keep ``member`` from voting on ``item``, as the chair decided, for a reason that the minutes tell.

    For what the portal cannot know: a member without an account, or one who did not declare a relation. Votes that were
    written down already included his, so they are struck and the council votes on the item again. Raises
    ``DomainError`` without a reason, or where ``member`` has no vote in this session; ``Conflict`` where it is written
    down already.
    """
    reason = clean_text(reason)
    if not reason:
        raise DomainError(fields={"reason": [_("Please give the reason.")]}, code="invalid")
    with transaction.atomic():
        locked, current = _locked_item(item)
        if not locked.members.filter(pk=member.pk, votes=True).exists():
            raise DomainError(
                fields={"member": [_("This is no member with a vote in this session.")]}, code="invalid"
            )
        made, is_new = StandingAside.objects.get_or_create(
            item=current, member=member, defaults={"reason": reason, "made_by": actor}
        )
        if not is_new:
            told = {"who": member.name, "why": made.reason}
            raise Conflict(_("%(who)s takes no part in this already: %(why)s.") % told, code="twice")
        _strike_votes(current)
        _record("session.aside", locked, current, actor)
    return made


def take_part_again(aside: StandingAside, *, actor) -> None:
    """Let the member vote on the item again; votes that were written down without his are struck. Twice does no harm."""
    with transaction.atomic():
        locked, current = _locked_item(aside.item)
        gone, _by_table = StandingAside.objects.filter(pk=aside.pk, item=current).delete()
        if gone:
            _strike_votes(current)
            _record("session.take_part", locked, current, actor)


def _locked_item(item: AgendaItem) -> tuple[CouncilSession, AgendaItem]:
    locked = locked_session(item.session)
    current = AgendaItem.objects.filter(session=locked, pk=item.pk).first()
    if current is None:
        raise Conflict(_("This is not on the agenda any more."), code="gone")
    return locked, current


def _strike_votes(item: AgendaItem) -> None:
    item.votes_for = item.votes_against = item.abstained = None
    item.verdict, item.exemplary, item.reason, item.changed_at = "", False, "", timezone.now()
    item.save()


def _record(act: str, session: CouncilSession, item: AgendaItem, actor) -> None:
    data = {"item": item.position}
    log.record(act, actor=actor, target=session, unit=session.unit, data=data)
