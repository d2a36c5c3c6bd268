"""Work of the messages that is done outside of requests: ids in, one call each, harmless when run twice."""

import datetime

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mobilization.jobs import services as jobs
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress
from mobilization.messaging import digests, outbox, retention

DIGESTS = "messaging.digests"


@shared_task(name=outbox.DELIVER)
def deliver(ids: list[int]) -> int:
    """Hand these deliveries over; started when the act that made them was committed."""
    return outbox.deliver(ids)


@shared_task(name="messaging.deliver_due")
def deliver_due() -> int:
    """Try again what is due or was lost; run by the clock."""
    return outbox.deliver_due()


@shared_task(name="messaging.forget_old")
def forget_old() -> int:
    """Delete what was read long ago; run by the clock, at night."""
    return retention.forget_old()


@shared_task(name="messaging.ask_for_digests")
def ask_for_digests() -> str:
    """Ask for the job of the daily e-mails; run by the clock, in the morning."""
    on = timezone.localdate().isoformat()
    return str(jobs.start(DIGESTS, actor=None, payload={"on": on}, key=f"{DIGESTS}:{on}").pk)


@handler(
    DIGESTS,
    label=_("Daily e-mails"),
    words={"on": _("Day"), "count": _("How many")},
    permission="messaging.retry_delivery",
    title=lambda job: (
        gettext("Daily e-mails of %(day)s")
        % {"day": datetime.date.fromisoformat(job.payload["on"]).strftime("%d/%m/%Y")}
    ),
    leads_to=lambda _job: (_("To the outbox"), reverse("messaging:outbox")),
)
def send_digests(job: Job, progress: Progress) -> dict:
    """Write the daily e-mails of one day; what was written before a cut is not written again."""
    on = datetime.date.fromisoformat(job.payload["on"])
    progress.start(digests.recipients(on).count())
    return {"count": digests.send_digests(on, progress.advance)}
