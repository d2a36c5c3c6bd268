"""The same asking sent twice at the same moment, and two who do the same to the same rows."""

import threading

import pytest
from django.db import connection

from mobilization.jobs.models import Job
from models_registry.models import ReviewStep
from models_registry.services import bulk
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people, load_deciding_tiers

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Call each in a thread of its own, all at one moment; return their answers."""
    barrier, answers = threading.Barrier(len(calls)), []

    def run(call):
        try:
            barrier.wait(10)
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.fixture
def waiting(transactional_db):
    load_deciding_tiers()
    commune, _official, reviewer = commune_people()
    many = [RegistrationFactory(unit=commune, submitted=True) for _ in range(5)]
    return commune, reviewer, [(one.pk, one.version) for one in many]


def ask(rows, actor, token):
    return bulk.carry_out(bulk.find("accept"), rows, {}, actor=actor, back="/", token=token)


def test_the_same_form_sent_twice_at_once_is_one_job(waiting):
    _commune, reviewer, rows = waiting
    answers = at_once(*[lambda: ask(rows, reviewer, "same")] * 3)
    assert len({job.pk for job in answers}) == Job.objects.count() == 1
    assert answers[0].result["done_count"] == 5
    assert ReviewStep.objects.filter(act="accept", actor=reviewer).count() == 5


def test_two_who_accept_the_same_rows_accept_each_row_once(waiting):
    commune, reviewer, rows = waiting
    colleague = user_with("reviewer", commune)
    answers = at_once(lambda: ask(rows, reviewer, "one"), lambda: ask(rows[::-1], colleague, "two"))
    assert sum(job.result["done_count"] for job in answers) == 5
    assert sum(job.result["skipped_count"] for job in answers) == 5
    assert ReviewStep.objects.filter(act="accept", version=3).count() == 5
