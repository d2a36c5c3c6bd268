"""Years are computed as jobs: on demand one at a time, and every night those that are open."""

import pytest

from mobilization.accounts.states import Role
from mobilization.jobs import tasks as jobs
from mobilization.jobs.models import Job
from mobilization.jobs.states import State
from mobilization.statistics import services, tasks
from mobilization.statistics.models import YearStatus
from tests.accounts.factories import user_with
from tests.statistics.factories import make_registrations

YEAR = 2024


def test_start_rebuild_twice_is_one_job(world):
    staff = user_with(Role.CITY_STAFF, world.city)
    first, second = (tasks.start_rebuild(YEAR, world.city, actor=staff) for _ in range(2))
    assert first == second


def test_rebuild_year_as_a_job_stores_figures_and_names_who_asked(world):
    make_registrations(world.whole, YEAR, 2)
    staff = user_with(Role.CITY_STAFF, world.city)
    job = tasks.start_rebuild(YEAR, world.city, actor=staff)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    status = YearStatus.objects.get(city=world.city, year=YEAR)
    assert (job.state, job.percent, job.result["figures"]) == (State.DONE, 100, status.figures)
    assert status.computed_by == staff


def test_rebuild_year_that_was_closed_fails_with_words(world):
    services.rebuild_year(YEAR, city=world.city)
    YearStatus.objects.update(final=True)
    job = tasks.start_rebuild(YEAR, world.city, actor=user_with(Role.CITY_STAFF, world.city))
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert str(YEAR) in job.message


@pytest.mark.parametrize("final", [True, False])
def test_rebuild_open_years_asks_for_each_year_that_is_not_final(world, final):
    make_registrations(world.whole, 2021)
    make_registrations(world.whole, 2022)
    services.rebuild_year(2021, city=world.city)
    YearStatus.objects.update(final=final)
    tasks.rebuild_open_years()
    asked = {job.payload["year"] for job in Job.objects.filter(kind=tasks.REBUILD_YEAR)}
    assert asked == ({2022} if final else {2021, 2022})
