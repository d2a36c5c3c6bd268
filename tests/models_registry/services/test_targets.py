import pytest

from models_registry.models import Target
from models_registry.services.targets import read_pasted, save_kind_targets, save_targets
from models_registry.targets import owed_by
from tests.models_registry.factories import CampaignFactory, city_staff
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def test_save_targets_writes_changes_and_takes_away():
    campaign, staff = CampaignFactory(), city_staff()
    one, two = UnitFactory(), UnitFactory()
    save_targets(campaign, {one: 4, two: 0}, actor=staff)
    save_targets(campaign, {one: 5, two: None}, actor=staff)
    assert list(Target.objects.values_list("unit", "number")) == [(one.pk, 5)]


def test_owed_by_unit_of_its_own_wins_also_with_nothing_owed():
    campaign, staff = CampaignFactory(), city_staff()
    free, other, ward = UnitFactory(), UnitFactory(), UnitFactory(kind="ward")
    save_kind_targets(campaign, {"commune": 6, "ward": None}, actor=staff)
    save_targets(campaign, {free: 0}, actor=staff)
    units = [(unit.pk, unit.kind) for unit in (free, other, ward)]
    assert owed_by(campaign, units) == {free.pk: 0, other.pk: 6}


def test_read_pasted_reads_code_and_number_whatever_lies_between():
    units = [UnitFactory(code=f"1000{number}", full_name=f"Xã Dài Tên {number}") for number in range(4)]
    text = "10000\t3\n\n10001;4\r\n;\n\t,\xa0\n10002 5\n10003\tXã Dài Tên 3\t6\n"
    read = read_pasted(text, CampaignFactory())
    assert read.wrong == []
    assert read.right == list(zip(units, (3, 4, 5, 6), strict=True))


@pytest.mark.parametrize(
    "line",
    ["10000", "10000\tba", "10000\t-1", "10000\t10001", "10000\t²", "99999\t3", "\t3", ", ,x y z"],
)
def test_read_pasted_tells_what_is_wrong_at_which_line(line):
    UnitFactory(code="10000")
    read = read_pasted(f"\n{line}", CampaignFactory())
    assert read.right == []
    assert [(number, bool(why)) for number, _text, why in read.wrong] == [(2, True)]


def test_read_pasted_unit_twice_and_the_city_are_wrong():
    UnitFactory(code="10000")
    read = read_pasted(f"10000\t1\n10000\t2\n{city().code}\t3", CampaignFactory())
    assert [number for number, _text, _why in read.wrong] == [2, 3]
    assert len(read.right) == 1


def test_read_pasted_takes_one_statement_for_any_number_of_lines(django_assert_num_queries):
    campaign = CampaignFactory()
    for size in (1, 3):
        codes = [UnitFactory().code for _number in range(size)]
        with django_assert_num_queries(1):
            assert len(read_pasted("\n".join(f"{code}\t2" for code in codes), campaign).right) == size
