"""The list of jobs as a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mobilization.jobs.models import Job

CHUNK = 1_000


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [_("Job"), _("State"), _("Asked by"), _("Asked at"), _("Finished at")]


def rows(jobs: QuerySet[Job]) -> Iterator[list[Any]]:
    """Yield a row for each job."""
    for job in jobs.select_related("actor").iterator(chunk_size=CHUNK):
        asked_by = str(job.actor or _("The portal"))
        yield [job.title, str(job.get_state_display()), asked_by, job.created_at, job.finished_at]
