"""What rooms above the registry put onto a registration's page: each says it once, when its app is ready.

A part is asked on every opening of the page and answers with its template and what that shows, or None where it has
nothing to show there. Within a place the parts stand in the order of their numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from models_registry.models import Registration

Shown = tuple[str, dict[str, Any]] | None


class Place(StrEnum):
    """Where a part stands."""

    TOP = "top"
    MAIN = "main"
    ASIDE = "aside"


@dataclass(frozen=True)
class Part:
    """One part of the page."""

    name: str
    show: Callable[[HttpRequest, Registration], Shown]
    place: Place
    number: int


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Declare a part. Raises ``ValueError`` where two share a name."""
    if _parts.setdefault(part.name, part) is not part:
        raise ValueError(f"Two parts are called {part.name}")


def parts_of(request: HttpRequest, registration: Registration) -> dict[str, list[dict[str, Any]]]:
    """Return what is to be shown beside ``registration``, by place: template, and what it shows as ``part``."""
    found: dict[str, list[dict[str, Any]]] = {place.value: [] for place in Place}
    for part in sorted(_parts.values(), key=lambda one: (one.number, one.name)):
        shown = part.show(request, registration)
        if shown is not None:
            template, context = shown
            found[part.place].append({"template": template, **context})
    return found
