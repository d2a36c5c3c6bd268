"""The rooms of the staff pages, and whose positions open them. The rooms themselves ask again."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.accounts.states import Role

CONTENT = (Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
CITY = (Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
OVERSIGHT = (Role.AUDITOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Room:
    """One entry of the side navigation."""

    label: Any
    url_name: str
    icon: str
    roles: tuple[str, ...]


ROOMS = (
    Room(_("My work"), "desk:home", "home", tuple(Role.values)),
    Room(_("Registrations"), "models_registry:list", "list", CONTENT),
    Room(_("Review"), "models_registry:queue", "review", (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER)),
    Room(_("Dialogues"), "dialogues:list", "dialogue", CONTENT),
    Room(_("Awards"), "awards:list", "award", CONTENT),
    Room(_("Statistics"), "statistics:manage", "chart", CITY),
    Room(_("Units"), "units:list", "unit", tuple(Role.values)),
    Room(_("Accounts"), "accounts:list", "people", OVERSIGHT),
    Room(_("Audit log"), "audit:list", "log", OVERSIGHT),
    Room(_("Jobs"), "jobs:list", "job", (Role.CITY_STAFF, Role.CITY_LEADER, Role.ADMINISTRATOR)),
)


def navigation(user: User, path: str) -> list[dict[str, Any]]:
    """Return the rooms that ``user`` may enter, the one that ``path`` lies in marked as current. No query of its own."""
    rooms = []
    for room in ROOMS:
        try:
            if user.has_role(*room.roles):
                rooms.append((room, reverse(room.url_name)))
        except NoReverseMatch:
            continue
    inside = max((url for _room, url in rooms if path.startswith(url)), key=len, default="")
    return [
        {"label": room.label, "url": url, "icon": room.icon, "current": url == inside, "here": url == path}
        for room, url in rooms
    ]
