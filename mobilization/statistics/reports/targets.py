"""What units owe in a year, beside what they did: registrations by the campaign, periodic dialogues by law."""

import datetime
from collections import Counter

from dialogues.models import DialogueDuty
from mobilization.statistics.states import Scope
from mobilization.units.models import Unit
from models_registry.models import Campaign
from models_registry.targets import owed_by

OWED = ("registered", "dialogues_periodic")
"""The measures that units owe a number of."""


def owed(measure: str, city: Unit, above: Unit, year: int, scope: str) -> dict[int, int]:
    """Return how many of ``measure`` each unit at and below ``above`` owes in ``year``, by id; four queries at most.

    Units of the last day of the year owe, with all units below them or alone, as ``scope`` says. Who owes nothing in
    particular is left out.
    """
    last = datetime.date(year, 12, 31)
    units = list(Unit.objects.under(above).in_force(last).order_by("path").values_list("pk", "kind", "path"))
    alone = _registrations(city, year, units) if measure == "registered" else _dialogues(last, units)
    if scope == Scope.OWN:
        return alone
    found: Counter[int] = Counter()
    paths = {pk: path for pk, _kind, path in units}
    for pk, number in alone.items():
        found.update({int(part): number for part in paths[pk].strip("/").split("/")})
    return {pk: number for pk, number in found.items() if pk in paths}


def _registrations(city: Unit, year: int, units: list[tuple[int, str, str]]) -> dict[int, int]:
    campaign = Campaign.objects.filter(city=city, year=year).first()
    return owed_by(campaign, [(pk, kind) for pk, kind, _path in units]) if campaign else {}


def _dialogues(last: datetime.date, units: list[tuple[int, str, str]]) -> dict[int, int]:
    duties = DialogueDuty.objects.in_force(last).order_by("valid_from")
    of_kind = dict(duties.values_list("unit_kind", "per_year"))
    return {pk: of_kind[kind] for pk, kind, _path in units if of_kind.get(kind)}
