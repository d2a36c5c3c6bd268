"""The records behind a figure: the public reads what is public and is told the rest, staff read what they may."""

import datetime

import pytest

from dialogues.states import State as DialogueState
from mobilization.accounts.states import Role
from mobilization.statistics import services
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.shared import for_a_whole_file
from tests.statistics.factories import (
    World,
    make_award,
    make_dialogue,
    make_opinions,
    make_registrations,
)
from tests.units.factories import city

pytestmark = pytest.mark.django_db
YEAR = 2024
PUBLISHED = {"state": DialogueState.PUBLISHED, "published_on": datetime.date(YEAR, 5, 25)}
URL = "/statistics/records/"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        yield World(city())


def computed(world):
    services.rebuild_year(YEAR, city=world.city)
    return world


def asked(client, world, code, unit=None, **query):
    return client.get(URL, {"measure": code, "year": YEAR, "unit": (unit or world.city).pk, **query})


def test_figure_of_what_is_public_lists_every_record(client, world):
    make_registrations(world.whole, YEAR, 30)
    page = asked(client, computed(world), "recognised")
    assert (page.context["number"].total, page.context["shown"], page.context["hidden"]) == (30, 30, 0)
    assert len(page.context["lines"]) == 25
    rest = asked(client, world, "recognised", cursor=page.context["page"].next)
    assert len(rest.context["lines"]) == 5


def test_figure_of_what_is_not_public_yet_says_how_many_and_shows_none_of_it(client, world):
    make_registrations(world.whole, YEAR, 2)
    (hidden,) = make_registrations(world.whole, YEAR, state=State.SUBMITTED, title="Khéo giữ kín")
    page = asked(client, computed(world), "registered")
    assert (page.context["number"].total, page.context["shown"], page.context["hidden"]) == (3, 2, 1)
    assert hidden.title not in page.content.decode()


def test_staff_read_what_is_not_public_in_their_scope_only(client, world):
    make_registrations(world.whole, YEAR, state=State.SUBMITTED, title="Khéo giữ kín")
    computed(world)
    client.force_login(user_with(Role.CITY_STAFF, world.city))
    page = asked(client, world, "registered")
    assert page.context["shown"] == 1
    assert "Khéo giữ kín" in page.content.decode()
    client.force_login(user_with(Role.REVIEWER, world.committee))
    page = asked(client, world, "registered")
    assert (page.context["shown"], page.context["hidden"]) == (0, 1)


def test_sum_lists_the_records_with_what_each_gives(client, world):
    make_dialogue(world.whole, YEAR, attending=80, **PUBLISHED)
    make_dialogue(world.north, YEAR, attending=12)
    make_dialogue(world.north, YEAR, attending=None, **PUBLISHED)
    page = asked(client, computed(world), "dialogue_participants")
    assert page.context["number"].total == page.context["counted"] == 92
    assert [line.value for line in page.context["lines"]] == [80]
    assert page.context["hidden"] == 1


def test_opinions_and_totals_of_dialogues_are_two_lists(client, world):
    make_opinions(make_dialogue(world.whole, YEAR, **PUBLISHED), 2)
    make_dialogue(world.whole, YEAR, **PUBLISHED, summary_only=True, opinions_total=9)
    page = asked(client, computed(world), "opinions_received")
    assert page.context["number"].total == 11
    assert [number for _label, number, _address, _here in page.context["parts"]] == [2, 9]
    assert [line.value for line in page.context["lines"]] == [9]
    page = asked(client, world, "opinions_received", part="0")
    assert (page.context["shown"], page.context["hidden"]) == (0, 2)


def test_sensitive_opinion_is_told_without_its_matter(client, world):
    make_opinions(make_dialogue(world.whole, YEAR, **PUBLISHED), matter="Khéo giữ kín", is_sensitive=True)
    client.force_login(user_with(Role.CITY_STAFF, world.city))
    page = asked(client, computed(world), "opinions_received", part="0")
    assert page.context["shown"] == 1
    assert "Khéo giữ kín" not in page.content.decode()


def test_award_leads_to_its_decision(client, world):
    award = make_award(world.whole, YEAR)
    page = asked(client, computed(world), "awards_collective")
    (line,) = page.context["lines"]
    assert line.url == f"/awards/decisions/{award.decision_id}/"


def test_restated_figure_of_a_divided_unit_names_it(client, world):
    make_registrations(world.shared, YEAR, 10)
    page = asked(client, computed(world), "registered", world.second, basis="current")
    assert (page.context["number"].total, page.context["counted"]) == (3, 10)
    assert page.context["divided"] == [world.shared]
    assert world.shared.full_name in page.content.decode()


def test_figure_that_changed_since_it_was_computed_says_so(client, world):
    make_registrations(world.whole, YEAR)
    computed(world)
    make_registrations(world.whole, YEAR)
    page = asked(client, world, "registered")
    assert (page.context["number"].total, page.context["counted"]) == (1, 2)


@pytest.mark.parametrize(
    "query",
    [{"measure": "password"}, {"measure": ""}, {"unit": "x"}, {"unit": "99999999999999999999999"}],
)
def test_figure_that_is_none_is_not_found(client, world, query):
    computed(world)
    assert client.get(URL, {"measure": "registered", "year": YEAR} | query).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"by": "password"},
        {"by": "field", "key": "x"},
        {"part": "9"},
        {"part": "²"},
        {"cursor": "x"},
        {"key": "\x00"},
    ],
)
def test_figure_with_words_that_make_no_sense_is_still_shown(client, world, query):
    computed(world)
    assert client.get(URL, {"measure": "registered", "year": YEAR} | query).status_code in {200, 404}


def test_key_of_a_breakdown_lists_its_records(client, world):
    make_registrations(world.whole, YEAR, 2, field="economy")
    make_registrations(world.whole, YEAR, 3, field="culture_society")
    page = asked(client, computed(world), "registered", by="field", key="culture_society")
    assert page.context["number"].total == page.context["shown"] == 3
