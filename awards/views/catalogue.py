"""The catalogue of forms of award: rows added, changed, and ended with their successor opened."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, ListView, UpdateView, View

from awards import cataloguing
from awards.forms import CatalogueForm
from awards.forms.catalogue import SuccessorForm
from awards.models import AwardForm
from awards.states import DECIDED, GrantingTier
from awards.views.drafts import RefusableFormMixin
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal


class CatalogueView(StaffRequiredMixin, ListView):
    """The catalogue by tier: what is granted today first, then what ended."""

    template_name = "awards/catalogue.html"
    page_permission = "awards.view_catalogue"

    def get_queryset(self):
        """Return all rows with how often each was granted."""
        granted = Count("awards", filter=Q(awards__decision__state__in=DECIDED))
        return AwardForm.objects.annotate(granted=granted).order_by("tier", "code", "-valid_from")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows by tier, and what the user may change."""
        today = timezone.localdate()
        rows = list(self.object_list)
        for row in rows:
            row.in_force = row.is_in_force(today)
        tiers = [(tier.label, [row for row in rows if row.tier == tier]) for tier in GrantingTier]
        return super().get_context_data(
            tiers=[(label, sorted(own, key=lambda row: not row.in_force)) for label, own in tiers if own],
            may_change=self.request.user.has_perm("awards.change_catalogue"),
            today=today,
            **kwargs,
        )


class CatalogueFormMixin(StaffRequiredMixin, RefusableFormMixin):
    """One row of the catalogue."""

    page_permission = "awards.change_catalogue"
    model = AwardForm
    form_class = CatalogueForm
    template_name = "awards/catalogue_form.html"
    success_message = gettext_lazy("The catalogue is saved.")

    def save(self, form) -> AwardForm:
        """Save the row."""
        seen = form.cleaned_data["seen_version"]
        return cataloguing.save_form(form.instance, actor=self.request.user, seen_version=seen)

    def get_saved_url(self, saved: AwardForm) -> str:
        """Return to the catalogue."""
        return reverse("awards:catalogue")


class CatalogueCreateView(CatalogueFormMixin, CreateView):
    """Add a row."""


class CatalogueUpdateView(CatalogueFormMixin, UpdateView):
    """Change a row."""


class SuccessorView(StaffRequiredMixin, View):
    """End a form on a day, and open the one that follows on the same day."""

    page_permission = "awards.change_catalogue"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what follows, as a copy to be changed."""
        old = get_object_or_404(AwardForm, pk=pk)
        return self.page(old, SuccessorForm(initial=_copy(old)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End the one, open the other."""
        old = get_object_or_404(AwardForm, pk=pk)
        form = SuccessorForm(request.POST)
        if not form.is_valid():
            return self.page(old, form)
        try:
            cataloguing.succeed(old, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(old, form)
        return redirect("awards:catalogue")

    def page(self, old: AwardForm, form: SuccessorForm) -> HttpResponse:
        """Answer the page."""
        return render(self.request, "awards/catalogue_successor.html", {"old": old, "form": form})


def _copy(old: AwardForm) -> dict[str, Any]:
    names = ("name", "body", "legal_basis", "votes_share", "votes_basis")
    return {name: getattr(old, name) for name in names} | {"seen_version": old.version}
