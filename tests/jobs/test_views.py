import pytest
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from mobilization.jobs.states import State
from tests.accounts.factories import UserFactory, user_with
from tests.jobs.factories import JobFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    return user_with(Role.OFFICIAL, UnitFactory())


@pytest.fixture
def staff():
    return user_with(Role.CITY_STAFF, city())


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    client, staff, official, rows, django_assert_max_num_queries
):
    JobFactory.create_batch(rows, actor=official)
    client.force_login(staff)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("jobs:list"))
    assert len(page.context["object_list"]) == rows


def test_list_official_sees_own_jobs_only(client, official, staff):
    own = JobFactory(actor=official)
    JobFactory(actor=staff)
    client.force_login(official)
    assert client.get(reverse("jobs:list")).context["object_list"] == [own]


def test_list_filter_by_state(client, staff):
    failed = JobFactory(state=State.FAILED)
    JobFactory()
    client.force_login(staff)
    assert client.get(reverse("jobs:list"), {"state": "failed"}).context["object_list"] == [failed]


@pytest.mark.parametrize(
    ("role", "own", "detail", "again"),
    [
        (Role.CITY_STAFF, False, 200, 302),
        (Role.ADMINISTRATOR, False, 200, 302),
        (Role.AUDITOR, False, 200, 404),
        (Role.CITY_LEADER, False, 404, 404),
        (Role.OFFICIAL, False, 404, 404),
        (Role.OFFICIAL, True, 200, 302),
    ],
)
def test_job_who_may_see_it_and_run_it_again(client, role, own, detail, again):
    user = user_with(role, UnitFactory() if role == Role.OFFICIAL else city())
    job = JobFactory(actor=user if own else None, payload={"to": 1})
    client.force_login(user)
    assert client.get(job.get_absolute_url()).status_code == detail
    assert client.post(reverse("jobs:again", args=[job.pk])).status_code == again


def test_detail_open_job_asks_again_and_a_finished_one_loads_the_page(client, staff):
    job = JobFactory(state=State.RUNNING, progress=1, total=4)
    client.force_login(staff)
    assert b'hx-trigger="every 2s"' in client.get(job.get_absolute_url()).content
    fragment = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert b'value="1" max="4"' in fragment.content
    assert b"<html" not in fragment.content
    Job.objects.update(state=State.DONE, finished_at=job.created_at)
    assert client.get(job.get_absolute_url(), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_detail_shows_only_what_has_words(client, staff):
    job = JobFactory(result={"counted": 12, "internal": "x7y"}, payload={"to": "z9"})
    client.force_login(staff)
    page = client.get(job.get_absolute_url())
    assert page.context["job"].outcome == [("Counted", 12)]
    assert page.context["job"].asked_for == []


def test_list_says_which_year_and_leads_whoever_asked_to_what_came_of_it(client, staff):
    client.force_login(staff)
    payload = {"year": 2025, "city": city().pk}
    mine = JobFactory(kind="statistics.rebuild_year", payload=payload, actor=staff)
    clock = JobFactory(kind="statistics.reconcile_year", payload=payload, result={"reconciliation": 7})
    other = JobFactory(
        kind="models_registry.bulk", payload={"act": "accept", "rows": [[1, 1]]}, actor=UserFactory()
    )
    broken = JobFactory(kind="statistics.rebuild_year", payload={})
    page = client.get(reverse("jobs:list")).content.decode()
    assert all("2025" in job.title for job in (mine, clock))
    assert mine.title in page
    assert f"year=2025&amp;unit={city().pk}" in page
    assert reverse("statistics:reconciliation", args=[7]) in page
    assert reverse("models_registry:bulk_result", args=[other.pk]) not in page
    assert broken.title == str(broken.label)
