"""The lists behind all figures of one year of random records: as many as the figure says, in as many queries."""

import re

import pytest
from django.db import connection

from mobilization.accounts.states import Role
from mobilization.statistics import services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.states import Basis, Scope
from tests.accounts.factories import user_with
from tests.shared import for_a_whole_file
from tests.statistics.factories import World, scatter
from tests.units.factories import city

pytestmark = pytest.mark.django_db
YEAR = 2024
URL = "/statistics/records/"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = World(city())
        scatter(3, world.filing, YEAR)
        scatter(4, world.filing, YEAR)
        services.rebuild_year(YEAR, city=world.city)
        connection.check_constraints()  # once, and not again after each test
        yield world


@pytest.mark.parametrize("code", MEASURES)
def test_list_of_any_measure_takes_the_same_queries_for_any_number_of_records(
    client, world, code, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        page = client.get(URL, {"measure": code, "year": YEAR, "unit": world.city.pk, "basis": "current"})
    assert page.context["counted"] == page.context["number"].total


def test_every_figure_on_the_page_leads_to_a_list_of_as_many(client, world):
    client.force_login(user_with(Role.CITY_STAFF, world.city))
    seen = 0
    for query in (
        {},
        {"about": "dialogues"},
        {"about": "awards"},
        {"unit": world.north.pk, "scope": Scope.OWN},
    ):
        html = client.get("/statistics/", {"basis": Basis.AS_FILED, **query}).content.decode()
        links = re.findall(r'<a href="(?:/statistics/)?(records/[^"]+)"[^>]*>([\d.]+)</a>', html)
        for address, text in dict(links).items():
            page = client.get("/statistics/" + address.replace("&amp;", "&"))
            context = page.context
            assert context["counted"] == context["number"].total == int(text.replace(".", "")), address
            # What was awarded and never submitted nobody but its own unit reads.
            assert context["shown"] == context["total"] or "models_awarded" in address, address
            seen += 1
    assert seen > 60
