"""What of the rooms below the messages waits for somebody: jobs that failed."""

from django.utils.translation import gettext_lazy as _

from mobilization.jobs.filters import UNSUCCESSFUL
from mobilization.jobs.models import Job
from mobilization.messaging import groups, todos
from mobilization.messaging.todos import Item, Todo

JOBS = groups.register("jobs", _("Jobs"))


def _item(job: Job) -> Item:
    title = f"{job.label}: {job.message}" if job.message else str(job.label)
    return Item(title, job.get_absolute_url(), since=job.finished_at)


todos.register(
    Todo(
        "jobs.failed",
        _("Look at what failed"),
        JOBS,
        "jobs:list",
        rows=lambda user: (
            Job.objects.visible_to(user)
            .failed_and_not_repeated()
            .select_related("actor")
            .order_by("finished_at")
        ),
        item=_item,
        perm="desk.use",
        query=f"state={UNSUCCESSFUL}",
    )
)
