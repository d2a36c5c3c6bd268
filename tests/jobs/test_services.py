import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from mobilization.jobs import handlers, services
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.jobs.states import State
from models_registry.services.bulk import BULK
from tests.accounts.factories import UserFactory, user_with
from tests.jobs.factories import JobFactory
from tests.units.factories import city


def wait_for(job, state=State.DONE):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if job.state == state:
            return
        time.sleep(0.05)
    pytest.fail(f"still {job.state}: {job.message}")


@pytest.mark.usefixtures("worker")
@pytest.mark.django_db(transaction=True)
class TestWithWorker:
    def test_start_runs_to_the_end(self):
        job = services.start("jobs.test_count", actor=UserFactory(), payload={"to": 3})
        wait_for(job)
        assert (job.result, job.progress, job.total, job.percent, job.attempts) == (
            {"counted": 3},
            3,
            3,
            100,
            1,
        )

    def test_start_refusal_of_the_domain_is_told(self):
        job = services.start("jobs.test_refuse", actor=UserFactory())
        wait_for(job, State.FAILED)
        assert job.message == "There is nothing to count."

    def test_start_unexpected_error_is_recorded_without_details(self):
        job = services.start("jobs.test_break_down", actor=UserFactory())
        wait_for(job, State.FAILED)
        assert "division" not in job.message
        assert AuditEntry.objects.filter(act="job.fail").count() == 1

    def test_resend_lost_silent_run_is_done_again(self):
        silent = timezone.now() - timedelta(minutes=2)
        job = JobFactory(state=State.RUNNING, attempts=1, heartbeat_at=silent, payload={"to": 2})
        assert services.resend_lost() == 1
        wait_for(job)
        assert job.attempts == 2


@pytest.mark.django_db(transaction=True)
def test_start_broker_away_keeps_the_job(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", fail)
    job = services.start("jobs.test_count", actor=None, payload={"to": 1})
    job.refresh_from_db()
    assert (job.state, job.sent_at) == (State.QUEUED, None)
    monkeypatch.undo()
    assert Job.objects.silent_since(timezone.now(), timezone.now()).get() == job


@pytest.mark.django_db
def test_start_unknown_kind_is_refused():
    with pytest.raises(LookupError):
        services.start("jobs.nobody_knows", actor=None)


@pytest.mark.django_db
def test_start_same_key_answers_the_open_job():
    first = services.start("jobs.test_count", actor=None, payload={"to": 1}, key="one")
    assert services.start("jobs.test_count", actor=None, payload={"to": 1}, key="one") == first
    Job.objects.update(state=State.DONE, finished_at=timezone.now())
    assert services.start("jobs.test_count", actor=None, payload={"to": 1}, key="one") != first


@pytest.mark.django_db(transaction=True)
def test_start_same_key_at_the_same_moment_makes_one_job():
    found, together = [], threading.Barrier(4)

    def ask():
        together.wait()
        found.append(services.start("jobs.test_count", actor=None, payload={"to": 1}, key="one").pk)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), Job.objects.count()) == (4, 1, 1)


@pytest.mark.django_db
def test_start_is_in_the_audit_log():
    actor = UserFactory()
    job = services.start("jobs.test_count", actor=actor, payload={"to": 1})
    entry = AuditEntry.objects.get(act="job.start")
    assert (entry.actor, entry.target_id) == (actor, str(job.pk))


@pytest.mark.django_db
def test_resend_lost_hopeless_job_is_given_up():
    silent = timezone.now() - timedelta(minutes=2)
    job = JobFactory(state=State.RUNNING, attempts=services.MOST_ATTEMPTS, heartbeat_at=silent)
    assert services.resend_lost() == 0
    job.refresh_from_db()
    assert job.state == State.LOST


@pytest.mark.django_db
def test_resend_lost_living_and_fresh_jobs_are_left_alone():
    now = timezone.now()
    JobFactory(state=State.RUNNING, attempts=1, heartbeat_at=now)
    JobFactory(state=State.QUEUED, sent_at=now)
    JobFactory(state=State.DONE)
    assert services.resend_lost() == 0


@pytest.mark.django_db
def test_again_open_job_is_a_conflict():
    with pytest.raises(Conflict):
        services.again(JobFactory(state=State.QUEUED), actor=UserFactory())


@pytest.mark.django_db
def test_again_asks_for_the_same():
    job = JobFactory(payload={"to": 5}, key="five")
    copy = services.again(job, actor=UserFactory())
    assert (copy.kind, copy.payload, copy.key, copy.state) == (job.kind, job.payload, "five", State.QUEUED)


@pytest.mark.django_db
def test_again_tells_the_log_which_job_it_repeats_and_nothing_of_its_payload():
    job = JobFactory(payload={"reason": "words that are not for everybody"})
    copy = services.again(job, actor=UserFactory())
    entry = AuditEntry.objects.of(copy).get()
    assert (entry.act, entry.data["payload"]) == ("job.start", {"again": str(job.pk)})
    assert copy.payload == job.payload


@pytest.mark.django_db
def test_again_kind_that_is_gone_is_refused():
    with pytest.raises(DomainError):
        services.again(JobFactory(kind="jobs.gone"), actor=UserFactory())


def test_do_now_without_a_key_is_refused_and_takes_no_other_job_for_this():
    with pytest.raises(ValueError, match="needs a key"):
        services.do_now("jobs.test_count", actor=UserFactory.build(), payload={}, key="", told={})


def test_every_kind_of_job_says_who_may_ask_for_it():
    with pytest.raises(ValueError, match="who may ask"):
        handler("jobs.test_free", label="Free", permission="")
    assert all(declared.permission for declared in handlers._handlers.values())


@pytest.mark.django_db
def test_may_ask_for_a_bulk_of_somebody_else_is_refused():
    administrator = user_with(Role.ADMINISTRATOR, city())
    bulk = JobFactory(kind=BULK, actor=UserFactory(), state=State.FAILED, finished_at=timezone.now())
    assert not administrator.has_perm("jobs.run_job_again", bulk)
