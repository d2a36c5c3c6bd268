"""Closing a year, and what is known of a closed one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from mobilization.accounts.views import PasswordAgainMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import ActView, add_refusal
from mobilization.statistics import adjusting, checklist, closing, readers, services
from mobilization.statistics.forms import CloseForm, ExplainForm
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Adjustment, AdjustmentLine, Correction, Seal
from mobilization.statistics.states import Basis, Dimension
from mobilization.statistics.views.city import CityMixin
from mobilization.units.models import Unit


class CloseView(CityMixin, PasswordAgainMixin, FormView):
    """What is still open, and the closing itself: with the password once more, and never taken back."""

    template_name = "statistics/close.html"
    page_permission = "statistics.close_year"
    form_class = CloseForm

    @cached_property
    def city(self) -> Unit:
        return self.get_city()

    @cached_property
    def year(self) -> int:
        """The year of the address. Raises ``Http404`` for one without records, or closed already."""
        if self.kwargs["year"] not in services.open_years(self.city):
            raise Http404
        return self.kwargs["year"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        checks = checklist.of_year(self.year, self.city)
        forbidden = any(check.forbids and not check.is_clean for check in checks)
        return super().get_context_data(
            year=self.year, city=self.city, checks=checks, may_be_closed=not forbidden, **kwargs
        )

    def form_valid(self, form: CloseForm) -> HttpResponse:
        """Close, or say at the form what stands against it."""
        words = form.cleaned_data["words"]
        try:
            closing.close_year(self.year, city=self.city, actor=self.request.user, words=words)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The year %(year)s is closed and sealed.") % {"year": self.year})
        return redirect("statistics:closed", self.year)


class ClosedView(CityMixin, TemplateView):
    """The seal of a year, and what became of it since: adjustments with their causes, corrections asked for."""

    template_name = "statistics/closed.html"
    page_permission = "statistics.view_years"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Raises ``Http404`` while the year is open."""
        city, year = self.get_city(), kwargs.pop("year")
        seal = readers.sealed(year, city)
        if seal is None:
            raise Http404
        adjustments = list(Adjustment.objects.of_city(city).of_year(year))
        lines = AdjustmentLine.objects.filter(
            adjustment__in=adjustments, basis=Basis.AS_FILED, dimension=Dimension.NONE, unit=city
        )
        changed: dict[int, list[tuple[str, int]]] = {}
        for line in lines:
            label = MEASURES[line.measure].label if line.measure in MEASURES else line.measure
            changed.setdefault(line.adjustment_id, []).append((label, line.subtree))
        for adjustment in adjustments:
            adjustment.changed = changed.get(adjustment.pk, [])
        corrections = Correction.objects.of_city(city).filter(year=year).select_related("asked_by", "permit")
        may_explain = self.request.user.has_perm("statistics.rebuild_year", city)
        count = Seal.objects.of_city(city).count()
        return super().get_context_data(
            year=year,
            city=city,
            seal=seal,
            seals=count,
            explain_form=ExplainForm() if may_explain else None,
            adjustments=adjustments,
            corrections=corrections,
            **kwargs,
        )


class ExplainView(CityMixin, ActView):
    """Name the cause of a change of a closed year that none was known of."""

    permission_required = page_permission = "statistics.rebuild_year"
    form_class = ExplainForm
    success_message = gettext_lazy("The cause stands beside the adjustment now.")

    def get_queryset(self) -> QuerySet[Adjustment]:
        return Adjustment.objects.of_city(self.get_city()).select_related("city")

    def get_object(self, queryset: QuerySet | None = None) -> Adjustment:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def act(self, obj: Adjustment, form: ExplainForm) -> Adjustment:
        return adjusting.explain(obj, actor=self.request.user, reason=form.cleaned_data["reason"])

    def get_success_url(self, obj: Adjustment, result: Adjustment | None) -> str:
        return reverse("statistics:closed", args=[obj.year])
