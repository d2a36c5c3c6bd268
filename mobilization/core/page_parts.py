"""What rooms above put onto a page of a room below: each says it once, when its app is ready.

A room whose records have such a page keeps one ``Parts``. A part is asked on every opening of the page and answers
with its template and what that shows, or None where it has nothing to show there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

Shown = tuple[str, dict[str, Any]] | None


@dataclass(frozen=True)
class Part:
    """One part of a page; within its place the parts stand in the order of their numbers."""

    name: str
    show: Callable[[HttpRequest, Any], Shown]
    place: str
    number: int


@dataclass
class Parts:
    """The parts of the pages of one kind of record, at ``places``."""

    places: tuple[str, ...]
    _parts: dict[str, Part] = field(default_factory=dict)

    def register(self, part: Part) -> None:
        """Declare a part. Raises ``ValueError`` where two share a name."""
        if self._parts.setdefault(part.name, part) is not part:
            raise ValueError(f"Two parts are called {part.name}")

    def of(self, request: HttpRequest, record: Model) -> dict[str, list[dict[str, Any]]]:
        """Return what is to be shown beside ``record``, by place: template, and what it shows as ``part``."""
        found: dict[str, list[dict[str, Any]]] = {place: [] for place in self.places}
        for part in sorted(self._parts.values(), key=lambda one: (one.number, one.name)):
            shown = part.show(request, record)
            if shown is not None:
                template, context = shown
                found[part.place].append({"template": template, **context})
        return found
