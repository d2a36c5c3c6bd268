import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker

from mobilization.core.errors import DomainError
from mobilization.jobs import handlers


def count(job, progress):
    """Count up to what was asked for."""
    progress.start(job.payload["to"])
    for _step in range(job.payload["to"]):
        progress.advance()
    return {"counted": job.payload["to"]}


def refuse(job, progress):
    raise DomainError("There is nothing to count.")


def break_down(job, progress):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Three kinds of jobs that exist in these tests only."""
    declared = dict(handlers._handlers)
    for kind, run in (("count", count), ("refuse", refuse), ("break_down", break_down)):
        declared[f"jobs.test_{kind}"] = handlers.Handler(
            f"jobs.test_{kind}", kind, run, "jobs.view_job", {"counted": "Counted"}
        )
    monkeypatch.setattr(handlers, "_handlers", declared)


@pytest.fixture
def worker(transactional_db):
    """A Celery worker on the embedded Redis, in a thread of this process."""
    current_app.control.purge()
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield
