"""The pages by which a closed year is corrected."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.messaging.todos import all_todos
from mobilization.statistics import adjusting, closing
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Correction, Mark
from tests.accounts.factories import PositionFactory, user_with
from tests.shared import for_a_whole_file
from tests.statistics.factories import World
from tests.statistics.test_closing_pages import YEAR, counted_decision, record_of, year_of_people

QUERIES: dict[str, int] = {}


@pytest.fixture(scope="module")
def closed_once(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = year_of_people(World())
        world.decision = counted_decision(world.city)
        closing.close_year(YEAR, city=world.city, actor=world.leader, words="Chờ đến quý sau.")
        connection.check_constraints()  # once, and not again after each test
        yield world


@pytest.fixture
def closed(closed_once, db):
    """The year of people, one decision among what it counts, that the leader has closed."""
    return copy.deepcopy(closed_once)


def test_registration_of_a_closed_year_leads_to_asking_for_a_correction(client, closed):
    client.force_login(closed.official)
    page = client.get(closed.one.get_absolute_url()).content.decode()
    assert f"{reverse('statistics:correction_new')}?record=registration:{closed.one.pk}" in page


@pytest.mark.parametrize("kind", ["registration", "dialogue", "decision"])
def test_every_record_of_a_closed_year_leads_whoever_may_ask_to_the_form(client, closed, kind):
    record = record_of(closed, kind, closed.decision)
    address = f"{reverse('statistics:correction_new')}?record={kind}:{record.pk}"
    may = {"staff": True, "leader": False}
    may |= {} if kind == "decision" else {"official": True}
    closed.auditor = user_with(Role.AUDITOR, closed.city)
    for name, asks in (may | {"auditor": False}).items():
        client.force_login(getattr(closed, name))
        page = client.get(record.get_absolute_url()).content.decode()
        assert (address in page) is asks, name
        assert client.get(address).status_code == (200 if asks else 404), name


def test_record_whose_correction_waits_leads_to_it_and_not_to_another_one(client, closed):
    client.force_login(closed.official)
    new = f"{reverse('statistics:correction_new')}?record=dialogue:{closed.dialogue.pk}"
    client.post(new, {"wanted": "41 người dự", "reason": "Biên bản số 3"})
    page = client.get(closed.dialogue.get_absolute_url()).content.decode()
    assert Correction.objects.get().get_absolute_url() in page
    assert new not in page


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
