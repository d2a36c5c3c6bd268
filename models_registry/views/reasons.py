"""The list of reasons for returning: added to, reworded, put in order, no longer offered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError
from mobilization.core.views import PagePermissionMixin, add_refusal
from mobilization.units.models import Unit
from models_registry.forms.reasons import ReasonWordsForm
from models_registry.models import ReturnReason
from models_registry.services import reasons


class ReasonsMixin(PagePermissionMixin, SingleObjectMixin):
    """The list of the city whose staff the user belongs to."""

    page_permission = "models_registry.keep_reasons"

    @cached_property
    def city(self) -> Unit:
        """Return the city whose list this is."""
        return self.request.user.units_of(Role.CITY_STAFF)[0]

    def get_queryset(self) -> Any:
        """Return the list that holds in the city."""
        return ReturnReason.objects.kept_by(self.city.pk)


class ReasonListView(ReasonsMixin, View):
    """All reasons in their order, and a form for one more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.answer(ReasonWordsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a reason."""
        form = ReasonWordsForm(request.POST)
        if form.is_valid():
            try:
                reasons.add_reason(self.city, form.cleaned_data["text"], actor=request.user)
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("The reason is in the list."))
                return redirect("models_registry:reasons")
        return self.answer(form, status=422)

    def answer(self, form: ReasonWordsForm, *, status: int = 200) -> HttpResponse:
        """Answer the page."""
        context = {"reasons": list(self.get_queryset()), "form": form}
        return render(self.request, "models_registry/reasons.html", context, status=status)


class ReasonEditView(ReasonsMixin, View):
    """Other words for a reason."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the words."""
        return self.answer(ReasonWordsForm(initial={"text": self.get_object().text}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write the new ones."""
        reason, form = self.get_object(), ReasonWordsForm(request.POST)
        if form.is_valid():
            try:
                reasons.change_reason(reason, self.city, form.cleaned_data["text"], actor=request.user)
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("models_registry:reasons")
        return self.answer(form, status=422)

    def answer(self, form: ReasonWordsForm, *, status: int = 200) -> HttpResponse:
        """Answer the page."""
        context = {"form": form, "cancel_url": reverse("models_registry:reasons")}
        return render(self.request, "models_registry/reason_form.html", context, status=status)


class ReasonActView(ReasonsMixin, View):
    """Move a reason, or change whether it is offered."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Do it and show the list again."""
        reason, given = self.get_object(), {"actor": request.user}
        if act not in {"up", "down", "stop", "offer"}:
            raise Http404
        try:
            if act in {"up", "down"}:
                reasons.move_reason(reason, self.city, up=act == "up", **given)
            else:
                reasons.offer_reason(reason, self.city, offered=act == "offer", **given)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("models_registry:reasons")
