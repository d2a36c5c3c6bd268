"""The first step of a registration: begin a new model, or continue one of the years before."""

import datetime
from contextlib import suppress
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView

from mobilization.accounts.scopes import own_units
from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal
from mobilization.units.models import Unit
from mobilization.units.states import COMMUNES
from models_registry import services
from models_registry.continuing import SHOWN, continuables, earlier_models
from models_registry.forms.filing import CONTENT, IDENTITY, StartForm, typed_in
from models_registry.models import Campaign, Registration, WorkingCopy
from models_registry.states import Level, Novelty
from models_registry.views.autosave import START_NAMES
from models_registry.views.checklist import deadline_of, refused_fields, saved_words, steps_of
from models_registry.views.editing import SAVED_COOKIE
from models_registry.windows import Closing, closing_of

NEW = "new"
"""Stands for the registration where there is none yet, in the browser's own copy."""


class RegisteringMixin:
    """For which units the user registers, and in which campaigns that can be done now."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let officials in."""
        if not request.user.has_perm("models_registry.start_registration"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def units(self) -> QuerySet:
        """Return the units for which the user registers: the own ones in force."""
        return own_units(self.request.user, Role.OFFICIAL).in_force()

    @cached_property
    def opened(self) -> list[tuple[Campaign, Closing]]:
        """Return the opened campaigns of the cities that these units belong to, newest first, and whether they closed."""
        units = list(self.units)
        cities = {unit.path_ids[0] for unit in units}
        today = timezone.localdate()
        return [
            (campaign, closing_for(campaign, units, today))
            for campaign in Campaign.objects.opened().filter(city__in=cities).order_by("-year")[:2]
        ]

    @property
    def campaigns(self) -> list[Campaign]:
        """Return the campaigns for which can be registered now, newest first."""
        return [campaign for campaign, closing in self.opened if not closing.read_only]


class StartView(RegisteringMixin, FormView):
    """For which unit and campaign, and what is registered. Saving it makes the draft."""

    form_class = StartForm
    template_name = "models_registry/start.html"

    @cached_property
    def restored(self) -> WorkingCopy | None:
        """Return what the user typed here before and has not saved."""
        return services.typing_of(self.request.user, None, IDENTITY)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand over what may be chosen."""
        campaigns = Campaign.objects.filter(pk__in=[campaign.pk for campaign in self.campaigns]).order_by(
            "-year"
        )
        initial = {"novelty": Novelty.NEW}
        if self.campaigns:
            initial["campaign"] = self.campaigns[0].pk
        if all(unit.kind in COMMUNES for unit in self.units):
            initial["level"] = Level.GRASSROOTS
        return super().get_form_kwargs() | {
            "instance": Registration(),
            "campaigns": campaigns,
            "units": self.units,
            "initial": initial,
        }

    def get_form(self, form_class: type | None = None) -> StartForm:
        """Show what was typed here before, slips and all."""
        form = super().get_form(form_class)
        if not form.is_bound and self.restored:
            form.show_typed(self.restored.typed)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the draft, or forget what was typed."""
        if "forget" in request.POST:
            services.forget_typing(request.user, None, IDENTITY)
            return kept(redirect(request.path))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: StartForm) -> HttpResponse:
        """Make the draft and lead on to the next step."""
        try:
            draft = services.start_registration(
                form.cleaned_data["unit"],
                form.cleaned_data["campaign"],
                form.data_to_save(),
                actor=self.request.user,
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        services.forget_typing(self.request.user, None, IDENTITY)
        messages.success(self.request, saved_words(draft, IDENTITY))
        return kept(redirect("models_registry:edit", pk=draft.pk, step=CONTENT))

    def form_invalid(self, form: StartForm) -> HttpResponse:
        """Keep what was typed and show it again with what is wrong."""
        typed = typed_in(self.request.POST, START_NAMES)
        # What cannot be kept still stands in the page that is answered.
        with suppress(DomainError):
            services.keep_typing(self.request.user, None, IDENTITY, typed, base_version=0)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell when there is nothing to register for, and which models can be continued."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "has_campaign": bool(self.campaigns),
            "closed": next((closing.sentence for _campaign, closing in self.opened), ""),
            "steps": steps_of(None, IDENTITY, form.texts(), form.slips()),
            "refused": refused_fields(form),
            "names": " ".join(START_NAMES),
            "restored": None if form.is_bound else self.restored,
            "unsaved": form.is_bound or bool(self.restored),
            "earlier": self.earlier(),
            "deadline": self.deadline(form),
        }

    def deadline(self, form: StartForm) -> dict[str, Any] | None:
        """Return until when the newest campaign takes registrations at the level that stands in the form."""
        if not self.campaigns:
            return None
        draft = Registration(
            campaign=self.campaigns[0], unit=self.units[0], level=form["level"].value() or ""
        )
        return deadline_of(draft)

    def earlier(self) -> dict[str, Any]:
        """Return the models of earlier years that the search of the page leaves, for the newest campaign."""
        if not self.campaigns:
            return {}
        campaign, words = self.campaigns[0], self.request.GET.get("earlier", "")[:100].replace("\x00", "")
        everything = earlier_models(self.request.user, campaign)
        found = everything.search(words) if words else everything
        return {
            "campaign": campaign,
            "rows": continuables(found),
            "total": found.count(),
            "shown": SHOWN,
            "words": words,
            "any": bool(words) or found.exists(),
        }


def closing_for(campaign: Campaign, units: list[Unit], today: datetime.date) -> Closing:
    """Return the closing of ``campaign`` for whichever of ``units`` may still register."""
    closings = [closing_of(Registration(campaign=campaign, unit=unit), today) for unit in units]
    return next(
        (closing for closing in closings if not closing.read_only), closings[0] if closings else Closing()
    )


def kept(response: HttpResponse) -> HttpResponse:
    """Tell the browser that it may drop its own copy of the first step."""
    response.set_cookie(SAVED_COOKIE, f"{NEW}.{IDENTITY}", max_age=12 * 3600, samesite="Lax")
    return response
