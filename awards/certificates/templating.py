"""Keeping the templates of certificates: added and changed under the eyes of the log, never over somebody else's change."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from awards.certificates import codes, facts
from awards.models import CertificateTemplate, Decision
from awards.states import Variant
from mobilization.audit import log
from mobilization.core import documents
from mobilization.core.errors import Conflict, DomainError
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind

SAMPLE_CODE = "xxxxxxxxxxxxxxxxxxxx"


@transaction.atomic
def save(template: CertificateTemplate, *, actor, seen_version: int | None = None) -> CertificateTemplate:
    """Add a template, or save its change.

    Raises ``Conflict`` if it was changed since ``seen_version``, ``DomainError`` if another begins on the same day.
    """
    added = template.pk is None
    if not added:
        stored = CertificateTemplate.objects.select_for_update().get(pk=template.pk)
        if stored.version != seen_version:
            raise Conflict(
                _("Somebody else changed this template meanwhile. Please look at it again."), code="stale"
            )
        template.version = stored.version + 1
    try:
        template.validate_constraints()
    except ValidationError as error:
        raise DomainError(fields={"valid_from": error.messages}, code="twice") from error
    template.save()
    log.record(
        "template.add" if added else "template.change",
        actor=actor,
        target=template,
        data={"name": template.name},
    )
    return template


def sample(template: CertificateTemplate, variant: str) -> bytes:
    """Return a certificate as ``template`` sets it, with words that stand for nobody; marked as a sample."""
    with translation.override("vi"):
        return documents.pdf("certificates", _sample_data(template, variant))


def _sample_data(template: CertificateTemplate, variant: str) -> facts.Data:
    city = Unit.objects.filter(kind=UnitKind.CITY).order_by("-valid_from").first()
    name = city.name if city else "Hà Nội"
    day = datetime.date(2026, 2, 5)
    decision = Decision(number="123/QĐ-UBND", signed_on=day)
    one = {
        "layout": "sample",
        "of_party": False,
        "body": f"Chủ tịch Ủy ban nhân dân thành phố {name}",
        "form": "Bằng khen",
        "recipient": "Chi hội Phụ nữ thôn Đoài",
        "unit": "Xã Minh Châu",
        "achievement": "Đã có thành tích xuất sắc trong phong trào thi đua “Dân vận khéo” năm 2026.",
        "decision": "Quyết định số: 123/QĐ-UBND",
        "day_of_decision": facts.day_of(decision),
        "decision_value": f"123/QĐ-UBND, {facts.day_of(decision)}",
        "book": "Số sổ vàng: 1",
        "book_value": "1",
        "code": codes.grouped(SAMPLE_CODE),
        "address": "",
        "qr": facts.qr(facts.address_of(SAMPLE_CODE)),
        "day": f"{name}, {facts.day_of(decision)}",
        "post": "Chủ tịch",
        "signer": "Nguyễn Văn Mẫu",
        "mark": {"word": "MẪU", "detail": "", "ink": "#6b6b6b"},
    }
    return {
        "title": "Mẫu giấy chứng nhận",
        "author": "",
        "layouts": {"sample": facts.looks(template)},
        "certificates": [one],
        "annex": None,
        "on_printed_paper": variant == Variant.OVERLAY,
    }
