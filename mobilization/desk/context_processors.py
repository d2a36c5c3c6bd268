"""What the staff shell shows: the rooms that one's positions open, and those positions."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mobilization.desk.navigation import navigation


def desk(request: HttpRequest) -> dict:
    """``desk_nav``: the entries of the side navigation; ``desk_positions``: what the user holds today."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "desk_nav": SimpleLazyObject(lambda: navigation(user, request.path)),
        "desk_positions": SimpleLazyObject(lambda: list(user.positions_in_force())),
    }
