"""What certificates say, as plain data for the form ``certificates``: nothing but what ``domain`` lets be public."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from awards.certificates import bodies, codes
from awards.models import Award, CertificateTemplate, Decision
from awards.models.certificate import usual_places
from awards.states import AwardState, RecipientKind
from mobilization.core.templatetags.portal import date_long
from mobilization.core.text import fold, nfc

# No word of Vietnamese is this long: where something is typed without blanks, lines may still break in it.
_LONG_WORD = re.compile(r"\S{36,}")
_PIECE = 18
_MARK_INK, _DRAFT_INK = "#b00020", "#6b6b6b"
_LOOKS = (
    *("accent", "ink", "border", "border_ink", "top", "bottom", "left", "right"),
    *("name_size", "name_floor", "text_size", "text_floor", "shows_code", "places"),
)
_QUIET = 4
"""White around a code, in its own dots (ISO/IEC 18004): without it readers do not find the code beside a border."""
# Every reader takes every mask. Trying all eight takes most of the time of a code, and for addresses of certificates
# gains nothing: this one is within 2 % of the best.
_MASK = 6
_DARK = re.compile(rb"\x01+")
Data = dict[str, Any]


class Sheets:
    """Collects the data of the certificates of one decision: each layout once, each name of a body once."""

    def __init__(self, decision: Decision, *, on_printed_paper: bool) -> None:
        self.decision = decision
        self.on_printed_paper = on_printed_paper
        self.layouts: dict[str, Data] = {}
        self.certificates: list[Data] = []
        self.authors: dict[str, None] = {}
        self._bodies: dict[int, str] = {}
        self._place = bodies.seat(decision.unit)

    def add(self, award: Award) -> None:
        """Add the certificate of ``award`` (with its form, unit and ``ended_by``)."""
        decision, form = self.decision, award.form
        body = self._bodies.get(form.pk)
        if body is None:
            body = self._bodies[form.pk] = bodies.granting_body(form, decision.unit)
            self.authors[body] = None
        self.certificates.append(
            {
                "layout": self._layout(form.code),
                "of_party": bodies.is_of_the_party(body),
                "body": breakable(body),
                "form": form.name,
                "recipient": breakable(award.recipient_name),
                "unit": breakable(_unit_line(award)),
                "achievement": breakable(award.achievement),
                **self._numbers(award),
                "day": f"{self._place}, {day_of(decision)}",
                "post": breakable(decision.signer_post),
                "signer": breakable(decision.signer),
                "mark": mark_of(award, decision),
            }
        )

    def data(self, annex: Data | None = None) -> Data:
        """Return all of it; the title and the author of the file name no recipient."""
        forms = ", ".join(dict.fromkeys(one["form"] for one in self.certificates))
        number = f" – Quyết định số {self.decision.number}" if self.decision.number else ""
        return {
            "title": f"{forms}{number}",
            "author": ", ".join(self.authors),
            "layouts": self.layouts,
            "certificates": self.certificates,
            "annex": annex,
            "on_printed_paper": self.on_printed_paper,
        }

    def _layout(self, form_code: str) -> str:
        if form_code not in self.layouts:
            on = self.decision.signed_on or self.decision.drafted_at.date()
            self.layouts[form_code] = looks(template_for(form_code, on))
        return form_code

    def _numbers(self, award: Award) -> Data:
        decision = self.decision
        number, day = decision.number or "......", day_of(decision)
        code = award.verify_code or ""
        address = address_of(code) if code else ""
        book = str(award.golden_book_number or "")
        return {
            "decision": f"Quyết định số: {breakable(number)}",
            "day_of_decision": day,
            "decision_value": f"{breakable(number)}, {day}",
            "book": f"Số sổ vàng: {book}" if book else "",
            "book_value": book,
            "code": codes.grouped(code),
            "address": address,
            "qr": qr(address) if address else "",
        }


def template_for(form_code: str, on) -> CertificateTemplate:
    """Return the template in force; without one, the portal's own looks."""
    return CertificateTemplate.objects.for_form(form_code, on).first() or CertificateTemplate()


def looks(template: CertificateTemplate) -> Data:
    """Return what the form of the paper reads of a template; places that it does not name are the usual ones."""
    data = {name: getattr(template, name) for name in _LOOKS}
    return data | {"places": usual_places() | template.places}


def mark_of(award: Award, decision: Decision) -> Data | None:
    """Return what is printed across a certificate that is not, or not yet, in force."""
    if decision.is_draft:
        return {"word": "DỰ THẢO", "detail": "", "ink": _DRAFT_INK}
    if award.state == AwardState.VALID:
        return None
    word = "ĐÃ THU HỒI" if award.state == AwardState.REVOKED else "ĐÃ ĐƯỢC ĐÍNH CHÍNH"
    ending = award.ended_by
    detail = f"Quyết định số {breakable(ending.number)} {day_of(ending)}"
    return {"word": word, "detail": detail, "ink": _MARK_INK}


def note_of(award: Award) -> str:
    """Return what the annex list says of an award that no longer stands."""
    if award.state == AwardState.VALID:
        return ""
    word = "Đã thu hồi" if award.state == AwardState.REVOKED else "Đã được đính chính"
    return f"({word} theo Quyết định số {award.ended_by.number})"


def counted(awards: Iterable[Award]) -> str:
    """Return how many of each kind: "02 tập thể, 11 cá nhân"; numbers below ten with their zero."""
    words = {
        RecipientKind.COLLECTIVE: "tập thể",
        RecipientKind.INDIVIDUAL: "cá nhân",
        RecipientKind.HOUSEHOLD: "hộ gia đình",
    }
    kinds = [award.recipient_kind for award in awards]
    return ", ".join(f"{kinds.count(kind):02d} {word}" for kind, word in words.items() if kind in kinds)


def annex(decision: Decision, awards: Sequence[Award]) -> Data:
    """Return the list of who is rewarded (Decree 30/2020, Annex I, part IV)."""
    forms = list(dict.fromkeys(award.form.name for award in awards))
    body = bodies.granting_body(awards[0].form, decision.unit) if awards else decision.unit.full_name
    number = breakable(decision.number) if decision.number else "......"
    numbered = any(award.golden_book_number for award in awards)
    return {
        "heading": "DANH SÁCH",
        "subject": f"Tập thể, cá nhân, hộ gia đình được tặng {', '.join(forms)}",
        "with_decision": f"(Kèm theo Quyết định số {number} {day_of(decision)} của {body})",
        "recipient_word": "Tập thể, cá nhân, hộ gia đình",
        "numbered": numbered,
        "rows": [
            {
                "position": place,
                "recipient": breakable(award.recipient_name),
                "unit": breakable(_unit_line(award)),
                "achievement": breakable(award.achievement),
                "form": award.form.name,
                "book": str(award.golden_book_number or ""),
                "note": note_of(award),
            }
            for place, award in enumerate(awards, start=1)
        ],
        "total": f"Danh sách này có {counted(awards)}./." if awards else "",
    }


def address_of(code: str) -> str:
    """Return the public address that tells what a certificate is worth."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('portal:verify', args=[code])}"


def qr(address: str) -> str:
    """Return the QR code of ``address`` as SVG; with the correction that survives a fold in the paper."""
    rows = segno.make(address, error="m", micro=False, mask=_MASK).matrix
    side = len(rows) + 2 * _QUIET
    dots = "".join(
        f"M{run.start() + _QUIET} {number + _QUIET}.5h{len(run[0])}"
        for number, row in enumerate(rows)
        for run in _DARK.finditer(row)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path stroke="#000" d="{dots}"/></svg>'


def breakable(text: str) -> str:
    """Return ``text`` in NFC, as one paragraph; where it goes on without a blank for longer than a line, it may break."""
    return _LONG_WORD.sub(
        lambda found: "\u200b".join(
            found[0][start : start + _PIECE] for start in range(0, len(found[0]), _PIECE)
        ),
        " ".join(nfc(text).split()),
    )


def _unit_line(award: Award) -> str:
    """Return the unit below the name, unless the name says it already."""
    return "" if fold(award.unit.name) in fold(award.recipient_name) else award.unit.full_name


def day_of(decision: Decision) -> str:
    """Return the day in words, with room to write it in where there is none yet."""
    return date_long(decision.signed_on) if decision.signed_on else "ngày ..... tháng ..... năm ........"
