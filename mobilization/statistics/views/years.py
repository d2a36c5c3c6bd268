"""Which years there are, when they were computed, computing them again, and what came of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, TemplateView, View

from mobilization.core.views import KeysetListMixin
from mobilization.jobs.models import Job
from mobilization.statistics import services, tasks
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import RebuildRun, Reconciliation, YearStatus
from mobilization.statistics.views.city import CityMixin


@dataclass(frozen=True)
class Year:
    """One line of the page."""

    year: int
    status: YearStatus | None
    job: Job | None
    reconciliation: Reconciliation | None
    is_over: bool


class ManageView(CityMixin, TemplateView):
    """All years with records: computed when, by whom, how many figures; the button that computes them again."""

    template_name = "statistics/manage.html"
    page_permission = "statistics.view_years"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a line per year (a fixed number of queries)."""
        city = self.get_city()
        statuses = {
            status.year: status for status in YearStatus.objects.of_city(city).select_related("computed_by")
        }
        years = services.years_with_records(city)
        keys = {tasks.job_key(year, city): year for year in years}
        jobs = {keys[job.key]: job for job in Job.objects.open().filter(key__in=keys)}
        compared = {one.year: one for one in Reconciliation.objects.of_city(city).last_of_each_year()}
        today = timezone.localdate()
        return super().get_context_data(
            city=city,
            years=[
                Year(year, statuses.get(year), jobs.get(year), compared.get(year), year < today.year)
                for year in years
            ],
            may_rebuild=self.request.user.has_perm("statistics.rebuild_year", city),
            may_close=self.request.user.has_perm("statistics.close_year", city),
            **kwargs,
        )


class RebuildView(CityMixin, View):
    """Ask for a year to be computed, and lead to the job."""

    http_method_names = ["post"]
    page_permission = "statistics.rebuild_year"

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Start the job; one that computes this year already is shown instead."""
        city = self.get_city()
        if year not in services.open_years(city):
            raise Http404
        job = tasks.start_rebuild(year, city, actor=request.user)
        messages.success(request, _("The figures of %(year)s are being computed.") % {"year": year})
        return redirect(job)


class ReconcileView(CityMixin, View):
    """Ask for a year to be compared with its records now, and lead to the job."""

    http_method_names = ["post"]
    page_permission = "statistics.rebuild_year"

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Start the job; one that compares this year already is shown instead."""
        city = self.get_city()
        if not YearStatus.objects.of_city(city).provisional().filter(year=year).exists():
            raise Http404
        return redirect(tasks.start_reconciling(year, city, actor=request.user))


class RunListView(CityMixin, KeysetListMixin, ListView):
    """Every computation: of which year, why, how long, what came of it; newest first."""

    template_name = "statistics/runs.html"
    page_permission = "statistics.view_years"
    keyset_order = ("-id",)

    def get_queryset(self) -> QuerySet[RebuildRun]:
        return RebuildRun.objects.of_city(self.get_city()).select_related("actor")


class ReconciliationView(CityMixin, DetailView):
    """One comparison with direct counts: every figure that differs, with both numbers."""

    template_name = "statistics/reconciliation.html"
    page_permission = "statistics.view_years"

    def get_queryset(self) -> QuerySet[Reconciliation]:
        return Reconciliation.objects.of_city(self.get_city())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mismatches = list(self.object.mismatches.select_related("unit"))
        for one in mismatches:
            one.label = MEASURES[one.measure].label if one.measure in MEASURES else one.measure
        return super().get_context_data(mismatches=mismatches, **kwargs)
