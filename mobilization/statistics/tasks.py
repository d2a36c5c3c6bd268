"""Computing years as jobs: on demand, and every night those that are not final."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from mobilization.jobs import services as jobs
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.statistics import services
from mobilization.units.models import Unit

REBUILD_YEAR = "statistics.rebuild_year"


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
)
def rebuild_year(job, progress) -> dict:
    """Compute the year that the job names."""
    progress.start(1)
    city = Unit.objects.get(pk=job.payload["city"])
    status = services.rebuild_year(job.payload["year"], city=city, actor=job.actor)
    progress.advance()
    return {
        "year": status.year,
        "figures": status.figures,
        "changed": status.changed,
        "seconds": round(status.duration.total_seconds(), 3),
    }


@shared_task(name="statistics.rebuild_open_years")
def rebuild_open_years() -> None:
    """Beat, every night: each year that is not final, of each city, as a job of its own."""
    for city in Unit.objects.in_force().cities():
        for year in services.open_years(city):
            start_rebuild(year, city)
