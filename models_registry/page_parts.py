"""What rooms above the registry put onto a registration's page; see ``core.page_parts``."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from mobilization.core.page_parts import Part, Parts, Shown
from models_registry.models import Registration

__all__ = ["Part", "Place", "Shown", "parts_of", "register"]


class Place(StrEnum):
    """Where a part stands."""

    TOP = "top"
    MAIN = "main"
    ASIDE = "aside"


_PARTS = Parts(tuple(place.value for place in Place))
register = _PARTS.register


def parts_of(request: HttpRequest, registration: Registration) -> dict[str, list[dict[str, Any]]]:
    """Return what is to be shown beside ``registration``, by place: template, and what it shows as ``part``."""
    return _PARTS.of(request, registration)
