import contextlib
import datetime
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilization.core.text import vietnamese_sort_key
from mobilization.units.models import Succession, Unit
from mobilization.units.querysets import AmbiguousUnit, UnknownUnit
from mobilization.units.states import UnitKind
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
D = datetime.date
BEFORE, LAST_OF_OLD, FIRST_OF_NEW = D(2024, 12, 31), D(2025, 6, 30), D(2025, 7, 1)
any_day = st.dates(D(2008, 1, 1), D(2030, 1, 1))
# The fixture is the same for every example, and none of them writes.
examples = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def codes(units) -> list[str]:
    return sorted(unit.code for unit in units)


@pytest.mark.parametrize(
    ("on", "districts", "communes"), [(BEFORE, 30, 579), (LAST_OF_OLD, 30, 526), (FIRST_OF_NEW, 0, 126)]
)
def test_in_force_on_each_era_counts_hanois_units(hanoi, on, districts, communes):
    units = Unit.objects.in_force(on)
    assert (units.districts().count(), units.communes().count()) == (districts, communes)
    assert units.cities().count() == 1


def test_in_force_today_wards_and_communes(hanoi):
    kinds = Counter(Unit.objects.in_force(FIRST_OF_NEW).values_list("kind", flat=True))
    assert kinds == {UnitKind.CITY: 1, UnitKind.WARD: 51, UnitKind.COMMUNE: 75}


def test_by_code_means_another_unit_on_another_day(hanoi):
    named = [str(Unit.objects.by_code("00004", on).get()) for on in (LAST_OF_OLD, FIRST_OF_NEW)]
    assert named == ["Phường Trúc Bạch", "Phường Ba Đình"]


def test_by_code_all_126_new_codes_belonged_to_another_unit_before(hanoi):
    new = Unit.objects.in_force(FIRST_OF_NEW).communes()
    before = Unit.objects.in_force(BEFORE).filter(code__in=new.values("code"))
    assert before.count() == 126
    names = dict(before.values_list("code", "full_name"))
    assert sum(names[unit.code] != unit.full_name for unit in new) == 104


@given(on=any_day)
@examples
def test_in_force_on_any_day_is_what_the_dates_say(hanoi, on):
    units = list(Unit.objects.all())
    assert codes(Unit.objects.in_force(on)) == codes(unit for unit in units if unit.is_in_force(on))


@given(on=any_day)
@examples
def test_in_force_on_any_day_no_code_occurs_twice(hanoi, on):
    found = codes(Unit.objects.in_force(on))
    assert len(found) == len(set(found))


@given(on=any_day)
@examples
def test_under_on_any_day_every_unit_hangs_under_units_of_that_day(hanoi, on):
    in_force = {unit.pk: unit for unit in Unit.objects.in_force(on)}
    for unit in in_force.values():
        assert set(unit.path_ids) <= set(in_force)


def test_under_district_on_a_date_is_the_district_and_its_communes(hanoi):
    soc_son = Unit.objects.by_code("016", BEFORE).get()
    below = Unit.objects.under(soc_son).in_force(BEFORE)
    assert set(below) == {soc_son, *soc_son.children.in_force(BEFORE)}
    assert Unit.objects.descendants_of(soc_son).in_force(BEFORE).count() == below.count() - 1
    assert Unit.objects.under(soc_son).in_force(FIRST_OF_NEW).count() == 0


def test_under_unit_whose_id_begins_another_is_not_mixed_up():
    parents = [UnitFactory(kind="rural_district") for _ in range(12)]
    child = UnitFactory(parent=parents[-1])
    first = SimpleNamespace(path=f"/{city().pk}/{str(parents[-1].pk)[:1]}/")
    assert child not in Unit.objects.under(first)


def test_under_several_and_none():
    first, second, third = (UnitFactory() for _ in range(3))
    assert set(Unit.objects.under(first, second)) == {first, second}
    assert third not in Unit.objects.under(first, second)
    assert not Unit.objects.under().exists()


def test_ancestors_of_from_the_root_down():
    district = UnitFactory(kind="town")
    commune = UnitFactory(parent=district)
    assert list(Unit.objects.ancestors_of(commune)) == [city(), district]
    assert list(Unit.objects.ancestors_of(city())) == []


def test_heir_of_every_unit_is_in_force_today(hanoi):
    for unit in Unit.objects.select_related("heir"):
        assert unit.heir.is_in_force()
        assert unit.is_in_force() == (unit.heir == unit)


def test_heir_every_commune_of_the_past_has_one_main_chain(hanoi):
    main = {link.predecessor_id: link.successor for link in Succession.objects.main()}
    past = Unit.objects.communes().exclude(valid_to=None)
    assert past.count() == 612
    for unit in past.select_related("heir"):
        reached = main[unit.pk]
        while reached.pk in main:
            reached = main[reached.pk]
        assert unit.heir == reached


def test_heir_of_abolished_district_is_the_city(hanoi):
    district = Unit.objects.by_code("016", BEFORE).get()
    assert district.heir.kind == UnitKind.CITY


def test_answered_for_by_commune_is_itself_and_what_went_into_it(hanoi):
    ba_dinh = Unit.objects.by_code("00004", FIRST_OF_NEW).get()
    answered = set(Unit.objects.answered_for_by(ba_dinh))
    main = set(Unit.objects.predecessors_of(ba_dinh).filter(heir=ba_dinh))
    assert answered == {ba_dinh, *main}
    assert Unit.objects.by_code("00010", BEFORE).get() in answered


def test_answered_for_by_city_is_everything(hanoi):
    assert Unit.objects.answered_for_by(Unit.objects.cities().get()).count() == 769


def test_answered_for_by_all_of_today_leaves_nobody_out(hanoi):
    today = Unit.objects.in_force()
    assert sum(Unit.objects.filter(heir=unit).count() for unit in today) == 769


def test_order_is_vietnamese(hanoi):
    names = list(Unit.objects.in_force(FIRST_OF_NEW).communes().values_list("name", flat=True))
    assert names == sorted(names, key=vietnamese_sort_key)
    assert names[:7] == ["An Khánh", "Ba Đình", "Ba Vì", "Bạch Mai", "Bát Tràng", "Bất Bạt", "Bình Minh"]
    assert names.index("Dương Nội") < names.index("Đa Phúc") < names.index("Đại Mỗ") < names.index("Gia Lâm")


@pytest.mark.parametrize("text", ["ba dinh", "BA ĐÌNH", "Ba Đi", "phuong ba dinh", "dinh ba"])
def test_search_without_accents_and_case_finds(hanoi, text):
    assert "Phường Ba Đình" in {unit.full_name for unit in Unit.objects.in_force().search(text)}


@pytest.mark.parametrize("text", ["", "   "])
def test_search_for_nothing_is_everything(hanoi, text):
    assert Unit.objects.search(text).count() == 769


@given(text=st.text(max_size=60))
@examples
def test_search_any_text_is_answered(hanoi, text):
    Unit.objects.search(text).count()


def test_search_code_finds(hanoi):
    assert {unit.code for unit in Unit.objects.search("00004")} == {"00004"}


def test_by_name_25_short_names_occur_more_than_once_among_the_526(hanoi):
    communes = Unit.objects.in_force(LAST_OF_OLD).communes()
    counted = Counter(communes.values_list("name", flat=True))
    assert sum(number > 1 for number in counted.values()) == 25


def test_by_name_without_accents_finds_all_of_that_name(hanoi):
    found = Unit.objects.by_name("hoan kiem", LAST_OF_OLD)
    assert [unit.full_name for unit in found] == ["Quận Hoàn Kiếm"]
    assert [unit.full_name for unit in Unit.objects.by_name("Hoàn Kiếm")] == ["Phường Hoàn Kiếm"]


def test_resolve_full_name_or_code_is_one(hanoi):
    assert Unit.objects.resolve("Huyện Sóc Sơn", BEFORE).code == "016"
    assert Unit.objects.resolve(" thị  trấn sóc sơn ", BEFORE).code == "00376"
    assert Unit.objects.resolve("016", BEFORE).full_name == "Huyện Sóc Sơn"


def test_resolve_name_of_several_is_refused_and_lists_them(hanoi):
    with pytest.raises(AmbiguousUnit, match=r"Huyện Sóc Sơn \(016\), Thị trấn Sóc Sơn \(00376\)"):
        Unit.objects.resolve("Sóc Sơn", BEFORE)


def test_resolve_accents_tell_names_apart():
    plain, marked = UnitFactory(name="Dong My"), UnitFactory(name="Đông Mỹ")
    assert Unit.objects.resolve("Đông Mỹ") == marked
    assert Unit.objects.resolve("dong my") == plain
    with pytest.raises(AmbiguousUnit):
        Unit.objects.resolve("Đồng Mỹ")


def test_resolve_name_of_another_day_is_unknown(hanoi):
    with pytest.raises(UnknownUnit, match="01/07/2025"):
        Unit.objects.resolve("Quận Ba Đình", FIRST_OF_NEW)


@given(text=st.text(max_size=60))
@examples
def test_resolve_any_text_is_a_unit_or_a_sentence(hanoi, text):
    with contextlib.suppress(UnknownUnit, AmbiguousUnit):
        assert Unit.objects.resolve(text).is_in_force()


def test_predecessors_and_successors_through_chains(hanoi):
    van_mieu = Unit.objects.by_code("00181", BEFORE).get()
    assert [unit.full_name for unit in Unit.objects.successors_of(van_mieu)] == [
        "Phường Ô Chợ Dừa",
        "Phường Văn Miếu - Quốc Tử Giám",
        "Phường Văn Miếu - Quốc Tử Giám",
    ]
    ba_dinh = Unit.objects.by_code("00004", FIRST_OF_NEW).get()
    assert "Phường Nguyễn Trung Trực" in {unit.full_name for unit in Unit.objects.predecessors_of(ba_dinh)}


def test_successions_of_the_two_reorganisations(hanoi):
    assert Succession.objects.filter(on=D(2025, 1, 1)).count() == 86
    assert Succession.objects.filter(on=FIRST_OF_NEW).main().count() == 526
    assert not Succession.objects.filter(on=BEFORE).exists()
