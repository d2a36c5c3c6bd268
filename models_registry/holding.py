"""What rooms above the registry hold of a registration as it stood: sheets, items of an agenda, decisions to announce.

They hold its version, and what changes it afterwards makes them void. An act that changes nothing of what is decided
on – the outcome of the year – must not: a commune sets it while the city still decides. A room says once, when its app
is ready, how what it holds follows.
"""

from collections.abc import Callable

Follow = Callable[[int, int, int], None]
_followers: dict[str, Follow] = {}


def register(room: str, follow: Follow) -> None:
    """Declare how what ``room`` holds of a registration follows it: ``follow(registration id, version, its next)``.

    Raises ``ValueError`` where the room has said so already.
    """
    if _followers.setdefault(room, follow) is not follow:
        raise ValueError(f"{room} says twice how it follows a registration")


def carry_along(registration_id: int, version: int, following: int) -> None:
    """Let what is held of ``version`` hold of ``following``; under the lock of the act that made it."""
    for follow in _followers.values():
        follow(registration_id, version, following)
