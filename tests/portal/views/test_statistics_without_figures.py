"""The public page of statistics before anything is computed, or even loaded."""

import pytest

from mobilization.units.models import Unit
from tests.statistics.factories import World
from tests.units.factories import city

pytestmark = pytest.mark.django_db
URL = "/statistics/"


def test_page_without_figures_says_so(client):
    World(city())
    page = client.get(URL)
    assert page.status_code == 200
    assert page.context["page"] is None
    assert client.get(URL, {"format": "csv"}).status_code == 200


def test_page_on_an_empty_database_says_what_is_to_be_done(client):
    # As before anything is loaded: units that audit entries name are never deleted.
    Unit.objects.cities().update(valid_from="2019-01-01", valid_to="2020-01-01")
    answer = client.get(URL)
    assert answer.status_code == 200
    assert "manage.py load_units" in answer.content.decode()
