"""How many messages wait to be read, for the head of the staff pages."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mobilization.messaging.services import unread_count, unread_of

MOST_COUNTED = 100
UNREAD = "unread_messages"


def wanted() -> ArraySubquery:
    """Return what is wanted ``at_hand`` of whoever is signed in: the unread messages, as many as are counted."""
    return ArraySubquery(unread_of(OuterRef("pk"), MOST_COUNTED).values("pk"))


def messaging(request: HttpRequest) -> dict:
    """``unread_messages``: how many, and whether there are more than were counted; read with the account."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_messages": SimpleLazyObject(lambda: _count(user))}


def _count(user) -> dict:
    known = user.at_hand.get(UNREAD)
    count = unread_count(user, MOST_COUNTED) if known is None else len(known)
    return {"count": min(count, MOST_COUNTED - 1), "more": count >= MOST_COUNTED}
