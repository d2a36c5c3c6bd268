"""The pages by which a year is closed, and what others say while it is open."""

import copy
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from mobilization.statistics import closing, services
from mobilization.statistics.models import Seal, YearStatus
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.awards.factories import issued
from tests.shared import for_a_whole_file
from tests.statistics.factories import World, make_dialogue, make_registrations

YEAR = 2024
CLOSE = f"/desk/statistics/{YEAR}/close/"
QUERIES: dict[str, int] = {}


@pytest.fixture(scope="module")
def people_once(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = year_of_people(World())
        connection.check_constraints()  # once, and not again after each test
        yield world


@pytest.fixture
def people(people_once, db):
    """A leader and staff of the city, an official of the first unit, and a year with one dialogue."""
    return copy.deepcopy(people_once)


def year_of_people(world):
    world.leader = user_with(Role.CITY_LEADER, world.city)
    world.staff = user_with(Role.CITY_STAFF, world.city)
    world.official = user_with(Role.OFFICIAL, world.first)
    type(world.whole).objects.filter(pk=world.whole.pk).update(heir=world.first)
    world.whole.refresh_from_db()
    world.dialogue = make_dialogue(world.whole, YEAR, attending=40)
    world.one = make_registrations(world.whole, YEAR, state=State.SUBMITTED)[0]
    services.rebuild_year(YEAR, city=world.city)
    return world


def test_close_asks_for_the_password_again(client, people):
    client.force_login(people.leader)
    assert client.get(CLOSE).status_code == 200
    answer = client.post(CLOSE, {"words": "Chờ", "confirmed": "on"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Seal.objects.exists()


def test_close_with_password_and_words_seals_the_year(client, people):
    people.leader.set_password("dan-van-kheo-2026")
    people.leader.save()
    client.force_login(people.leader)
    asked = client.post(CLOSE, {"words": "Chờ quý sau", "confirmed": "on"})
    answer = client.post(asked["Location"], {"password": "dan-van-kheo-2026"}, follow=True)
    assert answer.status_code == 200
    assert Seal.objects.get(year=YEAR).words == "Chờ quý sau"
    assert YearStatus.objects.get(year=YEAR).final
    assert client.get(reverse("statistics:closed", args=[YEAR])).context["seal"].year == YEAR
    assert client.get(CLOSE).status_code == 404


def test_close_page_lists_what_is_open(client, people):
    client.force_login(people.leader)
    checks = {check.code: check.number for check in client.get(CLOSE).context["checks"]}
    assert (checks["unreviewed"], checks["unpublished"], checks["not_over"]) == (1, 1, 0)


@pytest.fixture
def decision(people):
    return counted_decision(people.city)


def counted_decision(city):
    """A decision that is counted in the year."""
    return issued(unit=city, signed_on=datetime.date(YEAR, 9, 2))


def record_of(world, kind, decision):
    return {"registration": world.one, "dialogue": world.dialogue, "decision": decision}[kind]


@pytest.mark.parametrize("kind", ["registration", "dialogue", "decision"])
def test_record_of_an_open_year_says_nothing_of_corrections(client, decision, people, kind):
    client.force_login(people.staff)
    page = client.get(record_of(people, kind, decision).get_absolute_url()).content.decode()
    assert reverse("statistics:correction_new") not in page


def test_dialogue_that_was_never_held_says_nothing_of_corrections(client, people):
    planned = make_dialogue(people.whole, YEAR, state="planned")
    closing.close_year(YEAR, city=people.city, actor=people.leader, words="Chờ đến quý sau.")
    client.force_login(people.official)
    page = client.get(planned.get_absolute_url())
    assert page.status_code == 200
    assert reverse("statistics:correction_new") not in page.content.decode()


def test_records_behind_a_figure_of_an_open_year_lead_to_no_correction(client, people):
    client.force_login(people.official)
    asked = {"measure": "dialogue_participants", "year": YEAR, "unit": people.city.pk}
    (line,) = client.get("/statistics/records/", asked).context["lines"]
    assert line.correct == ""


@pytest.mark.parametrize("number", [1, 3])
def test_runs_take_the_same_queries_for_any_number(client, people, number):
    for _run in range(number - 1):
        services.rebuild_year(YEAR, city=people.city)
    client.force_login(people.staff)
    client.get(reverse("statistics:runs"))
    with CaptureQueriesContext(connection) as seen:
        page = client.get(reverse("statistics:runs"))
    assert len(page.context["object_list"]) == number
    assert len(seen) == QUERIES.setdefault("runs", len(seen))


def test_reconcile_leads_to_the_job(client, people):
    client.force_login(people.staff)
    answer = client.post(reverse("statistics:reconcile", args=[YEAR]))
    assert answer["Location"] == Job.objects.get(kind="statistics.reconcile_year").get_absolute_url()
