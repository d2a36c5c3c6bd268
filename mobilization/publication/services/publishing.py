"""Announcing what was decided: all of it, or a chosen part, under one document and in one transaction."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text
from mobilization.publication.models import PendingDecision, Publication
from mobilization.publication.notices import announce
from mobilization.publication.states import Act
from models_registry import transitions, validators
from models_registry.announcing import together
from models_registry.models import Campaign, Registration
from models_registry.services.bulk import prepared
from models_registry.services.bulk_acts import refuse_act

MAX_TITLE = 300


@dataclass
class Preview:
    """What an announcement would bring about: which decisions it would carry out, and which not, and why."""

    will: list[PendingDecision] = field(default_factory=list)
    cannot: list[tuple[PendingDecision, str]] = field(default_factory=list)


def preview(pendings: Iterable[PendingDecision], *, actor) -> Preview:
    """Tell what ``actor`` could announce of ``pendings`` as everything stands now; nothing is changed."""
    pendings, answer = list(pendings), Preview()
    found = Registration.objects.filter(pk__in=[one.registration_id for one in pendings])
    registrations = {one.pk: one for one in prepared(found)}
    for pending in pendings:
        pending.registration = registrations[pending.registration_id]
        try:
            _refuse(pending, actor)
        except DomainError as refusal:
            answer.cannot.append((pending, str(refusal)))
        else:
            answer.will.append(pending)
    return answer


def publish(
    pendings: Iterable[PendingDecision],
    *,
    title: str,
    body: str,
    number: str,
    decided_on: datetime.date,
    actor,
    token: uuid.UUID,
) -> Publication:
    """Carry out ``pendings`` under one document and tell the units, all or nothing; return the announcement.

    Each is the registry's own act by ``actor``; who decided it, when and where stands in the words of its step. With
    a ``token`` that was used before, the announcement made then is returned. Raises ``Conflict`` when one of them
    cannot be carried out as it was decided, ``DomainError`` for what is missing or wrong.
    """
    _refuse_words(title, body, number, decided_on)
    ids = sorted({one.pk for one in pendings})
    with transaction.atomic():
        waiting = _locked(ids)
        before = Publication.objects.filter(token=token).first()
        if before is not None:
            return before
        if not ids or len(waiting) != len(ids):
            raise Conflict(
                _("Some of these decisions were announced or taken back meanwhile. Please look again.")
            )
        document = {"body": clean_text(body), "number": clean_text(number), "decided_on": decided_on}
        made = Publication.objects.create(
            **document,
            campaign=_campaign(waiting),
            city=_campaign(waiting).city,
            title=clean_text(title),
            published_by=actor,
            published_at=timezone.now(),
            counts=_counts(waiting),
            token=token,
        )
        with together():
            for pending in waiting:
                _carry_out(pending, document, actor)
        PendingDecision.objects.filter(pk__in=ids).update(publication=made)
        data = {"number": made.number, "count": len(waiting), "campaign": made.campaign_id}
        log.record("publication.publish", actor=actor, target=made, unit=made.city, data=data)
        announce(made, [pending.registration for pending in waiting])
    return made


def _locked(ids: Sequence[int]) -> list[PendingDecision]:
    """Return those of the decisions that still wait, locked with their registrations, always in one order."""
    held = PendingDecision.objects.filter(pk__in=ids).values("registration")
    rows = Registration.objects.filter(pk__in=held).order_by("pk").select_for_update(of=("self",))
    registrations = {one.pk: one for one in prepared(rows)}
    waiting = PendingDecision.objects.pending().filter(pk__in=ids).select_related("entered_by")
    found = list(waiting.order_by("registration_id").select_for_update(of=("self",)))
    for pending in found:
        pending.registration = registrations[pending.registration_id]
    return found


def _refuse(pending: PendingDecision, actor) -> None:
    act = Act(pending.act).in_registry
    refuse_act(act, pending.registration, actor)
    if pending.seen_version != pending.registration.version:
        raise Conflict(_("It was changed after it was decided. Take the decision back and enter it anew."))


def _carry_out(pending: PendingDecision, document: dict, actor) -> None:
    act, registration = Act(pending.act), pending.registration
    given = {"actor": actor, "reason": _words(pending), "seen_version": pending.seen_version}
    if act.recognises:
        given |= document | {"exemplary": pending.exemplary}
    try:
        _refuse(pending, actor)
        getattr(transitions, act.value)(registration, **given)
    except DomainError as refusal:
        raise Conflict(f"“{registration}”: {refusal}", code="cannot") from refusal


def _words(pending: PendingDecision) -> str:
    said = {
        "who": pending.entered_by,
        "day": timezone.localtime(pending.entered_at).strftime("%d/%m/%Y"),
        "where": pending.source,
    }
    if pending.source:
        decided = _("Decided at: %(where)s; entered by %(who)s on %(day)s.") % said
    else:
        decided = _("Decision entered by %(who)s on %(day)s.") % said
    return f"{pending.reason}\n{decided}".strip()


def _campaign(waiting: Sequence[PendingDecision]) -> Campaign:
    campaigns = {one.registration.campaign_id: one.registration.campaign for one in waiting}
    if len(campaigns) != 1:
        raise DomainError(_("Announce the decisions of one campaign at a time."), code="campaign")
    return next(iter(campaigns.values()))


def _counts(waiting: Sequence[PendingDecision]) -> dict:
    return {
        "total": len(waiting),
        "act": Counter(one.act for one in waiting),
        "level": Counter(one.level for one in waiting),
        "field": Counter(one.registration.field for one in waiting),
        "exemplary": sum(one.exemplary for one in waiting),
    }


def _refuse_words(title: str, body: str, number: str, decided_on: datetime.date | None) -> None:
    problems = validators.problems_of_recognition(body, number, decided_on, today=timezone.localdate())
    if not title.strip():
        problems["title"] = [_("Say what is announced.")]
    elif len(title) > MAX_TITLE:
        problems["title"] = [_("This text is too long: %(limit)d characters at most.") % {"limit": MAX_TITLE}]
    if problems:
        raise DomainError(fields=problems, code="invalid")
