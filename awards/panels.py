"""What stands on a registration's page: the nominations and awards that came of it, and where to propose one."""

from django.http import HttpRequest
from django.urls import reverse

from awards.models import Award, Nomination
from models_registry.models import Registration
from models_registry.page_parts import Part, Place, Shown, register
from models_registry.states import State


def awards(request: HttpRequest, registration: Registration) -> Shown:
    """Show what came of a recognised registration; and of one that was nominated before it was recognised."""
    user = request.user
    if registration.state not in State.ACCEPTED_ON or not user.has_perm("awards.view_nominations"):
        return None
    nominations = list(
        Nomination.objects.visible_to(user)
        .filter(registration=registration)
        .select_related("form", "award__decision")
        .defer("search", "award__search", "award__decision__search")
        .order_by("pk")
    )
    granted = Award.objects.visible_to(user).filter(registration=registration, nomination=None)
    others = list(
        granted.select_related("form", "decision").defer("search", "decision__search").order_by("pk")
    )
    recognised = registration.state == State.RECOGNISED
    may_propose = recognised and user.has_perm("awards.prepare_nominations", registration)
    if not (nominations or others or may_propose):
        return None
    context = {"nominations": nominations, "awards": others, "may_propose": may_propose}
    context["url"] = f"{reverse('awards:nomination_create')}?registration={registration.pk}"
    return "awards/on_registration.html", context


register(Part("awards.nominations", awards, Place.ASIDE, 40))
