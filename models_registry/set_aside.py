"""What rooms above the registry set aside: its reviewer is done with it, though it still stands where it stood.

It leaves the review queue, the to-dos and the way from one to the next. A room says once, when its app is ready, which
of its rows set a registration aside, and where these are found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

if TYPE_CHECKING:
    from mobilization.accounts.models import User

Found = TypeVar("Found", bound=QuerySet)


class Link(NamedTuple):
    """Where a reviewer finds what was set aside: the words, the address, how much is there."""

    label: Any
    url: str
    count: int


@dataclass(frozen=True)
class SetAside:
    """One room's reason to set registrations aside.

    ``rows(registration, version)`` returns the room's rows for a registration as it stands, asked with references to
    the outer query, so an index on the registration has to answer. ``by(user)`` returns, as ids of registrations, what
    the user set aside; ``link(user)`` where the user finds all that he may see of it.
    """

    name: str
    rows: Callable[[Any, Any], QuerySet]
    by: Callable[["User"], QuerySet]
    link: Callable[["User"], Link]


_reasons: dict[str, SetAside] = {}


def register(reason: SetAside) -> None:
    """Declare a reason. Raises ``ValueError`` where two share a name."""
    if _reasons.setdefault(reason.name, reason) is not reason:
        raise ValueError(f"Two reasons to set aside are called {reason.name}")


def leave_out(found: Found) -> Found:
    """Leave out of the registrations ``found`` what is set aside as it stands; what was changed since comes back."""
    for reason in _reasons.values():
        found = found.filter(~Exists(reason.rows(OuterRef("pk"), OuterRef("version"))))
    return found


def set_aside_by(user: "User") -> list[QuerySet]:
    """Return the ids of the registrations that ``user`` set aside, a queryset for each reason."""
    return [reason.by(user) for reason in _reasons.values()]


def links_for(user: "User") -> list[Link]:
    """Return where ``user`` finds what was set aside, of which there is something."""
    links = (reason.link(user) for reason in _reasons.values())
    return [link for link in links if link.count]
