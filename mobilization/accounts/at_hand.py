"""What every staff page tells a person besides the own name: read in the same statement as the account.

A room above the accounts says once, when its app is ready, what it wants to know of whoever is signed in. It finds the
value in ``user.at_hand`` under the name; a user who was read in another way has none there, and the room asks for
itself.
"""

from collections.abc import Callable

from django.db.models.expressions import Combinable

Make = Callable[[], Combinable]
_wanted: dict[str, Make] = {}


def want(name: str, make: Make) -> None:
    """Have ``make()``, an expression over ``User``, read under ``name``.

    Every page pays for it: an index has to answer. Raises ``ValueError`` where two share a name.
    """
    if _wanted.setdefault(name, make) is not make:
        raise ValueError(f"Two things at hand are called {name}")


def wanted() -> dict[str, Combinable]:
    """Return all that is wanted, by name."""
    return {name: make() for name, make in _wanted.items()}
