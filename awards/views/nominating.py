"""Nominations out of recognised registrations: the one of the address, or those ticked among the candidates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from django.views.generic.base import ContextMixin

from awards.forms.nominations import NominateManyForm
from awards.nominating.proposing import MOST_AT_ONCE, nominable, propose_from_registrations
from awards.views.asked import ids
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal
from models_registry.models import Registration


class NominateView(StaffRequiredMixin, SentOnceMixin, ContextMixin, View):
    """Propose one form of award for the ticked registrations."""

    page_permission = "awards.prepare_nominations"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what was ticked, and ask for the form."""
        chosen = self.chosen(request)
        if not chosen:
            messages.error(request, _("Tick at least one registration."))
            return redirect("awards:candidates")
        return self.page(chosen, NominateManyForm(user=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Propose, and go to the list of what was made."""
        chosen, form = self.chosen(request), NominateManyForm(request.POST, user=request.user)
        if not chosen:
            messages.error(request, _("Tick at least one registration."))
            return redirect("awards:candidates")
        if "form" not in request.POST or not form.is_valid():
            form = form if "form" in request.POST else NominateManyForm(user=request.user)
            return self.page(chosen, form)
        try:
            onward, _first = self.write_once(lambda: self.write(chosen, form))
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(chosen, form)
        return redirect(onward)

    def write(self, chosen: list[Registration], form: NominateManyForm) -> str:
        """Make the nominations, and tell."""
        words = form.cleaned_data
        outcome = propose_from_registrations(
            chosen, words["form"], actor=self.request.user, achievement=words["achievement"]
        )
        count = len(outcome.done)
        told = ngettext("%(count)d nomination is made.", "%(count)d nominations are made.", count)
        messages.success(self.request, told % {"count": count})
        for sentence, number in outcome.reasons()[:5]:
            messages.warning(self.request, f"{sentence} ({number})")
        return reverse("awards:nominations") + "?waits=submit"

    def chosen(self, request: HttpRequest) -> list[Registration]:
        """Return the ticked recognised registrations in scope."""
        asked = request.POST.getlist("registration") + request.GET.getlist("registration")
        ticked = ids(asked)
        offered = nominable(request.user).filter(pk__in=ticked).select_related("model", "unit__heir")
        return list(offered.order_by("pk")[:MOST_AT_ONCE])

    def page(self, chosen: list[Registration], form: NominateManyForm) -> HttpResponse:
        """Answer the page."""
        context = self.get_context_data(registrations=chosen, form=form)
        return render(self.request, "awards/nominate.html", context)
