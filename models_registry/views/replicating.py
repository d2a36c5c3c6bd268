"""An official makes a model of the own unit after a published one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal
from models_registry.forms.filing import STEPS
from models_registry.forms.replicating import ReplicateForm
from models_registry.lineage import latest_published
from models_registry.models import CARRIED_FIELDS, Campaign, Registration, SkilledModel
from models_registry.services.replicating import replicate
from models_registry.views.starting import RegisteringMixin
from models_registry.views.versions import label_of, text_of


class ReplicateView(RegisteringMixin, View):
    """What would be carried over, for which unit and campaign; then the draft."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show what is carried over and what is not."""
        return self.answer(self.form(code), code)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Make the draft and lead to its form."""
        form = self.form(code, request.POST)
        if form.is_valid():
            try:
                draft = replicate(
                    self.source(code),
                    form.cleaned_data["unit"],
                    form.cleaned_data["campaign"],
                    actor=request.user,
                )
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(
                    request, _("The draft is made. What was carried over is marked: make it your own.")
                )
                return redirect("models_registry:edit", pk=draft.pk, step=next(iter(STEPS)))
        return self.answer(form, code, status=422)

    def source(self, code: str) -> SkilledModel:
        """Return the published model, or raise ``Http404``."""
        return get_object_or_404(SkilledModel.objects.select_related("unit"), code=code)

    def others(self, code: str) -> QuerySet:
        """Return the own units but the one whose model it is: that one continues it."""
        return self.units.exclude(pk__in=Registration.objects.filter(model__code=code).values("unit__heir"))

    def form(self, code: str, data: Any = None) -> ReplicateForm:
        """Return the form with what may be chosen."""
        campaigns = Campaign.objects.filter(pk__in=[one.pk for one in self.campaigns]).order_by("-year")
        return ReplicateForm(data, campaigns=campaigns, units=self.others(code))

    def answer(self, form: ReplicateForm, code: str, *, status: int = 200) -> HttpResponse:
        """Answer the page."""
        model = self.source(code)
        latest = latest_published(model)
        if latest is None:
            raise Http404
        texts = [(label_of(name), text_of(name, getattr(latest, name))) for name in CARRIED_FIELDS]
        context = {
            "form": form,
            "model": model,
            "latest": latest,
            "carried": [(label, text) for label, text in texts if text],
            "has_campaign": bool(self.campaigns),
            "is_own": not self.others(code).exists(),
        }
        return render(self.request, "models_registry/replicate.html", context, status=status)
