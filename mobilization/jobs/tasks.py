"""The worker's side: one task runs every kind of job."""

import logging

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.context import request_context
from mobilization.core.errors import DomainError
from mobilization.jobs import services
from mobilization.jobs.handlers import handler_of
from mobilization.jobs.models import Job
from mobilization.jobs.progress import OvertakenError, Progress, heartbeat
from mobilization.jobs.states import State

logger = logging.getLogger(__name__)


@shared_task(name=services.RUN)
def run(job_id: str) -> None:
    """Do the job unless it is done, or another worker is at it. May come twice, or late."""
    job = _claim(job_id)
    if job is None:
        return
    language = getattr(job.actor, "language", "") or settings.LANGUAGE_CODE
    with request_context(f"job-{job.pk}"), translation.override(language), heartbeat(job):
        try:
            result = handler_of(job.kind).run(job, Progress(job))
        except OvertakenError:
            logger.info("Job %s was taken over by another worker", job.pk)
        except (OperationalError, InterfaceError):
            # The database is away. The row still says "running", so the job is sent again once the row is silent.
            logger.exception("Job %s was cut off", job.pk)
        except DomainError as refusal:
            _finish(job, State.FAILED, message=str(refusal))
        except Exception:
            logger.exception("Job %s failed", job.pk)
            _finish(job, State.FAILED, message=_("An unexpected error; the administrators' log names it."))
        else:
            _finish(job, State.DONE, result=result)


@shared_task(name="jobs.resend_lost")
def resend_lost() -> None:
    """Beat: every minute."""
    services.resend_lost()


@transaction.atomic
def _claim(job_id: str) -> Job | None:
    job = Job.objects.select_for_update(of=["self"]).select_related("actor").filter(pk=job_id).first()
    if job is None or job.state != State.QUEUED:
        return None
    job.state = State.RUNNING
    job.attempts += 1
    job.started_at = job.heartbeat_at = timezone.now()
    job.progress = job.total = 0
    job.message = ""
    job.save(
        update_fields=["state", "attempts", "started_at", "heartbeat_at", "progress", "total", "message"]
    )
    return job


@transaction.atomic
def _finish(job: Job, state: State, *, message: str | None = None, result: dict | None = None) -> None:
    """Write the outcome, unless another run has taken the job over."""
    fields = {"state": state, "result": result, "finished_at": timezone.now()}
    if message is not None:
        fields["message"] = message
    if Job.objects.filter(pk=job.pk, attempts=job.attempts, state=State.RUNNING).update(**fields):
        act = "job.finish" if state == State.DONE else "job.fail"
        log.record(act, actor=None, target=job, data={"job": job.kind})
