"""What a running job tells about itself."""

import threading
import time
from contextlib import contextmanager

from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from mobilization.jobs.models import Job
from mobilization.jobs.states import State

HEARTBEAT_SECONDS = 10
REPORT_SECONDS = 0.5


class OvertakenError(Exception):
    """Another worker has taken this job over; this run has to stop without a word."""


class Progress:
    """Handed to a handler, which says how far it is; written twice a second at most."""

    def __init__(self, job: Job) -> None:
        self._run = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=State.RUNNING)
        self._total = 0
        self._done = 0
        self._written = 0.0

    def start(self, total: int, message: str = "") -> None:
        """Say how much there is to do."""
        self._total, self._done = total, 0
        self._write(message)

    def advance(self, steps: int = 1, message: str = "") -> None:
        """Say that ``steps`` more are done. Raises ``OvertakenError`` when another worker does the job by now."""
        self._done += steps
        if time.monotonic() - self._written >= REPORT_SECONDS or self._done >= self._total:
            self._write(message)

    def tell(self, message: str) -> None:
        """Say what is being done now; written at once. Raises as ``advance``."""
        self._write(message)

    def _write(self, message: str) -> None:
        self._written = time.monotonic()
        fields = {"progress": self._done, "total": self._total, "heartbeat_at": timezone.now()}
        if message:
            fields["message"] = message
        if not self._run.update(**fields):
            raise OvertakenError


@contextmanager
def heartbeat(job: Job):
    """Show that the job is alive while the block runs, from a connection of its own.

    So one long statement does not look like a dead worker, and an open transaction does not hide it.
    """
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            try:
                Job.objects.filter(pk=job.pk, attempts=job.attempts).update(heartbeat_at=timezone.now())
            except (OperationalError, InterfaceError):
                connection.close()  # the database is away: the next beat tries a fresh connection
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
