"""What the public shell shows on every page: where one is, and whose portal this is."""

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mobilization.units.models import Unit
from mobilization.units.states import UnitKind

_PLACE_KEY = "portal:place"
_PLACE_SECONDS = 600


def portal(request: HttpRequest) -> dict:
    """``site_nav``: the entries of the main navigation; ``site_place``: the city whose portal this is."""
    return {"site_nav": _navigation(request.path), "site_place": SimpleLazyObject(_place)}


def _navigation(path: str) -> list[dict]:
    entries = [
        (_("Models"), reverse("portal:model_list"), False),
        (_("Dialogues"), reverse("portal:dialogue_list"), False),
        (_("Awards"), reverse("portal:award_list"), False),
        (_("Statistics"), reverse("portal:statistics"), False),
        (_("Open data"), reverse("portal:open_data"), True),
    ]
    return [
        {"label": label, "url": url, "extra": extra, "current": path.startswith(url), "here": path == url}
        for label, url, extra in entries
    ]


def _place() -> str:
    """Return the name of the one city in force; nothing where the portal serves several."""

    def read() -> str:
        cities = Unit.objects.in_force().of_kind(UnitKind.CITY)[:2]
        return cities[0].full_name if len(cities) == 1 else ""

    return cache.get_or_set(_PLACE_KEY, read, _PLACE_SECONDS)
