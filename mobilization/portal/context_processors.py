"""What the public shell shows on every page: where one is, and whose portal this is."""

import time
from functools import lru_cache

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobilization.core.once import Once
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind

PLACE_KEY = "portal:place"
"""Where all processes find the city's name, so long."""
_PLACE_SECONDS = 600
_AT_HAND_SECONDS = 20
places: Once[str] = Once(1)
"""The city's name in this process; the key is the time."""


def portal(request: HttpRequest) -> dict:
    """What the shell needs.

    ``site_nav``: the entries of the main navigation; ``site_here``: at which of them one is (its address, and whether
    that is the page itself); ``site_place``: the city whose portal this is.
    """
    here = next(
        ((url, request.path == url) for url in _addresses() if request.path.startswith(url)), ("", False)
    )
    return {
        "site_nav": _navigation(get_language(), here),
        "site_here": here,
        "site_place": SimpleLazyObject(_place),
    }


@lru_cache(maxsize=64)
def _navigation(language: str | None, here: tuple[str, bool]) -> list[dict]:
    """Return the entries in a language, marked by where one is."""
    section, is_page = here
    labels = (_("Models"), _("Dialogues"), _("Awards"), _("Statistics"), _("Open data"))
    return [
        {
            "label": label,
            "url": url,
            "extra": url == _addresses()[-1],
            "current": url == section,
            "here": is_page and url == section,
        }
        for label, url in zip(labels, _addresses(), strict=True)
    ]


@lru_cache(maxsize=1)
def _addresses() -> tuple[str, ...]:
    names = ("model_list", "dialogue_list", "award_list", "statistics", "open_data")
    return tuple(reverse(f"portal:{name}") for name in names)


def _place() -> str:
    """Return the name of the one city in force; nothing where the portal serves several.

    Kept for all processes together, and for some seconds in each: every page of the portal bears it.
    """

    def read() -> str:
        cities = Unit.objects.in_force().of_kind(UnitKind.CITY)[:2]
        return cities[0].full_name if len(cities) == 1 else ""

    def shared() -> str:
        return cache.get_or_set(PLACE_KEY, read, _PLACE_SECONDS)

    return places.get(int(time.monotonic() / _AT_HAND_SECONDS), shared)
