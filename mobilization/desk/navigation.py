"""The rooms of the staff pages, and what opens them. The rooms themselves ask again."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.core.once import Once


@dataclass(frozen=True)
class Room:
    """One entry of the side navigation; ``perm`` is asked without an object: may one do this anywhere at all.

    A room ``within`` another one shows while one is in that part of the portal; to whom the other is closed, it stands
    by itself.
    """

    label: Any
    url_name: str
    icon: str
    perm: str
    within: str = ""


class Entry(NamedTuple):
    """A room as the navigation shows it: whether it lies in the one above, is the room one is in, or the very page."""

    label: str
    url: str
    icon: str
    inner: bool
    current: bool
    here: bool


_AWARDS = "awards:list"
ROOMS = (
    Room(_("My work"), "desk:home", "home", "desk.use"),
    Room(_("Messages"), "messaging:list", "message", "desk.use"),
    Room(_("Registrations"), "models_registry:list", "list", "models_registry.view_registrations"),
    Room(_("Review"), "models_registry:queue", "review", "models_registry.review_registrations"),
    Room(_("Council sessions"), "appraisal:sessions", "people", "appraisal.view_sessions"),
    Room(_("Units and this campaign"), "models_registry:units", "chart", "models_registry.view_matrix"),
    Room(_("Announcing decisions"), "publication:pending", "award", "publication.view_pending"),
    Room(_("Announced decisions"), "publication:list", "file", "publication.view_publications"),
    Room(_("Campaigns"), "models_registry:campaigns", "calendar", "models_registry.view_campaigns"),
    Room(_("Dialogues"), "dialogues:list", "dialogue", "dialogues.view_dialogues"),
    Room(_("Opinions"), "dialogues:opinions", "people", "dialogues.view_dialogues"),
    Room(_("Nominations"), "awards:nominations", "list", "awards.view_nominations"),
    Room(_("Awards"), "awards:list", "award", "awards.view_decisions"),
    Room(_("Recipients of awards"), "awards:recipients", "people", "awards.view_nominations", _AWARDS),
    Room(_("Certificates"), "awards:certificates", "award", "awards.view_decisions", _AWARDS),
    Room(_("Golden books"), "awards:books", "list", "awards.view_decisions", _AWARDS),
    Room(_("Awards of a year"), "awards:yearly", "calendar", "awards.view_decisions", _AWARDS),
    Room(_("Certificate templates"), "awards:templates", "file", "awards.view_templates", _AWARDS),
    Room(_("Catalogue of awards"), "awards:catalogue", "file", "awards.view_catalogue", _AWARDS),
    Room(_("Statistics"), "statistics:manage", "chart", "statistics.view_years"),
    Room(_("Units"), "units:list", "unit", "units.view_unit"),
    Room(_("Accounts"), "accounts:list", "user", "accounts.view_accounts"),
    Room(_("Audit log"), "audit:list", "log", "audit.view_entries"),
    Room(_("Jobs"), "jobs:list", "job", "desk.use"),
    Room(_("Outbox"), "messaging:outbox", "message", "messaging.view_outbox"),
)


class _Door(NamedTuple):
    """A room that one may enter, in the words of a language."""

    label: str
    url: str
    icon: str
    within: str


_doors: Once[tuple[_Door, ...]] = Once(256)


def navigation(user: User, path: str) -> tuple[Entry, ...]:
    """Return the rooms that ``user`` may enter, the one that ``path`` lies in marked as current. No query of its own."""
    doors = [door for door in _doors_of(user) if path.startswith(door.within)]
    inside = max((door.url for door in doors if path.startswith(door.url)), key=len, default="")
    return tuple(
        Entry(door.label, door.url, door.icon, bool(door.within), door.url == inside, door.url == path)
        for door in doors
    )


def _doors_of(user: User) -> tuple[_Door, ...]:
    """Return what is open to ``user``: asked once for all who hold the same roles at the same kinds of units.

    Asked without an object a permission depends on nothing else; see ``accounts.permissions``.
    """
    held = frozenset((position.role, position.unit.kind) for position in user.positions_in_force())
    return _doors.get((get_language(), user.is_active, held), lambda: _asked(user))


def _asked(user: User) -> tuple[_Door, ...]:
    open_to = [room for room in ROOMS if user.has_perm(room.perm)]
    names = {room.url_name for room in open_to}
    return tuple(
        _Door(
            str(room.label),
            reverse(room.url_name),
            room.icon,
            reverse(room.within) if room.within in names else "",
        )
        for room in open_to
    )
