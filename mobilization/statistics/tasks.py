"""Computing years: on demand and every night as jobs, and within a minute wherever something changed."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mobilization.jobs import services as jobs
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.statistics import adjusting, marks, reconciling, runs, services
from mobilization.statistics.models import YearStatus
from mobilization.statistics.states import Why
from mobilization.units.models import Unit

REBUILD_YEAR = "statistics.rebuild_year"
RECONCILE_YEAR = "statistics.reconcile_year"


def start_rebuild(year: int, city: Unit, *, actor=None) -> Job:
    """Ask for one year of one city; while it is being computed already, that job is answered."""
    payload = {"year": year, "city": city.pk}
    return jobs.start(REBUILD_YEAR, actor=actor, payload=payload, key=job_key(year, city))


def job_key(year: int, city: Unit) -> str:
    """Of the jobs with this key only one is open at a time."""
    return f"{REBUILD_YEAR}/{city.pk}/{year}"


@handler(
    REBUILD_YEAR,
    label=_("Compute the figures of a year"),
    words={"year": _("Year"), "figures": _("Figures")},
    permission="statistics.rebuild_year",
    title=lambda job: gettext("Figures of %(year)s computed") % {"year": job.payload["year"]},
    leads_to=lambda job: (
        _("To the figures of the year"),
        f"{reverse('portal:statistics')}?{urlencode({'year': job.payload['year'], 'unit': job.payload['city']})}",
    ),
)
def rebuild_year(job, progress) -> dict:
    """Compute the year that the job names."""
    progress.start(1)
    city = Unit.objects.get(pk=job.payload["city"])
    why = Why.ASKED if job.actor else Why.NIGHTLY
    status = services.rebuild_year(job.payload["year"], city=city, actor=job.actor, why=why)
    progress.advance()
    return {
        "year": status.year,
        "figures": status.figures,
        "changed": status.changed,
        "seconds": round(status.duration.total_seconds(), 3),
    }


def _to_the_comparison(job: Job) -> tuple | None:
    pk = (job.result or {}).get("reconciliation")
    return (_("To the comparison"), reverse("statistics:reconciliation", args=[pk])) if pk else None


@handler(
    RECONCILE_YEAR,
    label=_("Compare the figures of a year with the records"),
    words={"year": _("Year"), "compared": _("Figures compared"), "differences": _("Differences")},
    permission="statistics.rebuild_year",
    title=lambda job: (
        gettext("Figures of %(year)s compared with the records") % {"year": job.payload["year"]}
    ),
    leads_to=_to_the_comparison,
)
def reconcile_year(job, progress) -> dict:
    """Count the year that the job names directly, and compare every figure."""
    progress.start(1)
    city = Unit.objects.get(pk=job.payload["city"])
    found = reconciling.reconcile(job.payload["year"], city=city)
    progress.advance()
    return {
        "year": found.year,
        "compared": found.compared,
        "differences": found.differences,
        "reconciliation": found.pk,
    }


def start_reconciling(year: int, city: Unit, *, actor=None) -> Job:
    """Ask for the comparison of one year; while it is under way already, that job is answered."""
    payload = {"year": year, "city": city.pk}
    return jobs.start(RECONCILE_YEAR, actor=actor, payload=payload, key=f"{RECONCILE_YEAR}/{city.pk}/{year}")


@shared_task(name="statistics.reconcile_open_years")
def reconcile_open_years() -> None:
    """Beat, every night, before the years are computed anew: each computed year that is not final, as a job of its own."""
    for city in Unit.objects.in_force().cities():
        for year in YearStatus.objects.of_city(city).provisional().values_list("year", flat=True):
            start_reconciling(year, city)


@shared_task(name="statistics.rebuild_open_years")
def rebuild_open_years() -> None:
    """Beat, every night: each year that is not final, of each city, as a job of its own."""
    runs.forget_old(timezone.now())
    for city in Unit.objects.in_force().cities():
        for year in services.open_years(city):
            start_rebuild(year, city)


@shared_task(name="statistics.refresh_marked")
def refresh_marked() -> int:
    """Beat, twice a minute: each year of which something changed, as a task of its own; answers how many.

    No job rows: the runs tell what was done. A task that is lost, or comes twice, does no harm: the marks stay until
    a run has taken them.
    """
    number = 0
    for city in Unit.objects.in_force().cities():
        for year in marks.marked_years(city):
            refresh_year.delay(year, city.pk)
            number += 1
    return number


@shared_task(name="statistics.refresh_year", ignore_result=True)
def refresh_year(year: int, city_id: int) -> None:
    """Compute an open year again, compare a closed one with its seal, where something changed."""
    city = Unit.objects.get(pk=city_id)
    if YearStatus.objects.of_city(city).final().filter(year=year).exists():
        adjusting.adjust_year(year, city=city)
    else:
        services.refresh_year(year, city=city)
