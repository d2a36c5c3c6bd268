"""Walking through the review queue: what comes before and after, and where an act leads on to."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from models_registry.models import Assignment, Registration
from models_registry.questions import review_queue


def neighbours(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """Return the registrations before and after this one in the user's queue; None at its ends.

    Who walks through what was assigned to him stays among it until its end, then goes on with the rest.
    """
    queue = _queue(request)
    found = dict.fromkeys(("next", "previous"))
    if is_assigned_to(request.user, registration):
        found = _beside(queue.assigned_to(request.user), registration)
    if None in found.values():
        rest = _beside(queue, registration)
        found = {name: pk or rest[name] for name, pk in found.items()}
    return found


def _beside(queue: QuerySet, registration: Registration) -> dict[str, Any]:
    since, pk = registration.state_since, registration.pk
    later = queue.filter(Q(state_since__gt=since) | Q(state_since=since, pk__gt=pk)).longest_waiting_first()
    earlier = queue.filter(Q(state_since__lt=since) | Q(state_since=since, pk__lt=pk))
    return {
        "next": later.values_list("pk", flat=True).first(),
        "previous": earlier.order_by("-state_since", "-pk").values_list("pk", flat=True).first(),
    }


def queue_url_after(request: HttpRequest, registration: Registration) -> str | None:
    """Return where a reviewer goes on after an act out of the queue: the next one, or the queue itself at its end."""
    if "queue" not in request.POST:
        return None
    following = neighbours(request, registration)["next"]
    if following is None:
        return reverse("models_registry:queue")
    return f"{reverse('models_registry:detail', args=[following])}?queue=1"


def _queue(request: HttpRequest) -> QuerySet:
    return review_queue(request.user).rows()


def is_assigned_to(user: Any, registration: Registration) -> bool:
    """Tell whether ``registration`` is in the hands of ``user``."""
    return Assignment.objects.filter(registration=registration, reviewer=user).exists()
