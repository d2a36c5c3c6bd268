"""A reorganisation of units, with the positions it moves: looked at first, then carried out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from mobilization.accounts.services import apply_reorganisation
from mobilization.accounts.views.access import PasswordAgainMixin, StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal
from mobilization.units.forms import ReorganisationForm
from mobilization.units.plans import PlanRefused


class ReorganisationView(StaffRequiredMixin, FormView):
    """Take the files, and show what they would do; nothing is changed here."""

    page_permission = "units.reorganise_units"
    template_name = "accounts/reorganise.html"
    form_class = ReorganisationForm

    def form_valid(self, form: ReorganisationForm) -> HttpResponse:
        """Show the page again with the preview below the form."""
        try:
            report = apply_reorganisation(form.plan, actor=self.request.user, dry_run=True)
        except DomainError as refusal:
            return self.refused(form, refusal)
        return self.render_to_response(
            self.get_context_data(form=self.form_class(), texts=form.texts, report=report)
        )

    def refused(self, form: ReorganisationForm, refusal: DomainError) -> HttpResponse:
        """Say at the form what contradicts, a line for each row."""
        if isinstance(refusal, PlanRefused):
            form.add_error(None, [str(problem) for problem in refusal.problems])
        else:
            add_refusal(form, refusal)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where the page stands."""
        return super().get_context_data(crumbs=[(_("Units"), reverse("units:list"))], **kwargs)


class ReorganisationApplyView(StaffRequiredMixin, PasswordAgainMixin, FormView):
    """Carry out what was looked at."""

    http_method_names = ["post"]
    page_permission = "units.reorganise_units"
    template_name = "accounts/reorganise.html"
    form_class = ReorganisationForm

    def form_valid(self, form: ReorganisationForm) -> HttpResponse:
        """Do it, and say how much was done."""
        try:
            report = apply_reorganisation(form.plan, actor=self.request.user)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        words = {
            "opened": len(report.opened),
            "closed": len(report.closed),
            "moved": len(report.positions.moved),
        }
        messages.success(
            self.request,
            _("Done: %(opened)s units opened, %(closed)s closed, %(moved)s positions moved.") % words,
        )
        return redirect("units:list")
