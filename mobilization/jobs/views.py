"""Jobs: the list, one job with its progress, and asking for it once more."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import ActView, FilteredMixin, ObjectPermissionMixin
from mobilization.jobs import exports, services
from mobilization.jobs.filters import JobFilter
from mobilization.jobs.models import Job


class JobList(ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """The jobs one may see, newest first."""

    model = Job
    template_name = "jobs/list.html"
    filterset_class = JobFilter
    keyset_order = ("-created_at", "-id")
    orders = {"asked": Order(_("Asked at"), ("-created_at", "-id"))}
    columns = {
        "state": _("State"),
        "by": _("Asked by"),
        "asked": _("Asked at"),
        "finished": _("Finished at"),
        "seconds": _("Seconds"),
        "attempts": _("Attempts"),
        "result": _("Result"),
    }
    usual_columns = ("state", "by", "asked", "finished", "seconds", "result")
    export_act, export_name = "job.export", "jobs"

    def export_header(self) -> list[str]:
        return exports.header()

    def export_rows(self, found: QuerySet[Job]) -> Iterator[list[Any]]:
        return exports.rows(found)

    def scoped(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user).select_related("actor")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            filter_form=self.filterset.form, askers=askers_seen_by(self.request.user), **kwargs
        )


def askers_seen_by(user: Any) -> set[int | None]:
    """Return whose jobs lead ``user`` on to what came of them: the own ones, and those of the clock."""
    return {user.pk, None}


class JobDetail(ObjectPermissionMixin, DetailView):
    """One job. While it is open the progress is fetched again and again, by htmx or by reloading."""

    model = Job
    template_name = "jobs/detail.html"
    permission_required = "jobs.view_job"

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user).select_related("actor")

    def get_template_names(self) -> list[str]:
        return ["jobs/progress.html"] if self.request.htmx else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_run_again = not self.object.is_open and self.request.user.has_perm(
            "jobs.run_job_again", self.object
        )
        askers = askers_seen_by(self.request.user)
        return super().get_context_data(may_run_again=may_run_again, askers=askers, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Tell a page without JavaScript to look again by itself, and htmx to load the whole page at the end."""
        response = super().render_to_response(context, **kwargs)
        if self.request.htmx and not self.object.is_open:
            response["HX-Refresh"] = "true"
        response["Vary"] = "HX-Request"
        return response


class JobAgain(ActView):
    """Ask for the same job once more."""

    model = Job
    permission_required = "jobs.run_job_again"
    success_message = _("The job has been asked for once more.")

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user)

    def act(self, obj: Job, form) -> Job:
        return services.again(obj, actor=self.request.user)

    def get_success_url(self, obj: Job, result: Job | None) -> str:
        return (result or obj).get_absolute_url()
