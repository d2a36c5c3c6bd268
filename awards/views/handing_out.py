"""Handing certificates out, for one or many of a decision, and taking a line of the register back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from awards.certificates import handing_out
from awards.forms.handing_out import HandOutForm, TakeBackForm
from awards.models import Award, Decision, Handover
from awards.views.acts import ConfirmedActView
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.views import ActView


class HandOutView(StaffRequiredMixin, ConfirmedActView):
    """The certificates of a decision: who has which, and the form that hands out the others."""

    template_name = "awards/hand_out.html"
    permission_required = "awards.hand_out_certificates"
    success_message = _("The certificates are recorded as handed out.")

    def new_form(self, decision: Decision) -> HandOutForm:
        """Return the unbound form."""
        return HandOutForm(decision=decision, user=self.request.user)

    def get_form(self, obj: Decision) -> HandOutForm:
        """Return the bound form."""
        return HandOutForm(self.request.POST, decision=obj, user=self.request.user)

    def act(self, obj: Decision, form: HandOutForm) -> None:
        """Record it."""
        data = form.cleaned_data
        handing_out.hand_out(
            obj,
            form.chosen(),
            actor=self.request.user,
            **{name: data[name] for name in ("handed_on", "received_by", "handed_by", "note")},
        )

    def page(self, decision: Decision, form) -> HttpResponse:
        """Show the form above what was handed out already."""
        rows = Handover.objects.filter(award__decision=decision).select_related(
            "award", "recorded_by", "undone_by"
        )
        context = {"decision": decision, "form": form, "rows": rows.order_by("-recorded_at", "-pk")}
        return render(self.request, self.template_name, context)

    def get_success_url(self, obj: Decision, result) -> str:
        """Stay with the decision's certificates."""
        return reverse("awards:hand_out", args=[obj.pk])


class TakeBackView(StaffRequiredMixin, ActView, View):
    """Take a line of the register back, with a reason."""

    http_method_names = ["get", "post"]
    permission_required = "awards.take_back_handover"
    form_class = TakeBackForm
    success_message = _("The line is taken back; it stays readable.")

    def get_queryset(self):
        """Return the lines that stand, of awards that the user reads."""
        awards = Award.objects.visible_to(self.request.user).values("pk")
        rows = Handover.objects.standing().filter(award__in=awards)
        return rows.select_related("award__decision__unit", "award__form")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once more, and for the reason."""
        return self.page(self.get_object(), TakeBackForm())

    def form_invalid(self, obj: Handover, form) -> HttpResponse:
        """Ask again."""
        return self.page(obj, form)

    def page(self, row: Handover, form) -> HttpResponse:
        """Render the page that asks."""
        context = {"row": row, "form": form, "cancel_url": self.get_success_url(row, None)}
        return render(self.request, "awards/take_back.html", context)

    def act(self, obj: Handover, form) -> Handover:
        """Take it back."""
        return handing_out.take_back(obj, actor=self.request.user, reason=form.cleaned_data["reason"])

    def get_success_url(self, obj: Handover, result) -> str:
        """Return to the decision's certificates."""
        return reverse("awards:hand_out", args=[obj.award.decision_id])
