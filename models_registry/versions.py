"""Every version of a registration, and what changed from one to another."""

from itertools import pairwise
from typing import Any

from models_registry.models import CONTENT_FIELDS, REPORT_FIELDS, Registration
from models_registry.states import Act, State

COMPARED = (*CONTENT_FIELDS, *REPORT_FIELDS)
Changes = dict[str, tuple[Any, Any]]


def versions_of(registration: Registration) -> list:
    """Return the stored versions, oldest first: rows with the registration's fields as they were, and when."""
    return list(registration.events.order_by("version", "pgh_id"))


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


def changed_since_return(registration: Registration) -> tuple[Any, Changes]:
    """Return the last step that sent the registration back, and what the unit changed since; (None, {}) if never."""
    returned = registration.steps.filter(act__in=Act.RETURNS).order_by("-version").first()
    if returned is None:
        return None, {}
    return returned, diff(registration, returned.version, registration.version)


def days_by_side(registration: Registration) -> dict[str, int]:
    """Return how many days the registration lay with its unit and with its reviewers since it was first submitted."""
    sides = {"unit": 0.0, "review": 0.0}
    steps = [step for step in registration.steps.order_by("version") if step.from_state != step.to_state]
    for step, following in pairwise(steps):
        side = "unit" if step.act in Act.RETURNS else "review" if step.to_state in State.TO_REVIEW else None
        if side:
            sides[side] += (following.at - step.at).total_seconds() / 86_400
    return {side: round(days) for side, days in sides.items()}
