import pytest

from mobilization.statistics.measures import MEASURES
from mobilization.statistics.services import rebuild_year
from tests.units.factories import city


def test_statistics_has_exactly_the_promised_members(ask, published):
    rebuild_year(2026, city=city())

    status, answer = ask("statistics", year=2026, unit=published.commune.pk, basis="current", scope="own")

    assert status == 200
    assert set(answer) == {"year", "unit", "basis", "scope", "computed_at", "final", "measures"}
    assert (answer["unit"], answer["basis"], answer["scope"]) == (published.commune.pk, "current", "own")
    assert set(answer["measures"]) == set(MEASURES)
    recognised = answer["measures"]["recognised"]
    assert recognised["total"] == 1
    assert recognised["by_field"] == {
        "political_system": 0,
        "economy": 1,
        "culture_society": 0,
        "defence_security": 0,
    }
    assert recognised["by_level"]["grassroots"] == 1
    assert answer["measures"]["opinions_received"]["total"] == 2


def test_statistics_without_a_unit_is_the_city_with_all_below(ask, published):
    rebuild_year(2026, city=city())

    answer = ask("statistics", year=2026)[1]

    assert (answer["unit"], answer["basis"], answer["scope"]) == (city().pk, "as_filed", "subtree")
    assert answer["measures"]["recognised"]["total"] == 1


def test_statistics_of_a_year_never_computed_says_so(ask, published):
    answer = ask("statistics", year=1999, unit=city().pk)[1]

    assert (answer["computed_at"], answer["final"]) == (None, False)
    assert answer["measures"]["registered"]["total"] == 0


@pytest.mark.parametrize("unit", ["commune", "city"])
def test_statistics_asks_the_same_number_of_queries_for_any_unit(
    ask, published, unit, django_assert_max_num_queries
):
    asked = {"commune": published.commune, "city": city()}[unit]

    with django_assert_max_num_queries(3):
        ask("statistics", year=2026, unit=asked.pk)


def test_measures_tell_definition_and_who_answers(client):
    answer = client.get("/api/v1/measures").json()
    assert [one["code"] for one in answer] == list(MEASURES)
    assert all(one["definition"] and one["records"] and one["answerable"] for one in answer)
