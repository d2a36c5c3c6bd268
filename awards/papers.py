"""Drafts of the papers of a nomination as PDF, to be printed, signed and put on file: letter, report, minutes.

They are Vietnamese whatever the reader's language; frame and margins follow Nghị định 30/2020/NĐ-CP.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone, translation

from awards.models import Examination, Nomination
from awards.states import RecipientKind
from mobilization.core import documents
from mobilization.core.templatetags.portal import date_long
from mobilization.units.models import Unit

_NO_NUMBER = "......"
_KINDS = {
    RecipientKind.COLLECTIVE: "Tập thể",
    RecipientKind.INDIVIDUAL: "Cá nhân",
    RecipientKind.HOUSEHOLD: "Hộ gia đình",
}


def letter(nominations: Sequence[Nomination]) -> bytes:
    """Return the submission letter (tờ trình) that covers all of ``nominations``, of at least one."""
    return _pdf("award_letter", letter_facts, nominations)


def letter_facts(nominations: Sequence[Nomination]) -> dict[str, Any]:
    """Return what it says, as plain data."""
    first = nominations[0]
    return _head(first.unit) | {
        "to": _bodies(nominations),
        "legal": sorted({row.form.legal_basis for row in nominations}),
        "lines": [_line(place, row) for place, row in enumerate(nominations, start=1)],
        "counts": _counts(nominations),
        "forms": sorted({f"{row.form.name} của {row.form.body}" for row in nominations}),
    }


def report(nomination: Nomination) -> bytes:
    """Return the report of achievements (báo cáo thành tích) of one recipient."""
    return _pdf("award_report", report_facts, nomination)


def report_facts(nomination: Nomination) -> dict[str, Any]:
    """Return what it says, as plain data."""
    registration = nomination.registration
    return _head(nomination.unit) | {
        "recipient": nomination.recipient_name,
        "kind": _KINDS[RecipientKind(nomination.recipient.kind)],
        "unit": nomination.unit.full_name,
        "form": f"{nomination.form.name} của {nomination.form.body}",
        "achievement": nomination.achievement,
        "model": _model(registration) if registration else None,
        "dialogue": _dialogue(nomination.dialogue) if nomination.dialogue else None,
        "earlier": [
            f"{award.form.name} – Quyết định số {award.decision.number} {date_long(award.decision.signed_on)}"
            for award in nomination.recipient.awards.valid()
            .select_related("form", "decision")
            .order_by("decision__signed_on", "pk")
        ],
    }


def minutes(examination: Examination) -> bytes:
    """Return the minutes of an examination (biên bản) with the votes."""
    return _pdf("award_minutes", minutes_facts, examination)


def minutes_facts(examination: Examination) -> dict[str, Any]:
    """Return what it says, as plain data."""
    items = examination.items.select_related("nomination__unit", "nomination__form").order_by("pk")
    return _head(examination.unit) | {
        "number": examination.number,
        "day": date_long(examination.held_on),
        "place": examination.place or examination.unit.full_name,
        "present": examination.present,
        "members": [line.strip() for line in examination.members.splitlines() if line.strip()],
        "chair": examination.chair,
        "secretary": examination.secretary,
        "items": [
            _line(place, item.nomination)
            | {
                "votes_for": item.votes_for,
                "votes_against": item.votes_against,
                "share": _percent(item.votes_for, examination.present),
            }
            for place, item in enumerate(items, start=1)
        ],
    }


def _pdf(form: str, facts: Callable[[Any], dict[str, Any]], about: Any) -> bytes:
    with translation.override("vi"):
        return documents.pdf(form, facts(about))


def _head(unit: Unit) -> dict[str, Any]:
    above = Unit.objects.ancestors_of(unit).last()
    return {
        "above": above.full_name if above else "",
        "body": unit.full_name,
        "number": _NO_NUMBER,
        "place_of_issue": unit.name,
        "day": date_long(timezone.localdate()),
    }


def _line(place: int, row: Nomination) -> dict[str, Any]:
    return {
        "place": place,
        "recipient": row.recipient_name,
        "unit": row.unit.full_name,
        "form": row.form.name,
        "achievement": row.achievement,
    }


def _bodies(nominations: Iterable[Nomination]) -> list[str]:
    return sorted({row.form.body for row in nominations})


def _counts(nominations: Iterable[Nomination]) -> dict[str, int]:
    kinds = [row.recipient.kind for row in nominations]
    return {kind.value: kinds.count(kind) for kind in RecipientKind}


def _model(registration) -> dict[str, Any]:
    return {
        "title": registration.title,
        "code": registration.model.code,
        "year": registration.year,
        "place": registration.place,
        "method": registration.method,
        "results": registration.result_summary or registration.product,
    }


def _dialogue(dialogue) -> dict[str, Any]:
    return {"topic": dialogue.topic, "day": date_long(dialogue.held_on)}


def _percent(votes: int, present: int) -> str:
    return f"{votes * 100 / present:.1f}".replace(".", ",") + " %"
