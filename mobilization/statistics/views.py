"""The staff page of statistics: which years there are, when they were computed, and computing them again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from mobilization.accounts.views import StaffRequiredMixin
from mobilization.jobs.models import Job
from mobilization.statistics import services, tasks
from mobilization.statistics.models import YearStatus
from mobilization.statistics.permissions import VIEWERS
from mobilization.units.models import Unit


@dataclass(frozen=True)
class Year:
    """One line of the page."""

    year: int
    status: YearStatus | None
    job: Job | None


class CityMixin(StaffRequiredMixin):
    """Find the city of the user's position; of several, the first in which ``page_permission`` holds."""

    def get_city(self) -> Unit:
        """Raise ``Http404`` for whoever may do this in no city."""
        roots = {unit.path_ids[0] for unit in self.request.user.units_of(*VIEWERS)}
        for city in Unit.objects.filter(pk__in=roots):
            if self.request.user.has_perm(self.page_permission, city):
                return city
        raise Http404


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
        return super().get_context_data(
            city=city,
            years=[Year(year, statuses.get(year), jobs.get(year)) for year in years],
            may_rebuild=self.request.user.has_perm("statistics.rebuild_year", city),
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
