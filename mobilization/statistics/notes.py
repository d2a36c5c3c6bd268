"""What stands beside the figures of a unit and year, as plain data for the API."""

from mobilization.statistics.readers import Adjusted, Ground, adjustments, grounds_of, sealed
from mobilization.statistics.states import Basis
from mobilization.units.models import Unit


def notes_of(year: int, unit: Unit, basis: str, scope: str) -> dict:
    """What the API answers beside the figures of a unit and year: what estimates rest on, and what was adjusted.

    ``sha256`` is the seal of a closed year, None while it is open.
    """
    seal = sealed(year, unit)
    grounds = grounds_of(unit, year) if basis == Basis.CURRENT else []
    return {
        "year": year,
        "unit": unit.pk,
        "sha256": seal and seal.sha256,
        "adjustments": [_adjustment(one) for one in adjustments(unit, year, basis, scope)],
        "grounds": [_ground(one) for one in grounds],
    }


def _adjustment(one: Adjusted) -> dict:
    # Persons are named to staff; the public reads what was done and when, and why where that was written for it.
    told = [
        {
            "kind": cause["kind"],
            "reason": "" if cause["kind"] == "correction" else cause.get("reason", ""),
            "at": cause.get("at"),
        }
        for cause in one.causes
    ]
    return {
        "measure": one.measure,
        "key": one.key,
        "dimension": one.dimension,
        "difference": one.difference,
        "causes": told,
    }


def _ground(one: Ground) -> dict:
    basis = next((link.basis for link in one.successions), "")
    unit = {"id": one.split.pk, "code": one.split.code, "name": one.split.full_name}
    return {"unit": unit, "share": round(float(one.share), 6), "share_is_known": one.known, "basis": basis}
