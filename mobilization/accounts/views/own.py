"""What everybody signed in sees of the own account, with or without a position."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from mobilization.accounts import transitions
from mobilization.accounts.adapter import remember_language
from mobilization.accounts.forms import ProfileForm
from mobilization.accounts.gate import owes_second_factor
from mobilization.accounts.views.access import StaffRequiredMixin


class ProfileView(StaffRequiredMixin, FormView):
    """The own name and language, the own positions, the way to password and second factor."""

    template_name = "accounts/profile.html"
    form_class = ProfileForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form with the own account."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Save; from the next page on the portal speaks the chosen language."""
        user = self.request.user
        transitions.change_account(user, **form.cleaned_data, email=user.email, actor=user)
        with translation.override(form.cleaned_data["language"]):
            messages.success(self.request, _("Your profile is saved."))
        response = redirect("accounts:profile")
        remember_language(response, form.cleaned_data["language"])
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the positions over time."""
        return super().get_context_data(
            positions=self.request.user.held_positions,
            has_second_factor=transitions.has_second_factor(self.request.user),
            **kwargs,
        )


class NoPositionView(StaffRequiredMixin, TemplateView):
    """Signed in, but nothing to do here: no position is in force."""

    template_name = "accounts/no_position.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say so, or lead on whoever holds a position again."""
        if request.user.positions_in_force():
            return redirect(settings.LOGIN_REDIRECT_URL)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the positions of the past and of days to come."""
        return super().get_context_data(positions=self.request.user.held_positions, **kwargs)


class SecondFactorView(StaffRequiredMixin, TemplateView):
    """Why a second factor is owed, and the two ways to set it up."""

    template_name = "accounts/second_factor.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Explain; whoever owes nothing goes on to where they wanted to go."""
        if owes_second_factor(request.user):
            return super().get(request, *args, **kwargs)
        wanted = request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            return redirect(wanted)
        return redirect(settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back after it is set up."""
        return super().get_context_data(here=reverse("accounts:second_factor"), **kwargs)
