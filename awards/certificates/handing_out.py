"""The register of certificates handed out: an act for one or many of a decision, and its taking back.

Each locks the decision, so that of two who record the same certificate one wins and the other reads who was first.
"""

import datetime
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.checks import require_reason
from awards.models import Award, Decision, Handover
from awards.states import DECIDED, AwardState
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text


@transaction.atomic
def hand_out(
    decision: Decision,
    awards: Iterable[Award],
    *,
    actor,
    handed_on: datetime.date,
    received_by: str,
    handed_by: str,
    note: str = "",
) -> list[Handover]:
    """Record that the certificates of ``awards`` were handed out, and return the rows of the register.

    Raises ``DomainError`` if the decision is a draft, the day lies before its signing or in the future, nothing is
    chosen, or an award no longer stands, and naming the field for words that are missing, too long or unreadable;
    ``Conflict`` if somebody recorded one of them meanwhile.
    """
    words = _as_stored({"received_by": received_by, "handed_by": handed_by, "note": note})
    locked = Decision.objects.select_for_update(of=["self"]).get(pk=decision.pk)
    _check_day(locked, handed_on)
    wanted = {award.pk for award in awards}
    if not wanted:
        raise DomainError(_("Choose at least one certificate."), code="none")
    chosen = list(locked.awards.filter(pk__in=wanted).select_related("unit").in_annex_order())
    if len(chosen) != len(wanted) or any(award.state != AwardState.VALID for award in chosen):
        raise DomainError(_("Only certificates that stand are handed out."), code="not_standing")
    _refuse_handed(chosen)
    rows = Handover.objects.bulk_create(
        Handover(
            award=award,
            handed_on=handed_on,
            recorded_by=actor,
            **words,
        )
        for award in chosen
    )
    log.record_many(
        log.Record("certificate.hand_out", actor, award, award.unit, {"on": handed_on.isoformat()})
        for award in chosen
    )
    return rows


@transaction.atomic
def take_back(handover: Handover, *, actor, reason: str) -> Handover:
    """Take a line of the register back: it stays readable, with who took it back and why.

    Raises ``DomainError`` without a reason, or with one that cannot be kept, ``Conflict`` if it was taken back meanwhile.
    """
    require_reason(reason)
    reason = _as_stored({"undo_reason": reason}, told_at={"undo_reason": "reason"})["undo_reason"]
    Decision.objects.select_for_update(of=["self"]).get(awards__handovers=handover.pk)
    row = Handover.objects.select_related("award__unit", "undone_by").get(pk=handover.pk)
    if not row.stands:
        raise Conflict(
            _("%(actor)s took this back already, at %(time)s.")
            % {"actor": row.undone_by.full_name, "time": _time(row.undone_at)}
        )
    row.undone_by, row.undone_at, row.undo_reason = actor, timezone.now(), reason
    row.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    log.record(
        "certificate.take_back", actor=actor, target=row.award, unit=row.award.unit, data={"reason": reason}
    )
    return row


def waiting(decision: Decision):
    """Return the awards of ``decision`` that stand and whose certificate nobody has been handed."""
    return decision.awards.filter(state=AwardState.VALID).not_handed_out()


def _as_stored(words: dict[str, str], told_at: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return ``words`` by the names of ``Handover``'s fields as they are kept: NFC, without outer blanks.

    ``told_at`` maps to the field of the page where a refusal is told, where that has another name.
    """
    kept, refused = {}, {}
    for name, text in words.items():
        field = Handover._meta.get_field(name)
        try:
            kept[name] = field.clean(clean_text(text), None)
        except ValidationError as error:
            refused[(told_at or {}).get(name, name)] = error.messages
    if refused:
        raise DomainError(fields=refused, code="words")
    return kept


def _check_day(decision: Decision, handed_on: datetime.date) -> None:
    if decision.state not in DECIDED:
        raise DomainError(_("Certificates are handed out once the decision is issued."), code="draft")
    if handed_on < decision.signed_on:
        raise DomainError(fields={"handed_on": [_("The decision was signed later.")]}, code="too_early")
    if handed_on > timezone.localdate():
        raise DomainError(fields={"handed_on": [_("This day lies in the future.")]}, code="future")


def _refuse_handed(awards: list[Award]) -> None:
    row = (
        Handover.objects.standing()
        .filter(award__in=awards)
        .select_related("award", "recorded_by")
        .order_by("pk")
        .first()
    )
    if row is not None:
        raise Conflict(
            _("%(actor)s recorded %(name)s as handed out already, at %(time)s.")
            % {
                "actor": row.recorded_by.full_name,
                "name": row.award.recipient_name,
                "time": _time(row.recorded_at),
            }
        )


def _time(at: datetime.datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")
