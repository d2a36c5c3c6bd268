"""Corrections of closed years: the list, asking for one, deciding on it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView, ListView

from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import ActView, KeysetListMixin, ObjectPermissionMixin, add_refusal
from mobilization.statistics import corrections
from mobilization.statistics.forms import AskForm, DecideForm
from mobilization.statistics.models import Correction


class CorrectionListView(StaffRequiredMixin, KeysetListMixin, ListView):
    """Those of the units in one's scope, newest first."""

    template_name = "statistics/corrections.html"
    page_permission = "statistics.view_corrections"
    keyset_order = ("-id",)

    def get_queryset(self) -> QuerySet[Correction]:
        found = Correction.objects.visible_to(self.request.user)
        return found.select_related("unit", "asked_by", "permit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_ask = self.request.user.has_perm("statistics.ask_correction")
        return super().get_context_data(may_ask=may_ask, **kwargs)


class CorrectionAskView(StaffRequiredMixin, FormView):
    """Ask for one change of a record whose year is closed: ``?record=dialogue:12``, or ``?address=`` of its page.

    ``measure``, ``unit`` and ``year`` say from which figure one comes: the form begins with it.
    """

    template_name = "statistics/correction_new.html"
    page_permission = "statistics.ask_correction"
    form_class = AskForm

    @cached_property
    def record(self) -> Any:
        """The record of the address. Raises ``Http404`` for one that the user may not read or ask about."""
        asked = self.request.GET
        word = asked.get("record") or corrections.named_by(asked.get("address", ""))
        found = corrections.find(word, self.request.user)
        if found is None or not self.request.user.has_perm(self.page_permission, found.unit):
            raise Http404
        return found

    def get_initial(self) -> dict[str, Any]:
        query = self.request.GET
        figure = corrections.figure_of(*(query.get(name, "") for name in ("measure", "unit", "year")))
        return super().get_initial() | ({"wanted": figure} if figure else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, year=corrections.year_of(self.record), **kwargs)

    def form_valid(self, form: AskForm) -> HttpResponse:
        """Ask, or say why it cannot be asked."""
        try:
            asked = corrections.ask(self.record, actor=self.request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The correction has been asked for; the city leader decides."))
        return redirect(asked)


class CorrectionMixin(StaffRequiredMixin, ObjectPermissionMixin):
    """One correction that the user may see."""

    def get_queryset(self) -> QuerySet[Correction]:
        found = Correction.objects.visible_to(self.request.user)
        return found.select_related("unit", "asked_by", "decided_by", "permit", "city")


class CorrectionView(CorrectionMixin, DetailView):
    """What is asked for and why, and the two answers for whoever decides."""

    template_name = "statistics/correction.html"
    permission_required = "statistics.view_corrections"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, user = self.object, self.request.user
        may = one.state == "asked" and one.asked_by_id != user.pk
        may = may and user.has_perm("statistics.decide_correction", one)
        kwargs.setdefault("form", DecideForm())
        crumbs = [(_("Corrections of closed years"), reverse("statistics:corrections"))]
        return super().get_context_data(may_decide=may, crumbs=crumbs, **kwargs)


class CorrectionDecideView(CorrectionMixin, ActView):
    """Approve or decline."""

    permission_required = "statistics.decide_correction"
    form_class = DecideForm
    acts = {"approve": corrections.approve, "decline": corrections.decline}
    success_message = gettext_lazy("Decided; whoever asked has been told.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["act"] not in self.acts:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def act(self, obj: Correction, form: DecideForm) -> Correction:
        return self.acts[self.kwargs["act"]](obj, actor=self.request.user, answer=form.cleaned_data["answer"])
