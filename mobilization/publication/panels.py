"""What stands on a registration's page for those who decide: what was decided and is not announced, or where to do so."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from mobilization.core.errors import DomainError
from mobilization.publication.models import PendingDecision
from mobilization.publication.services.quiet_bulk import DECIDE_QUIETLY
from models_registry.models import Registration
from models_registry.page_parts import Part, Place, Shown, register
from models_registry.recusal import bar_of
from models_registry.states import State


def waiting(request: HttpRequest, registration: Registration) -> Shown:
    """Show what was decided to whoever decides at that level; nobody else learns of it."""
    user = request.user
    if registration.submitted_at is None or not user.has_perm("publication.view_pending"):
        return None
    seen = PendingDecision.objects.pending().visible_to(user).filter(registration=registration)
    pending = seen.select_related("entered_by").first()
    if pending is None:
        return None
    pending.registration = registration
    return "publication/waiting.html", {
        "pending": pending,
        "holds": pending.seen_version == registration.version,
        "may_withdraw": user.has_perm("publication.withdraw_pending", pending)
        and bar_of(user, registration, pending.level) is None,
    }


def quietly(request: HttpRequest, registration: Registration) -> Shown:
    """Lead to deciding without telling yet, where that can be done."""
    user = request.user
    if not (registration.state == State.REPORTED or registration.proposed_to):
        return None
    if not user.has_perm(DECIDE_QUIETLY.perm):
        return None
    try:
        DECIDE_QUIETLY.refuse(registration, user)
    except DomainError:
        return None
    chosen = {"act": DECIDE_QUIETLY.code, "rows": "ticked", "id": registration.pk}
    chosen["list"] = "queue" if "queue" in request.GET else "list"
    url = f"{reverse('models_registry:bulk')}?{urlencode(chosen)}"
    return "publication/quietly.html", {"url": url, "act": DECIDE_QUIETLY}


register(Part("publication.waiting", waiting, Place.TOP, 20))
register(Part("publication.quietly", quietly, Place.ASIDE, 5))
