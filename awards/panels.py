"""What stands on the page of a registration and of a dialogue: what was proposed and granted, where to propose."""

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from awards.models import Award, Nomination
from dialogues.models import Dialogue
from dialogues.page_parts import ASIDE, PARTS
from models_registry.models import Registration
from models_registry.page_parts import Part, Place, Shown, register
from models_registry.states import State

READ, PREPARE = "awards.view_nominations", "awards.prepare_nominations"


def awards_of_registration(request: HttpRequest, registration: Registration) -> Shown:
    """Show what came of a registration that was accepted; one that is recognised may be proposed."""
    user = request.user
    if registration.state not in State.ACCEPTED_ON or not user.has_perm(READ):
        return None
    may_propose = registration.state == State.RECOGNISED and user.has_perm(PREPARE, registration)
    return _shown(user, may_propose=may_propose, registration=registration)


def awards_of_dialogue(request: HttpRequest, dialogue: Dialogue) -> Shown:
    """Show what came of a dialogue that was held."""
    user = request.user
    if not dialogue.is_counted or not user.has_perm(READ):
        return None
    return _shown(user, may_propose=user.has_perm(PREPARE, dialogue), dialogue=dialogue)


def _shown(user, *, may_propose: bool, **source: Model) -> Shown:
    seen = Nomination.objects.visible_to(user).filter(**source)
    nominations = list(seen.select_related("form").defer("search").order_by("pk"))
    granted = Award.objects.visible_to(user).filter(**source, nomination=None)
    shown = granted.select_related("form", "decision").defer("search", "decision__search")
    others = list(shown.order_by("pk"))
    if not (nominations or others or may_propose):
        return None
    ((name, record),) = source.items()
    context = {"nominations": nominations, "awards": others, "may_propose": may_propose}
    context["url"] = f"{reverse('awards:nomination_create')}?{name}={record.pk}"
    return "awards/on_page.html", context


register(Part("awards.nominations", awards_of_registration, Place.ASIDE, 40))
PARTS.register(Part("awards.nominations", awards_of_dialogue, ASIDE, 10))
