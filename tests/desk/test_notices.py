"""What failed by itself stands on the staff home, until somebody has asked for it again."""

import datetime

import pytest
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.jobs.states import State
from mobilization.messaging.todos import all_todos
from tests.accounts.factories import user_with
from tests.jobs.factories import JobFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def failed(**fields):
    values = {"state": State.FAILED, "finished_at": timezone.now(), "kind": "messaging.digests"}
    return JobFactory(**(values | fields))


def todo():
    return next(todo for todo in all_todos() if todo.code == "jobs.failed")


def waiting(user):
    return todo().count(user)


def test_failed_job_waits_for_who_watches_and_for_who_asked():
    staff, official = user_with(Role.CITY_STAFF, city()), user_with(Role.OFFICIAL, UnitFactory())
    other = user_with(Role.OFFICIAL, UnitFactory())
    failed(actor=official)
    assert [waiting(user) for user in (staff, official, other)] == [1, 1, 0]


def test_failed_job_that_was_asked_for_again_waits_no_longer():
    staff = user_with(Role.CITY_STAFF, city())
    failed(payload={"on": "2026-01-02"})
    assert waiting(staff) == 1
    JobFactory(kind="messaging.digests", payload={"on": "2026-01-02"})
    assert waiting(staff) == 0


def test_failed_job_of_long_ago_waits_no_longer():
    staff = user_with(Role.CITY_STAFF, city())
    failed(finished_at=timezone.now() - datetime.timedelta(days=8))
    assert waiting(staff) == 0


def test_list_behind_what_failed_shows_lost_jobs_too(client):
    client.force_login(user_with(Role.CITY_STAFF, city()))
    wanted = {failed(), failed(state=State.LOST)}
    JobFactory()
    assert set(client.get(todo().address).context["object_list"]) == wanted
