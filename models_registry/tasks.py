"""Work of the registry that is done outside of requests: ids in, one call each, harmless when run twice."""

import datetime

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress
from models_registry import notices
from models_registry.services import bulk, bulk_acts  # noqa: F401 -- the registry's own acts declare themselves


@shared_task(name="models_registry.announce_due_tomorrow")
def announce_due_tomorrow() -> int:
    """Tell the units what is to be completed by tomorrow; run by the clock. Returns how many were told."""
    return notices.announce_due(timezone.localdate() + datetime.timedelta(days=1))


def may_ask_for_bulk(user, job: Job) -> bool:
    """Only whoever chose the rows asks again: the acts are his, and as he saw them."""
    return job.actor_id == user.pk and job.payload.get("act") in {act.code for act in bulk.offered(user)}


def _title_of_bulk(job: Job) -> str:
    act, count = bulk.find(job.payload["act"]), len(job.payload["rows"])
    words = {"act": act.button if act else gettext("Many registrations at once"), "n": count}
    return ngettext("%(act)s: %(n)d registration", "%(act)s: %(n)d registrations", count) % words


@handler(
    bulk.BULK,
    label=_("Many registrations at once"),
    words={"done_count": _("Done"), "skipped_count": _("Left out")},
    permission=may_ask_for_bulk,
    title=_title_of_bulk,
    leads_to=lambda job: (
        _("To what was done and left out"),
        reverse("models_registry:bulk_result", args=[job.pk]),
    ),
)
def carry_out_bulk(job: Job, progress: Progress) -> dict:
    """Do to many registrations what was asked; what an earlier, cut-off run has done is not done again."""
    rows = [(pk, version) for pk, version in job.payload["rows"]]
    chunk = bulk.AT_ONCE if len(rows) <= bulk.AT_ONCE else bulk.CHUNK
    progress.start(len(rows))
    outcome = bulk.run(
        bulk.find(job.payload["act"]),
        rows,
        job.payload["words"],
        actor=job.actor,
        chunk=chunk,
        advance=progress.advance,
    )
    return {
        "done": outcome.done,
        "skipped": [list(pair) for pair in outcome.skipped],
        "done_count": len(outcome.done),
        "skipped_count": len(outcome.skipped),
    }
