"""The pages by which a year is closed and corrected."""

import copy
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from mobilization.messaging.todos import all_todos
from mobilization.statistics import adjusting, closing, services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Correction, Mark, Seal, YearStatus
from models_registry.states import State
from tests.accounts.factories import PositionFactory, user_with
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


@pytest.fixture
def closed(people):
    closing.close_year(YEAR, city=people.city, actor=people.leader, words="Chờ đến quý sau.")
    return people


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


def test_registration_of_a_closed_year_leads_to_asking_for_a_correction(client, closed):
    client.force_login(closed.official)
    page = client.get(closed.one.get_absolute_url()).content.decode()
    assert f"{reverse('statistics:correction_new')}?record=registration:{closed.one.pk}" in page


@pytest.fixture
def decision(people):
    """A decision that is counted in the year."""
    return issued(unit=people.city, signed_on=datetime.date(YEAR, 9, 2))


def record_of(world, kind, decision):
    return {"registration": world.one, "dialogue": world.dialogue, "decision": decision}[kind]


@pytest.mark.parametrize("kind", ["registration", "dialogue", "decision"])
def test_every_record_of_a_closed_year_leads_whoever_may_ask_to_the_form(client, decision, closed, kind):
    record = record_of(closed, kind, decision)
    address = f"{reverse('statistics:correction_new')}?record={kind}:{record.pk}"
    may = {"staff": True, "leader": False}
    may |= {} if kind == "decision" else {"official": True}
    closed.auditor = user_with(Role.AUDITOR, closed.city)
    for name, asks in (may | {"auditor": False}).items():
        client.force_login(getattr(closed, name))
        page = client.get(record.get_absolute_url()).content.decode()
        assert (address in page) is asks, name
        assert client.get(address).status_code == (200 if asks else 404), name


@pytest.mark.parametrize("kind", ["registration", "dialogue", "decision"])
def test_record_of_an_open_year_says_nothing_of_corrections(client, decision, people, kind):
    client.force_login(people.staff)
    page = client.get(record_of(people, kind, decision).get_absolute_url()).content.decode()
    assert reverse("statistics:correction_new") not in page


def test_record_whose_correction_waits_leads_to_it_and_not_to_another_one(client, closed):
    client.force_login(closed.official)
    new = f"{reverse('statistics:correction_new')}?record=dialogue:{closed.dialogue.pk}"
    client.post(new, {"wanted": "41 người dự", "reason": "Biên bản số 3"})
    page = client.get(closed.dialogue.get_absolute_url()).content.decode()
    assert Correction.objects.get().get_absolute_url() in page
    assert new not in page


def test_dialogue_that_was_never_held_says_nothing_of_corrections(client, people):
    planned = make_dialogue(people.whole, YEAR, state="planned")
    closing.close_year(YEAR, city=people.city, actor=people.leader, words="Chờ đến quý sau.")
    client.force_login(people.official)
    page = client.get(planned.get_absolute_url())
    assert page.status_code == 200
    assert reverse("statistics:correction_new") not in page.content.decode()


def test_records_behind_a_figure_of_a_closed_year_lead_to_the_form_that_begins_with_the_figure(
    client, closed
):
    asked = {"measure": "dialogue_participants", "year": YEAR, "unit": closed.city.pk}
    client.force_login(user_with(Role.AUDITOR, closed.city))
    (line,) = client.get("/statistics/records/", asked).context["lines"]
    assert line.correct == ""
    client.force_login(closed.official)
    (line,) = client.get("/statistics/records/", asked).context["lines"]
    form = client.get(line.correct)
    assert form.context["record"] == closed.dialogue
    wanted = form.context["form"].initial["wanted"]
    words = (str(MEASURES["dialogue_participants"].label), closed.city.full_name, str(YEAR))
    assert all(word in wanted for word in words)
    reader = user_with(Role.AUDITOR, closed.city)
    PositionFactory(user=reader, role=Role.OFFICIAL, unit=closed.second)
    client.force_login(reader)
    (line,) = client.get("/statistics/records/", asked).context["lines"]
    assert line.correct == ""


def test_records_behind_a_figure_of_an_open_year_lead_to_no_correction(client, people):
    client.force_login(people.official)
    asked = {"measure": "dialogue_participants", "year": YEAR, "unit": people.city.pk}
    (line,) = client.get("/statistics/records/", asked).context["lines"]
    assert line.correct == ""


@pytest.mark.parametrize("query", [{"measure": "x"}, {"unit": "x"}, {"year": "9" * 30}, {"unit": "0"}])
def test_correction_about_no_figure_begins_with_an_empty_form(client, closed, query):
    client.force_login(closed.official)
    usual = {"measure": "registered", "unit": closed.city.pk, "year": YEAR}
    record = f"dialogue:{closed.dialogue.pk}"
    form = client.get("/desk/statistics/corrections/new/", {"record": record, **usual, **query})
    assert "wanted" not in form.context["form"].initial


def test_correction_from_asking_to_deciding(client, closed):
    client.force_login(closed.official)
    address = f"{reverse('statistics:correction_new')}?address={closed.dialogue.get_absolute_url()}"
    assert client.get(address).context["record"] == closed.dialogue
    client.post(address, {"wanted": "41 người dự", "reason": "Biên bản số 3"})
    asked = Correction.objects.get()
    assert (asked.asked_by, asked.record) == (closed.official, f"dialogues.dialogue:{closed.dialogue.pk}")
    decide = reverse("statistics:correction_decide", args=[asked.pk, "approve"])
    assert client.post(decide, {"answer": ""}).status_code == 404
    client.force_login(closed.leader)
    assert client.get(asked.get_absolute_url()).context["may_decide"]
    client.post(decide, {"answer": "Đồng ý"})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("approved", closed.leader)


@pytest.mark.parametrize("number", [1, 3])
def test_corrections_take_the_same_queries_for_any_number(client, closed, number):
    for order in range(number):
        Correction.objects.create(
            city=closed.city,
            unit=closed.whole,
            year=YEAR,
            record=f"dialogues.dialogue:{order}",
            title="Đối thoại",
            url="/desk/",
            wanted="Sửa",
            reason="Sai",
            asked_by=closed.official,
        )
    client.force_login(closed.staff)
    client.get(reverse("statistics:corrections"))
    with CaptureQueriesContext(connection) as seen:
        page = client.get(reverse("statistics:corrections"))
    assert len(page.context["object_list"]) == number
    assert len(seen) == QUERIES.setdefault("corrections", len(seen))


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


def test_change_without_a_known_cause_waits_until_somebody_names_one(client, closed):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dialogues_dialogue DISABLE TRIGGER USER")
        cursor.execute("UPDATE dialogues_dialogue SET attending = 41")
        cursor.execute("ALTER TABLE dialogues_dialogue ENABLE TRIGGER USER")
    Mark.objects.create(year=YEAR, unit=closed.whole)
    kept = adjusting.adjust_year(YEAR, city=closed.city)
    (todo,) = (todo for todo in all_todos() if todo.code == "statistics.unexplained")
    assert (kept.unexplained, todo.count(closed.staff)) == (True, 1)
    client.force_login(closed.staff)
    page = reverse("statistics:closed", args=[YEAR])
    explain = reverse("statistics:explain", args=[kept.pk])
    assert explain in client.get(page).content.decode()
    client.post(explain, {"reason": "Sửa thẳng trong cơ sở dữ liệu theo biên bản 3"})
    kept.refresh_from_db()
    assert [cause["kind"] for cause in kept.causes] == ["explained"]
    assert todo.count(closed.staff) == 0
    assert "biên bản 3" in client.get(page).content.decode()


def test_reconcile_leads_to_the_job(client, people):
    client.force_login(people.staff)
    answer = client.post(reverse("statistics:reconcile", args=[YEAR]))
    assert answer["Location"] == Job.objects.get(kind="statistics.reconcile_year").get_absolute_url()
