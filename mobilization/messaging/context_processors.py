"""How many messages wait to be read, for the head of the staff pages."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mobilization.messaging.services import unread_count

MOST_COUNTED = 100


def messaging(request: HttpRequest) -> dict:
    """``unread_messages``: how many, and whether there are more than were counted; one statement where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_messages": SimpleLazyObject(lambda: _count(user))}


def _count(user) -> dict:
    count = unread_count(user, MOST_COUNTED)
    return {"count": min(count, MOST_COUNTED - 1), "more": count >= MOST_COUNTED}
