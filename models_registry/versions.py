"""Every version of a registration, and what changed from one to another."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from models_registry.models import CONTENT_FIELDS, REPORT_FIELDS, Registration, ReviewStep
from models_registry.states import Act, State

COMPARED = (*CONTENT_FIELDS, *REPORT_FIELDS)
Changes = dict[str, tuple[Any, Any]]


def version_of(registration: Registration, number: int):
    """Return the registration's fields as they were at version ``number``; None where there is no such version."""
    return registration.events.filter(version=number).order_by("-pgh_id").first()


def diff(registration: Registration, older: int, newer: int) -> Changes:
    """Return the fields that differ between two versions, in the order of the form: name → (before, after).

    Raises ``LookupError`` for a version that there is not.
    """
    found = {}
    for row in registration.events.filter(version__in=[older, newer]).order_by("pgh_id"):
        found[row.version] = row
    before, after = found[older], found[newer]
    return {
        name: (getattr(before, name), getattr(after, name))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    }


@dataclass(frozen=True)
class Remark:
    """What a reviewer remarked at a field, and whether the unit has changed that field since."""

    name: str
    text: str
    is_mended: bool


def remarks_of(registration: Registration, returned: ReviewStep) -> list[Remark]:
    """Return the remarks of ``returned``, in the order of the form."""
    if not returned.remarks:
        return []
    before = version_of(registration, returned.version)
    return [
        Remark(
            name,
            returned.remarks[name],
            is_mended=before is not None and getattr(before, name) != getattr(registration, name),
        )
        for name in COMPARED
        if name in returned.remarks
    ]


@dataclass(frozen=True)
class Version:
    """One version as a list shows it: who made it when, by which act (None: by typing), and which fields changed."""

    number: int
    row: Any
    step: ReviewStep | None
    changed: tuple[str, ...]


def history_of(registration: Registration, *, since: int = 1) -> list[Version]:
    """Return the versions from ``since`` on, oldest first, in two statements."""
    rows = {row.version: row for row in registration.events.select_related("changed_by").order_by("pgh_id")}
    steps = {step.version: step for step in registration.steps.select_related("actor")}
    numbers = [number for number in sorted(rows) if number >= since]
    found, before = [], None
    for number in numbers:
        row = rows[number]
        changed = tuple(
            name for name in COMPARED if before is not None and getattr(before, name) != getattr(row, name)
        )
        found.append(Version(number, row, steps.get(number), changed))
        before = row
    return found


def first_handed_in(registration: Registration) -> int | None:
    """Return the version that first left the unit: what reviewers may read begins there. None for a draft."""
    steps = registration.steps.filter(act=Act.SUBMIT).order_by("version")
    return steps.values_list("version", flat=True).first()


def days_between(steps: list[ReviewStep], *, now: datetime.datetime | None = None) -> dict[str, int]:
    """Return how many days the registration lay with its unit and with its reviewers since it was first submitted.

    ``steps`` are all of its steps, the oldest first. The days on which it lies there now count up to ``now``.
    """
    sides = {"unit": 0.0, "review": 0.0}
    steps = [step for step in steps if step.from_state != step.to_state]
    ends = [step.at for step in steps[1:]] + [now or timezone.now()]
    for step, until in zip(steps, ends if steps else [], strict=True):
        side = "unit" if step.act in Act.RETURNS else "review" if step.to_state in State.TO_REVIEW else None
        if side:
            sides[side] += max((until - step.at).total_seconds(), 0) / 86_400
    return {side: round(days) for side, days in sides.items()}
