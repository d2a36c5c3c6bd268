"""The text of a decision in the form of Decree 30/2020/NĐ-CP (Annex I, form 1.2), drawn from its awards.

Only number, date, signer and post are typed; legal basis, articles and annex come from the catalogue, the nominations
and the awards.
"""

from collections.abc import Callable, Sequence
from typing import Any

from awards.certificates import bodies, facts
from awards.certificates.articles import MOVEMENT, articles
from awards.certificates.basis import legal_basis
from awards.models import Award, Decision, Examination
from awards.states import AmendmentKind
from mobilization.core.templatetags.portal import date_long
from mobilization.core.text import nfc

Data = dict[str, Any]


def text_of(decision: Decision) -> Data:
    """Return what the paper says, as plain data for the form ``decision``."""
    awards = _awards(decision)
    first = awards[0] if awards else None
    body = bodies.granting_body(first.form, decision.unit) if first else decision.unit.full_name
    place = bodies.seat(decision.unit)
    return {
        "body": bodies.issuing_body(body),
        "authority": body,
        "of_party": bodies.is_of_the_party(body),
        "number": facts.breakable(decision.number) if decision.number else "......./QĐ-.......",
        "place": place,
        "day": facts.day_of(decision),
        "title": _titled(decision.title),
        "basis": [*legal_basis(decision, awards), *_grounds(decision, awards)],
        "articles": articles(decision, awards),
        "receivers": ["Như Điều 3;", *_receivers(decision), "Lưu: VT."],
        "post": facts.breakable(decision.signer_post),
        "signer": facts.breakable(decision.signer),
        "draft": decision.is_draft,
        "annex": _annex(decision, awards),
    }


def _awards(decision: Decision) -> list[Award]:
    """Return what the decision is about: its own awards, or those that a revocation ends."""
    rows = decision.awards if decision.amendment_kind != AmendmentKind.REVOCATION else decision.ended_awards
    found = rows.select_related("form", "unit", "ended_by", "corrects").defer("search", "ended_by__search")
    return list(found.in_annex_order())


def _grounds(decision: Decision, awards: Sequence[Award]) -> list[str]:
    if decision.amends:
        amended = decision.amends
        return [
            f"Căn cứ Quyết định số {amended.number} {facts.day_of(amended)} {_titled(amended.title, first=str.lower)}"
        ]
    minutes = Examination.objects.filter(items__nomination__award__decision=decision).distinct()
    grounds = [
        f"Căn cứ Biên bản số {one.number} {date_long(one.held_on)} họp xét khen thưởng"
        for one in minutes.order_by("held_on", "pk")
    ]
    return [*grounds, f"Xét thành tích đạt được trong {MOVEMENT}"]


def _annex(decision: Decision, awards: Sequence[Award]) -> Data | None:
    if not awards:
        return None
    annex = facts.annex(decision, awards)
    if decision.amendment_kind == AmendmentKind.REVOCATION:
        annex["subject"] = "Tập thể, cá nhân, hộ gia đình bị hủy bỏ khen thưởng"
        for row in annex["rows"]:
            row["note"] = ""
    elif decision.amendment_kind == AmendmentKind.CORRECTION:
        annex["subject"] = "Tập thể, cá nhân, hộ gia đình được đính chính khen thưởng"
        for row, award in zip(annex["rows"], awards, strict=True):
            old = award.corrects
            if old and old.recipient_name != award.recipient_name:
                row["note"] = f"(Đã ghi: {facts.breakable(old.recipient_name)})"
    return annex


def _receivers(decision: Decision) -> list[str]:
    return ["Cổng thông tin phong trào “Dân vận khéo”;"] if not decision.amends else []


def _titled(title: str, first: Callable[[str], str] = str.upper) -> str:
    """Return the subject as papers tell it: "Về việc …"."""
    title = nfc(title)
    if not title.lower().startswith("về "):
        title = f"về việc {title[:1].lower()}{title[1:]}"
    return first(title[:1]) + title[1:]
