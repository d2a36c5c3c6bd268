"""The Sóc Sơn register: the totals of the district's own report come out of the portal's statistics."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command

from mobilization.accounts.states import Role
from mobilization.statistics import readers, services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.states import Basis, Scope
from mobilization.units.models import Unit
from tests.accounts.factories import user_with
from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture

REGISTER = Path(__file__).parents[2] / "awards" / "data" / "soc_son_2021_2024.xlsx"
YEARS = (2021, 2022, 2023, 2024)
HEIRS = {"Xã Sóc Sơn", "Xã Đa Phúc", "Xã Nội Bài", "Xã Trung Giã", "Xã Kim Anh"}

pytestmark = pytest.mark.slow


@pytest.fixture
def city(hanoi, db):  # noqa: F811 -- the fixture
    city = Unit.objects.in_force().cities().get()
    actor = user_with(Role.CITY_STAFF, city)
    call_command("load_register", str(REGISTER), actor=actor.email, verbosity=0)
    for year in YEARS:
        services.rebuild_year(year, city=city)
    return city


def summed(unit, basis, scope):
    """Code → the sum over the four years, with the breakdown by level beside it."""
    answers = [readers.statistics_of(year, unit, basis, scope)["measures"] for year in YEARS]
    totals = {code: sum(answer[code]["total"] for answer in answers) for code in MEASURES}
    levels = {
        level: sum(answer["recognitions"]["by_level"][level] for answer in answers)
        for level in ("grassroots", "intermediate", "city")
    }
    return totals, levels


def test_register_of_soc_son_gives_the_totals_of_its_report_in_both_bases(city):
    check_district_as_filed(city)
    check_communes_of_today_and_the_former_district(city)
    check_city_in_both_bases(city)


def check_district_as_filed(city):
    district = Unit.objects.get(full_name="Huyện Sóc Sơn")
    totals, levels = summed(district, Basis.AS_FILED, Scope.SUBTREE)
    own, _levels = summed(district, Basis.AS_FILED, Scope.OWN)
    assert levels == {"grassroots": 1041, "intermediate": 142, "city": 0}
    assert (totals["dialogues_periodic"], own["dialogues_periodic"]) == (78 + 3, 3)
    assert (totals["opinions_received"], own["opinions_received"]) == (1009 + 100, 100)
    assert (totals["dialogues_ad_hoc"], own["dialogues_ad_hoc"]) == (41, 41)
    assert totals["awards_collective"] == 2


def check_communes_of_today_and_the_former_district(city):
    codes = ["recognitions", "dialogues_periodic", "dialogues_ad_hoc", "opinions_received"]
    today, former = defaultdict(Counter), Counter()
    for year in YEARS:
        units = readers.units_below(city, year, Basis.CURRENT)
        for line in readers.table_of(units, year, Basis.CURRENT, Scope.SUBTREE, codes):
            today[line.unit.full_name] += Counter(
                {code: number.total for code, number in line.numbers.items()}
            )
        (line,) = readers.former_units(city, year, codes)
        assert line.unit.full_name == "Huyện Sóc Sơn"
        former += Counter({code: number.total for code, number in line.numbers.items()})
    assert {name for name, numbers in today.items() if numbers} == HEIRS
    assert sum(today.values(), Counter()) == {
        "recognitions": 1183,
        "dialogues_periodic": 78,
        "opinions_received": 1009,
    }
    assert former == {"dialogues_periodic": 3, "dialogues_ad_hoc": 41, "opinions_received": 100}


def check_city_in_both_bases(city):
    for year in YEARS:
        filed, current = (
            readers.statistics_of(year, city, basis, Scope.SUBTREE)["measures"] for basis in Basis
        )
        assert filed == current
    district = Unit.objects.get(full_name="Huyện Sóc Sơn")
    assert summed(city, Basis.CURRENT, Scope.SUBTREE) == summed(district, Basis.AS_FILED, Scope.SUBTREE)
