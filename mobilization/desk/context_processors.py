"""What the staff shell shows: the rooms that one's positions open, and those positions."""

from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from mobilization.desk.navigation import Entry, navigation

MOST_KEPT = 512
"""So many renderings are kept: one for each language, set of roles and place."""


def desk(request: HttpRequest) -> dict:
    """``desk_nav``: the side navigation, rendered; ``desk_positions``: what the user holds today."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "desk_nav": SimpleLazyObject(lambda: _rendered(navigation(user, request.path))),
        "desk_positions": SimpleLazyObject(lambda: list(user.positions_in_force())),
    }


@lru_cache(maxsize=MOST_KEPT)
def _rendered(entries: tuple[Entry, ...]) -> SafeString:
    """Return the list of ``entries``, whose words are in the language of the page already; it holds nothing else."""
    return render_to_string("desk/nav.html", {"entries": entries})
