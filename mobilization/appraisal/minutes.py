"""The minutes of a session as a document: its facts as plain data, set by the form ``council_minutes``.

They are Vietnamese whatever the reader's language; a draft until the session is closed.
"""

from typing import Any

from django.utils import translation

from mobilization.appraisal.council import Table, table
from mobilization.appraisal.models import AgendaItem, CouncilSession, SessionMember
from mobilization.appraisal.states import Part, Verdict
from mobilization.core import documents
from mobilization.core.templatetags.portal import date_long
from mobilization.units.models import Unit
from models_registry.states import Level

_LEVELS = {Level.GRASSROOTS: "cơ sở", Level.INTERMEDIATE: "trên cơ sở", Level.CITY: "Thành phố"}
_PARTS = {Part.CHAIR: "chủ trì", Part.SECRETARY: "thư ký", Part.MEMBER: ""}
_CONCLUSIONS = {
    (Verdict.RECOGNISE, False): "Công nhận",
    (Verdict.RECOGNISE, True): "Công nhận, tiêu biểu",
    (Verdict.REFUSE, False): "Không công nhận",
}
_NO_NUMBER = "......"


def as_pdf(session: CouncilSession) -> bytes:
    """Return the minutes of ``session`` as it stands."""
    with translation.override("vi"):
        return documents.pdf("council_minutes", facts(session))


def facts(session: CouncilSession) -> dict[str, Any]:
    """Return what the minutes say, as plain data."""
    items = list(session.items.in_order())
    members = list(session.members.all())
    sitting = table(session, [] if session.is_closed else items)
    verdicts = [item.verdict for item in items]
    by_part = {member.part: member.name for member in members}
    return {
        "above": _above(session.unit),
        "body": f"Hội đồng xét công nhận {session.unit.full_name}",
        "number": session.minutes_number or _NO_NUMBER,
        "place_of_issue": session.unit.name,
        "day": date_long(session.held_on),
        "title": session.title,
        "draft": not session.is_closed,
        "place": session.place,
        "level": _LEVELS[Level(session.level)],
        "campaign": str(session.campaign),
        "present": [_person(one) for one in members if one.present],
        "absent": [_person(one) for one in members if not one.present],
        "voters": len(sitting.voters),
        "quorum": session.quorum,
        "items": [_line(item, session, sitting) for item in items],
        "recognised": verdicts.count(Verdict.RECOGNISE),
        "exemplary": sum(item.exemplary for item in items),
        "refused": verdicts.count(Verdict.REFUSE),
        "open": verdicts.count(""),
        "secretary": by_part.get(Part.SECRETARY, ""),
        "chair": by_part.get(Part.CHAIR, ""),
    }


def _above(unit: Unit) -> str:
    above = Unit.objects.ancestors_of(unit).last()
    return above.full_name if above else ""


def _person(member: SessionMember) -> dict[str, Any]:
    part = _PARTS[Part(member.part)]
    return {"name": member.name, "post": member.post, "part": part, "votes": member.votes}


def _line(item: AgendaItem, session: CouncilSession, sitting: Table) -> dict[str, Any]:
    registration = item.registration
    return {
        "position": item.position,
        "title": registration.title,
        "unit": registration.unit.full_name,
        "code": registration.model.code,
        "votes_for": _votes(item.votes_for),
        "votes_against": _votes(item.votes_against),
        "abstained": _votes(item.abstained),
        "conclusion": _CONCLUSIONS.get((item.verdict, item.exemplary), "–"),
        "reason": item.reason,
        "kept_out": item.kept_out if session.is_closed else sitting.words_of(item),
    }


def _votes(number: int | None) -> str:
    return "–" if number is None else str(number)
