"""How many registrations are owed: per kind of unit, per unit, and as pasted lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry.matrix import last_day_of
from models_registry.models import Campaign, KindTarget, Target
from models_registry.services.campaigns import lock_campaign, raise_version

MOST_OWED = 10_000
OWING_KINDS = tuple(kind for kind in UnitKind if kind != UnitKind.CITY)
"""Everybody but the city itself."""


@dataclass
class Pasted:
    """What pasted lines say: unit and number, and the lines that are not right, with their number and why."""

    right: list[tuple[Unit, int]] = field(default_factory=list)
    wrong: list[tuple[int, str, str]] = field(default_factory=list)


def units_of(campaign: Campaign) -> QuerySet[Unit]:
    """Return the units that can owe something in ``campaign``: those in force at its end, or today."""
    found = Unit.objects.descendants_of(campaign.city).in_force(last_day_of(campaign.year))
    return found.order_by("sort_key", "pk")


def save_kind_targets(
    campaign: Campaign, numbers: Mapping[str, int | None], *, actor, seen_version: int | None = None
) -> None:
    """Write what each unit of a kind owes; None takes the target away. Raises ``Conflict`` on a stale version."""
    with transaction.atomic():
        campaign = lock_campaign(campaign, seen_version)
        for kind, number in numbers.items():
            if number is None:
                campaign.kind_targets.filter(unit_kind=kind).delete()
            else:
                KindTarget.objects.update_or_create(
                    campaign=campaign, unit_kind=kind, defaults={"number": number}
                )
        _note(campaign, {UnitKind(kind).value: number for kind, number in numbers.items()}, actor)


def save_targets(
    campaign: Campaign, numbers: Mapping[Unit, int | None], *, actor, seen_version: int | None = None
) -> None:
    """Write what each of some units owes itself; None leaves it to the target of its kind. Three statements.

    Raises ``Conflict`` on a stale version.
    """
    with transaction.atomic():
        campaign = lock_campaign(campaign, seen_version)
        campaign.targets.filter(
            unit__in=[unit.pk for unit, number in numbers.items() if number is None]
        ).delete()
        Target.objects.bulk_create(
            [
                Target(campaign=campaign, unit=unit, number=number)
                for unit, number in numbers.items()
                if number is not None
            ],
            update_conflicts=True,
            unique_fields=["campaign", "unit"],
            update_fields=["number"],
        )
        _note(campaign, {unit.code: number for unit, number in numbers.items()}, actor)


def read_pasted(text: str, campaign: Campaign) -> Pasted:
    """Read lines of a unit's code and a number, as copied from two columns of a table; what lies between is not read.

    One statement, however many lines.
    """
    units = {unit.code: unit for unit in units_of(campaign)}
    answer, seen = Pasted(), {}
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(r"[^\s;,]", line):
            _read_line(number, line, units, seen, answer)
    return answer


def _read_line(number: int, line: str, units: Mapping[str, Unit], seen: dict[str, int], answer: Pasted) -> None:  # fmt: skip
    parts = [part for part in re.split(r"[\t;,]+|\s{2,}|\s+(?=\S+$)", line.strip()) if part.strip()]
    code, last = parts[0].split()[0], parts[-1].strip()
    unit = units.get(code)
    if len(parts) == 1:
        why = _("A code and a number are expected, with a tab between.")
    elif unit is None:
        why = _("No unit bears the code “%(code)s” in this year.") % {"code": code}
    elif code in seen:
        why = _("This unit stands in line %(line)d already.") % {"line": seen[code]}
    elif not (
        last.isascii() and last.isdigit() and len(last) <= len(str(MOST_OWED)) and int(last) <= MOST_OWED
    ):
        why = _("“%(number)s” is no number from 0 to %(most)d.") % {"number": last[:30], "most": MOST_OWED}
    else:
        seen[code] = number
        answer.right.append((unit, int(last)))
        return
    answer.wrong.append((number, line.strip()[:100], why))


def _note(campaign: Campaign, numbers: Mapping[str, int | None], actor) -> None:
    raise_version(campaign)
    data = {"targets": dict(numbers)}
    log.record("campaign.targets", actor=actor, target=campaign, unit=campaign.city, data=data)
