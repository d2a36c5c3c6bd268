"""City staff open a campaign, fill its empty parts from an earlier one, and end an extension early."""

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.core.errors import DomainError
from mobilization.core.views import ActView
from models_registry.forms.campaigns import OpenForm
from models_registry.models import Campaign, Extension
from models_registry.readiness import checklist
from models_registry.services.campaigns import copy_parts, end_extension, open_campaign
from models_registry.states import Stage
from models_registry.views.campaign_parts import PartView
from models_registry.views.campaigns import CampaignMixin, earlier_than, in_reach


class OpenView(PartView):
    """What is there and what is missing; then the day."""

    template_name = "models_registry/campaign_open.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the checklist and ask for the day."""
        if self.object.opened_on is not None:
            messages.info(request, _("This campaign is opened already."))
            return redirect(self.object)
        return self.show(OpenForm(initial=self.seen() | {"opened_on": self.first_day()}))

    def first_day(self) -> datetime.date:
        """Return the day to propose: when registering opens first, the year's first day without windows; not the past."""
        opens = self.object.windows.filter(stage=Stage.REGISTRATION).aggregate(day=Min("opens_on"))["day"]
        return max(opens or datetime.date(self.object.year, 1, 1), timezone.localdate())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open it."""
        form = OpenForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        day = form.cleaned_data["opened_on"]
        try:
            open_campaign(self.object, actor=request.user, on=day, seen_version=form.seen())
        except DomainError as refusal:
            self.refused(form, refusal)
            return self.show(form, status=409)
        messages.success(request, _("The campaign is opened."))
        return redirect(self.object)

    def show(self, form: OpenForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        return self.answer(form=form, checks=checklist(self.object), status=status)


class CopyView(CampaignMixin, ActView):
    """Fill the empty parts from the latest earlier campaign."""

    def act(self, obj: Campaign, form: Any) -> list[str]:
        """Copy; raises ``Http404`` where there is no earlier campaign."""
        source = earlier_than(obj)
        if source is None:
            raise Http404
        copied = copy_parts(obj, source, actor=self.request.user)
        said = _("Copied from %(source)s.") if copied else _("Nothing was copied: no part is empty.")
        messages.success(self.request, said % {"source": source})
        return copied


class EndExtensionView(ActView):
    """Ask once more, then end an extension early."""

    permission_required = "models_registry.grant_extension"
    http_method_names = ["get", "post"]
    success_message = gettext_lazy("The extension is ended.")

    def get_queryset(self) -> QuerySet[Extension]:
        """Return the extensions of the campaigns in reach."""
        found = Extension.objects.filter(campaign__in=in_reach(self.request.user))
        return found.select_related("campaign", "unit")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what it will do."""
        return render(
            request, "models_registry/campaign_end_extension.html", {"extension": self.get_object()}
        )

    def act(self, obj: Extension, form: Any) -> Extension:
        """End it."""
        return end_extension(obj, actor=self.request.user)

    def get_success_url(self, obj: Extension, result: Any) -> str:
        """Return the campaign."""
        return obj.campaign.get_absolute_url()
