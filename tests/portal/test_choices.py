"""What the address of a page of figures asks for."""

import pytest
from django.http import Http404, QueryDict

from mobilization.portal.choices import Choice, year_of
from mobilization.statistics.models import YearStatus
from mobilization.statistics.services import rebuild_year
from mobilization.statistics.themes import THEMES, About, theme_of
from tests.shared import for_a_whole_file
from tests.statistics.factories import World
from tests.units.factories import city

pytestmark = pytest.mark.django_db
YEARS = (2023, 2024, 2025, 2026)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = World(city())
        for year in YEARS:
            rebuild_year(year, city=world.city)
        yield world


def choice(**query):
    address = QueryDict(mutable=True)
    address.update({name: str(value) for name, value in query.items()})
    return Choice.of(address)


def test_choice_says_again_what_it_was_asked(world):
    asked = {"year": 2024, "unit": world.north.pk, "basis": "current", "scope": "own", "about": "awards"}
    made = choice(**asked, measure="awards_household", sort="-awards_individual")
    again = choice(**QueryDict(made.to()[1:]).dict())
    assert again == made
    assert choice(**QueryDict(made.about_to("models")[1:]).dict()).measure == "registered"
    assert "sort" not in made.unit_to(world.city)


def test_choice_of_an_ended_unit_is_its_last_year(world):
    assert choice(unit=world.north.pk).year == 2025
    assert choice(unit=world.north.pk, year=2026).year == 2026
    assert choice(unit=world.first.pk).year == 2026


@pytest.mark.parametrize(
    ("unit", "year", "basis", "expected"),
    [
        ("first", 2024, "as_filed", True),
        ("first", 2025, "as_filed", False),
        ("first", 2024, "current", False),
        ("whole", 2026, "as_filed", True),
        ("whole", 2025, "as_filed", False),
        ("whole", 2024, "current", True),
        ("north", 2024, "current", False),
    ],
)
def test_choice_of_another_time_is_told(world, client, unit, year, basis, expected):
    query = {"unit": getattr(world, unit).pk, "year": year, "basis": basis}
    made = choice(**query)
    assert made.is_of_another_time == expected
    assert ('class="note"' in client.get("/statistics/", query).content.decode()) == expected


@pytest.mark.parametrize("unit", ["0", "-1", "x", "9" * 30, "9" * 5000])
def test_choice_of_a_unit_that_is_none_is_not_found(db, unit):
    with pytest.raises(Http404):
        choice(unit=unit)


def test_choice_without_years_has_none(world):
    YearStatus.objects.all().delete()
    assert choice().year is None


@pytest.mark.parametrize(
    ("asked", "year"), [("2024", 2024), ("2022", 2026), ("", 2026), ("²", 2026), ("9" * 5000, 2026)]
)
def test_year_that_was_not_computed_is_the_last_one(asked, year):
    assert year_of(asked, sorted(YEARS, reverse=True)) == year


def test_every_measure_of_a_theme_leads_back_to_it():
    for theme in THEMES.values():
        own = set(theme.columns) - {"models_awarded"}  # told in two
        assert {theme_of(code).about for code in own} == {theme.about}
    assert theme_of("replicated").about == About.MODELS
