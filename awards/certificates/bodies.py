"""Names on paper: the body that grants, by the words of the catalogue and the unit, and where it sits."""

import re

from awards.models import AwardForm
from awards.states import GrantingTier
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind

_PARTY_BODY = {
    UnitKind.CITY: "Thành ủy",
    UnitKind.URBAN_DISTRICT: "Quận ủy",
    UnitKind.RURAL_DISTRICT: "Huyện ủy",
    UnitKind.TOWN: "Thị ủy",
}
_PARTY = re.compile(
    r"^(ban thường vụ\s+)?(thành ủy|quận ủy|huyện ủy|thị ủy|cấp ủy|đảng ủy|đảng bộ|chi bộ)\b", re.IGNORECASE
)
_PEOPLES_COMMITTEE = re.compile(r"^(.*Ủy ban nhân dân)\s+(cấp xã|cấp huyện|thành phố|tỉnh)$")
_HEAD = re.compile(r"^Chủ tịch\s+", re.IGNORECASE)


def granting_body(form: AwardForm, unit: Unit) -> str:
    """Return who grants ``form`` at ``unit``: "Chủ tịch Ủy ban nhân dân phường Ba Đình".

    The catalogue names bodies by their tier ("… cấp xã"); a body that it names whole stays as it is.
    """
    if form.tier == GrantingTier.STATE:
        return form.body
    if unit.kind == UnitKind.COMMITTEE:
        return unit.full_name
    committee = _PEOPLES_COMMITTEE.match(form.body)
    if committee:
        return f"{committee[1]} {_lower_first(unit.full_name)}"
    if _PARTY.match(form.body):
        body = _PARTY_BODY.get(UnitKind(unit.kind))
        return f"{body} {unit.name}" if body else f"Đảng ủy {_lower_first(unit.full_name)}"
    return form.body


def is_of_the_party(body: str) -> bool:
    """Tell whether papers of ``body`` are the Party's, which bear its name and not the State's name and motto."""
    return bool(_PARTY.match(body))


def issuing_body(body: str) -> str:
    """Return the organisation at the head of the paper, of which ``body`` may be the chair; its place on a line of its own."""
    organisation = _HEAD.sub("", body).replace("Ủy ban nhân dân ", "Ủy ban nhân dân\n", 1)
    return organisation[:1].upper() + organisation[1:]


def seat(unit: Unit) -> str:
    """Return the place that papers of ``unit`` are dated from; for committees that of their city."""
    if unit.kind != UnitKind.COMMITTEE:
        return unit.name
    return Unit.objects.get(pk=unit.path_ids[0]).name


def place_of(unit: Unit) -> str:
    """Return a unit within a sentence: "phường Ba Đình"."""
    return unit.full_name if unit.kind == UnitKind.COMMITTEE else _lower_first(unit.full_name)


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
