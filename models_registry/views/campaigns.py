"""City staff prepare and open a year's campaign: guiding document, windows per stage and level, extensions."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, DetailView, ListView, UpdateView, View

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError
from mobilization.core.views import ObjectPermissionMixin, add_refusal
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry import services
from models_registry.forms.campaigns import CampaignForm, ExtensionForm
from models_registry.models import Campaign, Extension, Registration
from models_registry.readiness import checklist, points_by_level
from models_registry.windows import standings_of


class CampaignListView(ListView):
    """The campaigns of the cities that the user's units belong to."""

    template_name = "models_registry/campaign_list.html"
    context_object_name = "campaigns"

    def get_queryset(self) -> QuerySet:
        """Return the campaigns in scope."""
        user = self.request.user
        if not user.has_perm("models_registry.view_campaigns"):
            raise Http404
        return in_reach(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many registrations each has that the user may read, and whether a campaign can be added."""
        user, campaigns = self.request.user, list(self.object_list)
        read = Registration.objects.visible_to(user).registered().filter(campaign__in=campaigns)
        counts = dict(read.order_by().values_list("campaign").annotate(count=Count("pk")))
        for campaign in campaigns:
            campaign.submitted = counts.get(campaign.pk, 0)
        may_add = user.has_perm("models_registry.change_campaign")
        return super().get_context_data(campaigns=campaigns, may_add=may_add, **kwargs)


class CampaignMixin(ObjectPermissionMixin):
    """A campaign within reach."""

    permission_required = "models_registry.change_campaign"
    model = Campaign

    def get_queryset(self) -> QuerySet:
        """Return the campaigns in reach."""
        return in_reach(self.request.user).select_related("city")


class CampaignDetailView(CampaignMixin, DetailView):
    """A campaign as everybody in the city may read it: its document, windows, criteria, targets, who got more time."""

    permission_required = "models_registry.view_campaign"
    template_name = "models_registry/campaign_detail.html"
    context_object_name = "campaign"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the parts, and for city staff what is missing."""
        user, campaign, today = self.request.user, self.object, timezone.localdate()
        criteria = list(campaign.criteria.all())
        may_change = user.has_perm("models_registry.change_campaign", campaign)
        extensions = campaign.extensions.select_related("unit", "granted_by")
        return super().get_context_data(
            standing=standings_of(campaign.windows.all(), today),
            criteria=criteria,
            points=points_by_level(criteria) if any(one.weight for one in criteria) else (),
            kind_targets=campaign.kind_targets.all(),
            own_targets=campaign.targets.count(),
            extensions=[(one, one.until >= today) for one in extensions],
            may_change=may_change,
            may_extend=user.has_perm("models_registry.grant_extension", campaign),
            checks=checklist(campaign) if may_change else (),
            source=earlier_than(campaign) if may_change else None,
            **kwargs,
        )


class CampaignFormMixin:
    """A campaign's form: saved with its audit record, refused in words."""

    form_class = CampaignForm
    template_name = "models_registry/campaign_form.html"
    done: Any = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand over the cities in reach."""
        cities = scope_units(self.request.user, Role.CITY_STAFF).filter(kind=UnitKind.CITY).in_force()
        return super().get_form_kwargs() | {"cities": cities}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Save and record; what somebody else changed meanwhile is not overwritten."""
        try:
            copied_from = form.cleaned_data.get("copied_from")
            self.object = services.save_campaign(
                form.seen_campaign(), actor=self.request.user, copied_from=copied_from
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.object)


class CampaignCreateView(CampaignFormMixin, CreateView):
    """Prepare a year."""

    done = _("The campaign is prepared. Look at each part, then open it.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let city staff in."""
        if not request.user.has_perm("models_registry.change_campaign"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class CampaignUpdateView(CampaignMixin, CampaignFormMixin, UpdateView):
    """Change a campaign, and the day from which on units submit once it is opened."""

    done = _("The campaign is saved.")


class ExtensionView(CampaignMixin, View):
    """More time for one unit: reason, who granted it, until when."""

    permission_required = "models_registry.grant_extension"
    template_name = "models_registry/extension_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for unit, stage, end and reason."""
        self.object = self.get_object()
        return self.answer(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Grant it."""
        self.object = self.get_object()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            services.grant_extension(Extension(campaign=self.object, **form.cleaned_data), actor=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.answer(form, status=422)
        messages.success(request, _("The unit has more time."))
        return redirect(self.object)

    def form(self, data: Any = None) -> ExtensionForm:
        """Return the form with the units of the city in force."""
        form = ExtensionForm(data)
        form.fields["unit"].queryset = Unit.objects.under(self.object.city).in_force()
        return form

    def answer(self, form: ExtensionForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        context = {"form": form, "campaign": self.object}
        return render(self.request, self.template_name, context, status=status)


def in_reach(user: Any) -> QuerySet:
    """Return the campaigns of the cities above the user's positions in force."""
    roots = {position.unit.path_ids[0] for position in user.positions_in_force()}
    return Campaign.objects.filter(city__in=roots).order_by("-year")


def earlier_than(campaign: Campaign) -> Campaign | None:
    """Return the latest earlier campaign of the same city, from which parts can be copied."""
    earlier = Campaign.objects.filter(city=campaign.city_id, year__lt=campaign.year)
    return earlier.order_by("-year").first()
