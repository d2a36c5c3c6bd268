"""Judging nominations: returned, examined by votes, approved or declined; never by who typed or submitted them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from awards.models import Acknowledgement, Examination, ExaminationItem, Nomination
from awards.nominating.moving import BATCH, Deed, Outcome, Row, do, one, only
from awards.notices import tell_judged
from awards.states import NominationAct
from awards.warnings import Told, warnings_of
from mobilization.audit import log
from mobilization.core.errors import DomainError

Votes = Mapping[int, tuple[int, int]]
"""By nomination: votes in favour, votes against."""
Words = Mapping[str, str]
"""By the code of a warning: the words that take note of it."""


def return_(nomination: Nomination, *, actor, reason: str, seen_version: int | None = None) -> Nomination:
    """Send a nomination back to whoever proposes; needs a reason. Its votes no longer count."""
    return only(return_many(one(nomination, seen_version), actor=actor, reason=reason))


@transaction.atomic
def return_many(rows: Iterable[Row], *, actor, reason: str, tells: bool = True) -> Outcome:
    """Send many back, for one reason. Without ``tells`` the caller tells those who submitted them."""
    deed = Deed(NominationAct.RETURN, actor, reason=_needed(reason), same={"vote": None})
    outcome = do(rows, deed)
    if tells:
        tell_judged("nomination.returned", outcome.done, actor=actor, words=deed.reason)
    return outcome


@transaction.atomic
def examine(examination: Examination, votes: Votes, versions: Mapping[int, int | None], *, actor) -> Outcome:
    """Record an examination with its minutes, and the votes on each nomination (Decree 152/2025/NĐ-CP: by vote).

    ``versions`` tells which version of each was seen. All or nothing: of minutes that are signed no line is left out.
    Raises ``DomainError`` naming the fields for votes that cannot be, ``Conflict`` and ``NotAllowed`` for a nomination
    that cannot be examined.
    """
    _check_votes(examination, votes)
    examination.recorded_by = actor
    examination.save(force_insert=True)
    items: dict[int, ExaminationItem] = {}
    mine = ExaminationItem.objects.filter(examination=examination, nomination=OuterRef("pk"))

    def vote(row: Nomination) -> None:
        row.vote = items[row.pk]

    def ready(rows: Sequence[Nomination]) -> None:
        made = [
            ExaminationItem(
                examination=examination,
                nomination=row,
                votes_for=votes[row.pk][0],
                votes_against=votes[row.pk][1],
            )
            for row in rows
        ]
        for item in ExaminationItem.objects.bulk_create(made, batch_size=BATCH):
            items[item.nomination_id] = item

    deed = Deed(
        NominationAct.EXAMINE,
        actor,
        check=lambda row: _check_body(row, examination),
        change=vote,
        found={"vote": Subquery(mine.values("pk"))},
        told=lambda row: {
            "examination": examination.pk,
            "number": examination.number,
            "votes_for": votes[row.pk][0],
            "votes_against": votes[row.pk][1],
            "present": examination.present,
        },
    )
    outcome = do([(pk, versions.get(pk)) for pk in votes], deed, ready)
    if outcome.skipped:
        pk, refusal = outcome.skipped[0]
        name = Nomination.objects.filter(pk=pk).values_list("recipient_name", flat=True).first() or ""
        raise type(refusal)(f"{name}: {refusal}", code=refusal.code)
    data = {"number": examination.number, "nominations": len(outcome.done)}
    log.record("nomination.session", actor=actor, target=examination, unit=examination.unit, data=data)
    return outcome


def approve(
    nomination: Nomination, *, actor, words: Words | None = None, seen_version: int | None = None
) -> Nomination:
    """Approve an examined nomination. ``words`` take note of its warnings, by code; they stay in the record.

    Raises ``DomainError`` where a warning blocks, or has no words (at the field of its code); ``Conflict`` and
    ``NotAllowed`` as all acts.
    """
    return only(approve_many(one(nomination, seen_version), actor=actor, words=words or {}))


@transaction.atomic
def approve_many(rows: Iterable[Row], *, actor, words: Words, tells: bool = True) -> Outcome:
    """Approve many; the words about a warning hold for each that it concerns. What is blocked is told.

    ``tells`` as in ``return_many``.
    """
    warnings: dict[int, list[Told]] = {}

    def ready(locked: Sequence[Nomination]) -> None:
        warnings.update(warnings_of(locked))

    deed = Deed(
        NominationAct.APPROVE,
        actor,
        check=lambda row: refuse_unheeded(warnings[row.pk], words),
        told=lambda row: {"acknowledged": [str(told.code) for told in warnings[row.pk]]},
    )
    outcome = do(rows, deed, ready)
    Acknowledgement.objects.bulk_create(
        (
            Acknowledgement(
                nomination=row,
                code=told.code,
                told=told.sentence,
                words=words[told.code].strip(),
                actor=actor,
            )
            for row in outcome.done
            for told in warnings[row.pk]
        ),
        batch_size=BATCH,
    )
    if tells:
        tell_judged("nomination.approved", outcome.done, actor=actor)
    return outcome


def decline(nomination: Nomination, *, actor, reason: str, seen_version: int | None = None) -> Nomination:
    """Decline an examined nomination; needs a reason."""
    return only(decline_many(one(nomination, seen_version), actor=actor, reason=reason))


@transaction.atomic
def decline_many(rows: Iterable[Row], *, actor, reason: str, tells: bool = True) -> Outcome:
    """Decline many, for one reason; ``tells`` as in ``return_many``."""
    deed = Deed(NominationAct.DECLINE, actor, reason=_needed(reason))
    outcome = do(rows, deed)
    if tells:
        tell_judged("nomination.declined", outcome.done, actor=actor, words=deed.reason)
    return outcome


def refuse_unheeded(warnings: Sequence[Told], words: Words) -> None:
    """Raise ``DomainError`` for a warning that blocks, else for those that nobody has taken note of in words."""
    for told in warnings:
        if told.blocks:
            raise DomainError(told.sentence, code="blocked")
    silent = [told for told in warnings if not words.get(told.code, "").strip()]
    if silent:
        fields: dict[str, Any] = {
            str(told.code): [_("Say in your own words why it is approved all the same.")] for told in silent
        }
        raise DomainError(fields=fields, code="unacknowledged")


def _check_votes(examination: Examination, votes: Votes) -> None:
    if not votes:
        raise DomainError(_("Choose at least one nomination."), code="none")
    over = [pk for pk, (for_, against) in votes.items() if for_ + against > examination.present]
    if over:
        sentence = _("There are more votes than members present.")
        raise DomainError(fields={f"for-{pk}": [sentence] for pk in over}, code="votes")


def _check_body(row: Nomination, examination: Examination) -> None:
    if row.granting_unit_id != examination.unit_id:
        raise DomainError(_("Another body grants this; it examines it as well."), code="body")


def _needed(reason: str) -> str:
    if not reason.strip():
        raise DomainError(fields={"reason": [_("Give the reason.")]})
    return reason.strip()
