"""Typing kept every few seconds, while it is typed. Answers JSON to ``static/js/autosave.js``; pages do without."""

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.views import number_in
from models_registry import services, versions
from models_registry.forms.filing import IDENTITY, STEPS, texts_of, typed_in
from models_registry.locks import what_happened
from models_registry.models import Registration, WorkingCopy
from models_registry.views.filing import OwnRegistrationMixin

MOST_A_MINUTE = 60
"""A form saves once in some seconds, and one may have several open."""
START_NAMES = ("campaign", "unit", *STEPS[IDENTITY][1])


class AutosaveView(OwnRegistrationMixin, View):
    """Keep what stands in one step of the form, unless it says what is saved already."""

    http_method_names = ["post"]
    permission_required = "models_registry.view_registration"

    def get_queryset(self) -> QuerySet:
        """Return what may be written, locked: what is on its way while the form is saved comes before, or after."""
        return super().get_queryset().select_for_update(of=("self",), no_key=True)

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer when it was kept, and who else is writing there."""
        registration = self.get_object()
        step, asked = kwargs["step"], STEPS.get(kwargs["step"], ("", ()))[1]
        if not asked:
            raise Http404
        names = tuple(name for name in asked if name in registration.editable_fields)
        if not names:
            return JsonResponse({"says": what_happened(registration, actor=request.user)}, status=409)
        if refusal := refused(request):
            return refusal
        typed = typed_in(request.POST, names)
        others = services.others_typing(request.user, registration, step)
        answer = {"others": [told(copy) for copy in others], "version": registration.version}
        if typed == texts_of(registration, tuple(typed)):
            services.forget_typing(request.user, registration, step)
            return JsonResponse(answer | {"saved_at": None})
        base = number_in(request.POST, "base") or registration.version
        if saved_since(registration, base, names, request.user):
            says = _("You have saved this step meanwhile. What you typed after that is kept on this device.")
            return JsonResponse({"says": says}, status=409)
        return kept(request, registration, step, typed, base, answer)


class StartAutosaveView(View):
    """Keep what stands in the first step, before there is a draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer when it was kept."""
        if not request.user.has_perm("models_registry.start_registration"):
            raise Http404
        if refusal := refused(request):
            return refusal
        return kept(request, None, IDENTITY, typed_in(request.POST, START_NAMES), 0, {"others": []})


def kept(
    request: HttpRequest,
    registration: Registration | None,
    step: str,
    typed: dict[str, str],
    base: int,
    answer: dict[str, Any],
) -> JsonResponse:
    """Keep ``typed`` and answer when; what cannot be kept is told in a sentence."""
    try:
        copy = services.keep_typing(request.user, registration, step, typed, base_version=base)
    except DomainError as refusal:
        status = 413 if refusal.code == "too_long" else 422
        return JsonResponse({"says": str(refusal), "fields": sorted(refusal.fields)}, status=status)
    return JsonResponse(answer | {"saved_at": clock(copy)})


def saved_since(registration: Registration, base: int, names: tuple[str, ...], person: Any) -> bool:
    """Tell whether ``person`` has saved this step since ``base``: typing from before came late, and is in it.

    Kept, it would stand as unsaved typing in the way of handing in.
    """
    if registration.version <= base or registration.changed_by_id != person.pk:
        return False
    try:
        changed = versions.diff(registration, base, registration.version)
    except LookupError:
        return False
    return not changed.keys().isdisjoint(names)


def told(copy: WorkingCopy) -> dict[str, str]:
    """Return whose unsaved typing ``copy`` is, and from when."""
    return {"name": str(copy.person), "time": clock(copy)}


def clock(copy: WorkingCopy) -> str:
    """Return when ``copy`` was kept, as people say it: the day as well, when it is not today."""
    at = timezone.localtime(copy.saved_at)
    return f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%H:%M %d/%m/%Y}"


def refused(request: HttpRequest) -> JsonResponse | None:
    """Return the answer to what nobody's typing looks like: another person's page, or more often than a form saves."""
    if number_in(request.POST, "person") not in {None, request.user.pk}:
        return JsonResponse({"says": _("Somebody else is signed in now.")}, status=401)
    # Counted by the minute, forgotten after it.
    key = f"typing:{request.user.pk}:{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        often = cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # gone between the two calls
        often = False
    return JsonResponse({"says": ""}, status=429, headers={"Retry-After": "20"}) if often else None
