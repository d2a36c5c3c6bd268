import datetime
import threading

import pytest
import time_machine
from django.db import connection

from mobilization.audit.models import AuditEntry
from mobilization.units.models import Succession, Unit
from mobilization.units.plans import Closing, Life, LifeKey, Link, Plan, PlanRefused
from mobilization.units.services import refresh_heirs, reorganise
from tests.accounts.factories import UserFactory
from tests.units.factories import UnitFactory, city, key, load_hanoi, succeed

pytestmark = pytest.mark.django_db
D = datetime.date
ON = D(2026, 7, 1)


@pytest.fixture
def actor():
    return UserFactory()


@pytest.fixture
def merger():
    """Two communes become one under a code that one of them had."""
    first = UnitFactory(code="00001", name="Một")
    second = UnitFactory(code="00002", name="Hai")
    merged = Life("00001", "commune", "Xã Ba", "Ba", "01", ON)
    return Plan(
        lives=[merged],
        closings=[Closing(key(first), ON), Closing(key(second), ON)],
        links=[
            Link(key(first), merged.key, ON, "whole", is_main=True, basis="NQ 1"),
            Link(key(second), merged.key, ON, "whole", is_main=True, basis="NQ 1"),
        ],
    )


def picture() -> list:
    """Everything that a reorganisation may touch."""
    return [
        list(Unit.objects.order_by("id").values_list()),
        list(Succession.objects.order_by("id").values_list()),
        AuditEntry.objects.count(),
    ]


def test_reorganise_closes_opens_links_and_tells(merger, actor):
    report = reorganise(merger, actor=actor)
    assert [unit.full_name for unit in report.opened] == ["Xã Ba"]
    assert [(unit.full_name, unit.valid_to) for unit in report.closed] == [("Xã Một", ON), ("Xã Hai", ON)]
    assert [(m.predecessor.name, m.successor.name, m.on) for m in report.moves] == [
        ("Một", "Ba", ON),
        ("Hai", "Ba", ON),
    ]
    assert len(report.linked) == 2
    acts = AuditEntry.objects.filter(actor=actor).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["unit.open", "unit.close", "unit.close", "unit.link", "unit.link"]


def test_reorganise_dry_run_tells_the_same_and_changes_nothing(merger, actor):
    before = picture()
    report = reorganise(merger, actor=actor, dry_run=True)
    assert report.dry_run
    assert len(report.opened), len(report.closed) == (1, 2)
    assert [move.successor.name for move in report.moves] == ["Ba", "Ba"]
    assert picture() == before


def test_reorganise_twice_changes_nothing_more(merger, actor):
    reorganise(merger, actor=actor)
    before = picture()
    report = reorganise(merger, actor=actor)
    assert report.changes_nothing
    assert report.links_unchanged == 2
    assert picture() == before


def test_reorganise_that_is_refused_changes_nothing(merger, actor):
    before = picture()
    bad = Plan(lives=merger.lives, closings=merger.closings[:1], links=merger.links)
    with pytest.raises(PlanRefused, match="Xã Hai"):
        reorganise(bad, actor=actor)
    assert picture() == before


def test_reorganise_ahead_of_its_date_leaves_heirs_until_then(merger, actor):
    with time_machine.travel(D(2026, 6, 30), tick=False):
        reorganise(merger, actor=actor)
        first = Unit.objects.get(name="Một")
        assert first.heir == first
        assert refresh_heirs() == 0
    with time_machine.travel(D(2026, 7, 1), tick=False):
        assert refresh_heirs() == 2
        first.refresh_from_db()
        assert first.heir.name == "Ba"
        assert refresh_heirs() == 0


def test_reorganise_district_abolished_records_pass_to_the_city(actor):
    district = UnitFactory(kind="rural_district", valid_from=D(2020, 1, 1))
    commune = UnitFactory(parent=district)
    plan = Plan(closings=[Closing(key(district), D(2025, 7, 1)), Closing(key(commune), D(2025, 7, 1))])
    report = reorganise(plan, actor=actor)
    assert [move.predecessor for move in report.moves if move.successor is None] == [district, commune]
    commune.refresh_from_db()
    district.refresh_from_db()
    assert (commune.heir, district.heir) == (city(), city())


def test_reorganise_main_successor_may_be_changed_later(actor):
    before, first, second = UnitFactory(), UnitFactory(), UnitFactory()
    succeed(before, first, second, on=D(2025, 7, 1))
    assert before.heir == first
    links = [
        Link(key(before), key(first), D(2025, 7, 1), "part", is_main=False, basis="NQ"),
        Link(key(before), key(second), D(2025, 7, 1), "part", is_main=True, basis="NQ"),
    ]
    report = reorganise(Plan(links=links), actor=actor)
    assert len(report.relinked) == 2
    before.refresh_from_db()
    assert before.heir == second


def test_reorganise_name_may_be_corrected_and_order_follows(actor):
    unit = UnitFactory(name="Ắc", full_name="Xã Ắc")
    life = Life(unit.code, "commune", "Xã An", "An", "01", unit.valid_from, seat="Thôn 1")
    report = reorganise(Plan(lives=[life]), actor=actor)
    unit.refresh_from_db()
    assert (unit.full_name, unit.seat) == ("Xã An", "Thôn 1")
    assert report.amended == [(unit, {"full_name": "Xã An", "name": "An", "seat": "Thôn 1"})]
    assert Unit.objects.communes().order_by("sort_key").first() == unit


def life(**changes) -> Life:
    values = {"code": "90001", "kind": "commune", "full_name": "Xã A", "name": "A", "parent_code": "01"}
    return Life(**values | {"valid_from": D(2020, 1, 1)} | changes)


def test_reorganise_every_contradiction_is_told_with_its_row(actor):
    unit = UnitFactory(code="00001", valid_from=D(2020, 1, 1), valid_to=D(2025, 1, 1))
    district = UnitFactory(kind="town", code="269", full_name="Thị xã Sơn Tây")
    UnitFactory(parent=district, full_name="Xã Con")
    lives = [
        life(row=2, kind="hamlet"),
        life(row=3, code="90002", valid_to=D(2019, 1, 1)),
        life(row=4, code="90003", parent_code="77"),
        life(row=5, code="90004", parent_code=""),
        life(row=6, code="90005", parent_code="00001", valid_to=D(2021, 1, 1)),
        life(row=7, code="00001", valid_from=D(2024, 1, 1), full_name="Xã Trùng"),
        life(row=8, code="00001", valid_from=D(2020, 1, 1), kind="ward"),
        life(row=9, code="269", kind="town", valid_from=district.valid_from, valid_to=ON),
        life(row=10, code="90006"),
        life(row=11, code="90006"),
    ]
    closings = [
        Closing(key(unit), D(2025, 2, 1), row=20),
        Closing(LifeKey("nobody", D(2020, 1, 1)), ON, row=21),
    ]
    with pytest.raises(PlanRefused) as refused:
        reorganise(Plan(lives=lives, closings=closings), actor=actor)
    reasons = {problem.row: problem.reason for problem in refused.value.problems}
    assert set(reasons) == {2, 3, 4, 5, 6, 7, 8, 9, 11, 20, 21}
    assert "hamlet" in reasons[2]
    assert "77" in reasons[4]
    assert "Xã Trùng" in reasons[7]
    assert "Xã Con" in reasons[9]
    assert "01/01/2025" in reasons[20]


def test_reorganise_every_wrong_link_is_told_with_its_row(actor):
    before = UnitFactory(valid_to=ON)
    after, other = UnitFactory(valid_from=ON), UnitFactory(valid_from=ON)
    nobody = LifeKey("nobody", ON)

    def link(row, predecessor=before, successor=after, **changes):
        values = {"on": ON, "relation": "part", "is_main": False, "basis": "NQ", "row": row}
        return Link(key(predecessor), key(successor), **values | changes)

    links = [
        link(2, on=D(2026, 6, 30)),
        link(3, predecessor=after, successor=before),
        Link(nobody, nobody, ON, "whole", is_main=True, row=4),
        link(5, successor=other, relation="friend"),
        link(6, successor=city(), predecessor_name="Xã Khác"),
        link(7, predecessor=other, successor=after, share=2),
        link(2, on=D(2026, 6, 30)),
    ]
    with pytest.raises(PlanRefused) as refused:
        reorganise(Plan(links=links), actor=actor)
    assert {problem.row for problem in refused.value.problems} == {2, 3, 4, 5, 6, 7}
    assert {problem.source for problem in refused.value.problems} == {"successions"}


@pytest.mark.parametrize(
    ("mains", "shares"), [((False, False), None), ((True, True), None), ((True, False), (1, 1))]
)
def test_reorganise_predecessor_needs_one_main_successor_and_one_whole(actor, mains, shares):
    before = UnitFactory(valid_to=ON)
    links = [
        Link(
            key(before),
            key(UnitFactory()),
            ON,
            "part",
            is_main=is_main,
            share=shares[position] if shares else None,
            basis="NQ",
            row=position + 2,
        )
        for position, is_main in enumerate(mains)
    ]
    with pytest.raises(PlanRefused) as refused:
        reorganise(Plan(links=links), actor=actor)
    assert [problem.row for problem in refused.value.problems] == [3]


def test_reorganise_another_province_stands_beside(actor):
    UnitFactory()
    plan = Plan(
        lives=[
            life(code="9900", full_name="Xã Lân Cận", name="Lân Cận", parent_code="99"),
            life(code="99", kind="city", full_name="Tỉnh Bắc Ninh", name="Bắc Ninh", parent_code=""),
        ]
    )
    reorganise(plan, actor=None)
    province = Unit.objects.get(code="99")
    assert set(Unit.objects.under(province).values_list("code", flat=True)) == {"99", "9900"}
    assert Unit.objects.under(Unit.objects.get(code="01")).count() == 2


@pytest.mark.django_db(transaction=True)
def test_reorganise_two_at_once_are_done_one_after_the_other():
    """Both find the code free; one opens it, the other is told so."""
    UnitFactory(kind="city", code="01")
    start = threading.Barrier(2)
    told = []

    def open_one(name: str) -> None:
        start.wait()
        try:
            reorganise(Plan(lives=[life(name=name, full_name=name, kind="ward")]), actor=None)
            told.append("opened")
        except PlanRefused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=open_one, args=("Một",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["opened", "opened"]
    assert Unit.objects.filter(code="90001").count() == 1


def test_load_statements_do_not_grow_with_the_units(django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        load_hanoi()
