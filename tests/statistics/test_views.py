"""The staff page: who sees it, who computes, and at what price."""

import pytest
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from mobilization.jobs.states import State
from mobilization.statistics import services, tasks
from mobilization.statistics.models import YearStatus
from tests.accounts.factories import user_with
from tests.jobs.factories import JobFactory
from tests.statistics.factories import make_registrations

YEAR = 2024
CITY_ROLES = (Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("role", "page", "act"),
    [
        (Role.CITY_STAFF, 200, 302),
        (Role.CITY_LEADER, 200, 404),
        (Role.AUDITOR, 200, 404),
        (Role.ADMINISTRATOR, 404, 404),
        (Role.REVIEWER, 404, 404),
        (Role.OFFICIAL, 404, 404),
    ],
)
def test_manage_and_rebuild_by_role(client, world, role, page, act):
    make_registrations(world.whole, YEAR)
    client.force_login(user_with(role, world.city if role in CITY_ROLES else world.first))
    assert client.get(reverse("statistics:manage")).status_code == page
    assert client.post(reverse("statistics:rebuild", args=[YEAR])).status_code == act
    assert Job.objects.count() == (1 if act == 302 else 0)


def test_manage_without_signing_in_leads_to_the_door(client, world):
    assert client.get(reverse("statistics:manage")).status_code == 302
    assert client.post(reverse("statistics:rebuild", args=[YEAR])).status_code == 302
    assert not Job.objects.exists()


@pytest.mark.parametrize("years", [1, 3])
def test_manage_takes_the_same_queries_for_any_number_of_years(
    client, world, years, django_assert_max_num_queries
):
    staff = user_with(Role.CITY_STAFF, world.city)
    for year in range(YEAR - years, YEAR):
        make_registrations(world.whole, year)
        services.rebuild_year(year, city=world.city, actor=staff)
    client.force_login(staff)
    with django_assert_max_num_queries(11):
        page = client.get(reverse("statistics:manage"))
    assert len(page.context["years"]) == years


def test_rebuild_leads_to_the_job(client, world):
    make_registrations(world.whole, YEAR)
    client.force_login(user_with(Role.CITY_STAFF, world.city))
    answer = client.post(reverse("statistics:rebuild", args=[YEAR]))
    assert answer.url == Job.objects.get().get_absolute_url()


@pytest.mark.parametrize("year", [1999, YEAR])
def test_rebuild_of_a_year_without_records_or_closed_is_not_found(client, world, year):
    services.rebuild_year(YEAR, city=world.city)
    YearStatus.objects.update(final=True)
    client.force_login(user_with(Role.CITY_STAFF, world.city))
    assert client.post(reverse("statistics:rebuild", args=[year])).status_code == 404


@pytest.mark.parametrize(
    ("role", "answer"), [(Role.CITY_STAFF, 302), (Role.ADMINISTRATOR, 404), (Role.CITY_LEADER, 404)]
)
def test_rebuild_asked_for_again_takes_the_right_to_ask(client, world, role, answer):
    user = user_with(role, world.city)
    kept = {"actor": user, "payload": {"year": YEAR, "city": world.city.pk}}
    job = JobFactory(kind=tasks.REBUILD_YEAR, state=State.FAILED, **kept)
    client.force_login(user)
    assert client.post(reverse("jobs:again", args=[job.pk])).status_code == answer
    assert Job.objects.count() == (2 if answer == 302 else 1)
