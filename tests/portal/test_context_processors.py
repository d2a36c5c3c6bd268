"""What the shell of every public page says of the portal."""

import pytest
from django.core.cache import cache
from django.test import Client

from mobilization.portal.context_processors import PLACE_KEY, places
from mobilization.units.states import UnitKind
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_known_yet():
    places.kept.clear()
    cache.delete(PLACE_KEY)


def home() -> str:
    return Client().get("/").content.decode()


def test_place_with_one_city_in_force_is_its_name():
    UnitFactory(kind=UnitKind.CITY, full_name="Thành phố Cần Thơ")

    assert "Thành phố Cần Thơ" in home()


def test_place_with_several_cities_names_none():
    for name in ("Cần Thơ", "Huế"):
        UnitFactory(kind=UnitKind.CITY, full_name=f"Thành phố {name}")

    assert "hero-place" not in home()


def test_place_that_one_process_asked_for_is_there_for_all():
    UnitFactory(kind=UnitKind.CITY, full_name="Thành phố Cần Thơ")
    home()

    assert cache.get(PLACE_KEY) == "Thành phố Cần Thơ"
