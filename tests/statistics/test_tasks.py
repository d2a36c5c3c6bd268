"""Years are computed as jobs: on demand one at a time, and every night those that are open."""

import datetime

import pytest
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.jobs import tasks as jobs
from mobilization.jobs.models import Job
from mobilization.jobs.states import State
from mobilization.messaging.todos import all_todos
from mobilization.statistics import services, tasks
from mobilization.statistics.models import RebuildRun, YearStatus
from mobilization.units.models import Succession
from tests.accounts.factories import user_with
from tests.statistics.factories import REFORM, make_registrations, succeed

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


def test_reconcile_open_years_asks_for_each_computed_year_that_is_not_final(world):
    for year in (2021, 2022):
        make_registrations(world.whole, year)
        services.rebuild_year(year, city=world.city)
    YearStatus.objects.filter(year=2021).update(final=True)
    tasks.reconcile_open_years()
    (job,) = Job.objects.filter(kind=tasks.RECONCILE_YEAR)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.payload["year"], job.result["differences"]) == (State.DONE, 2022, 0)


def test_refresh_marked_computes_each_year_of_which_something_changed(world):
    for year in (2021, 2022):
        make_registrations(world.whole, year)
    assert tasks.refresh_marked() == 2
    for year in (2021, 2022, 2022):
        tasks.refresh_year(year, world.city.pk)
    assert {run.year for run in RebuildRun.objects.all()} == {2021, 2022}
    assert tasks.refresh_marked() == 0


def test_run_that_fails_is_kept_and_waits_for_city_staff(world):
    staff = user_with(Role.CITY_STAFF, world.city)
    make_registrations(world.whole, YEAR)
    # What the database refuses at the end of a transaction: units that went into each other.
    succeed(world.whole, world.unknown, main=1)
    succeed(world.unknown, world.whole, main=1)
    with pytest.raises(ValueError, match="circle"):
        services.rebuild_year(YEAR, city=world.city)
    (todo,) = (todo for todo in all_todos() if todo.code == "statistics.failed")
    assert (RebuildRun.objects.get().state, todo.count(staff)) == ("failed", 1)
    Succession.objects.filter(
        predecessor__in=[world.whole, world.unknown], successor__valid_to=REFORM
    ).delete()
    services.rebuild_year(YEAR, city=world.city)
    assert todo.count(staff) == 0


def test_runs_after_single_changes_are_forgotten_after_a_month(world):
    services.rebuild_year(YEAR, city=world.city)
    services.rebuild_year(YEAR, city=world.city, why="change")
    RebuildRun.objects.update(began_at=timezone.now() - datetime.timedelta(days=31))
    tasks.rebuild_open_years()
    assert [run.why for run in RebuildRun.objects.all()] == ["asked"]
