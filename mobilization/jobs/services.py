"""Jobs are asked for here, and only here."""

import logging
from datetime import timedelta
from functools import partial

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.jobs.handlers import handler_of
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress
from mobilization.jobs.states import State

logger = logging.getLogger(__name__)

RUN = "jobs.run"
UNSENT_AFTER = timedelta(minutes=5)
SILENT_AFTER = timedelta(minutes=1)
MOST_ATTEMPTS = 5


def start(kind: str, *, actor, payload: dict | None = None, key: str = "", told: dict | None = None) -> Job:
    """Ask for a job, to be begun once the surrounding transaction is committed.

    With a ``key`` that an open job already has, that job is returned instead: one at a time. ``actor`` is None for
    what the clock asks for. ``told`` is what the log says of the payload, where that is long or not for everybody.
    Raises ``LookupError`` for a kind nobody declared.
    """
    handler_of(kind)
    with transaction.atomic():
        job = _create(kind=kind, key=key, payload=payload or {}, actor=actor)
        if job is None:
            return Job.objects.open().get(key=key)
        data = {"kind": kind, "payload": job.payload if told is None else told}
        log.record("job.start", actor=actor, target=job, data=data if actor else data | {"job": kind})
        transaction.on_commit(partial(send, job))
    return job


def do_now(kind: str, *, actor, payload: dict, key: str, told: dict) -> Job:
    """Do a short job while one waits, in one transaction, and keep its row like that of any other.

    A ``key`` names one asking: asked twice, at the same time too, it is done once, and the first one's job is
    returned. What the handler raises leaves nothing behind. Raises ``ValueError`` without a key, which would take any
    other asking for this one.
    """
    if not key:
        raise ValueError(f"A job of kind {kind} that is done at once needs a key.")
    handler = handler_of(kind)
    with transaction.atomic():
        job = _create(kind=kind, key=key, payload=payload, actor=actor)
        # Whoever was first has finished by now: a key in use makes the second one wait for the end of the first.
        first = Job.objects.filter(key=key).exclude(pk=job and job.pk).order_by("created_at").first()
        if job is None or first is not None:
            if job is not None:
                job.delete()
            return first
        log.record("job.start", actor=actor, target=job, data={"kind": kind, "payload": told})
        job.state, job.attempts, job.started_at = State.RUNNING, 1, timezone.now()
        job.save(update_fields=["state", "attempts", "started_at"])
        job.result = handler.run(job, Progress(job))
        job.state, job.finished_at = State.DONE, timezone.now()
        job.save(update_fields=["state", "result", "finished_at"])
        log.record("job.finish", actor=None, target=job, data={"job": kind})
    return job


def again(job: Job, *, actor) -> Job:
    """Ask for the same once more. Raises ``Conflict`` while the job is still open.

    The log names the job that it repeats: what of its payload is for the log was said when that one was asked for.
    """
    if job.is_open:
        raise Conflict(_("This job is not finished yet."))
    try:
        return start(job.kind, actor=actor, payload=job.payload, key=job.key, told={"again": str(job.pk)})
    except LookupError:
        raise DomainError(_("The portal no longer does jobs of this kind.")) from None


def send(job: Job) -> None:
    """Send the message for ``job``. A broker that is away is no failure: `resend_lost` tries again."""
    try:
        current_app.send_task(RUN, args=[str(job.pk)], retry=False)
    except (BrokerError, RedisError, OSError) as problem:
        logger.warning("Job %s could not be sent: %s", job.pk, problem)
        return
    Job.objects.filter(pk=job.pk).update(sent_at=timezone.now())


def resend_lost() -> int:
    """Send again what was lost on the way or died while running; return how many.

    After too many starts the job is given up as lost, so that one that kills its worker does not kill them all.
    """
    now = timezone.now()
    with transaction.atomic():
        found = Job.objects.silent_since(now - UNSENT_AFTER, now - SILENT_AFTER).select_for_update(
            skip_locked=True
        )
        silent = list(found)
        hopeless = [job for job in silent if job.attempts >= MOST_ATTEMPTS]
        for job in hopeless:
            job.state, job.finished_at = State.LOST, now
            job.message = _("Started %(count)d times and never finished.") % {"count": job.attempts}
            log.record("job.lose", actor=None, target=job, data={"job": job.kind, "attempts": job.attempts})
        Job.objects.bulk_update(hopeless, ["state", "finished_at", "message"])
        lost = [job for job in silent if job.attempts < MOST_ATTEMPTS]
        Job.objects.filter(pk__in=[job.pk for job in lost]).update(state=State.QUEUED)
    for job in lost:
        send(job)
    return len(lost)


def _create(*, key: str, **fields) -> Job | None:
    """Return the new job, or None where one with this key is open."""
    for last in (False, False, True):
        try:
            with transaction.atomic():
                return Job.objects.create(key=key, **fields)
        except IntegrityError:
            # Locked, so that it cannot finish between this look and the caller's.
            if Job.objects.open().filter(key=key).select_for_update().first():
                return None
            if last:
                raise
    return None
