"""What the database refuses, whoever writes."""

import datetime

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from mobilization.units.models import Succession, Unit
from tests.units.factories import UnitFactory, city, close, succeed

pytestmark = pytest.mark.django_db
D = datetime.date


def sql(statement: str, *parameters) -> None:
    """Write past all services, and let the database say what it thinks of it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def copy_of(unit: Unit, **changes) -> Unit:
    """Return an unsaved row like ``unit`` with an id, path and heir of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('units_unit', 'id'))")
        identifier = cursor.fetchone()[0]
    values = {
        field.attname: getattr(unit, field.attname)
        for field in Unit._meta.concrete_fields
        if field.name != "id"
    }
    parent = changes.pop("parent", unit.parent)
    path = f"{parent.path if parent else '/'}{identifier}/"
    return Unit(
        **values
        | {"id": identifier, "parent_id": parent and parent.pk, "heir_id": identifier, "path": path}
        | changes
    )


def save(row: Unit | Succession) -> None:
    with transaction.atomic():
        row.save(force_insert=True)
        sql("SELECT 1")


def refused(row: Unit | Succession, message: str) -> None:
    with pytest.raises(IntegrityError, match=message):
        save(row)


def test_code_two_lives_that_overlap_are_refused():
    unit = UnitFactory(code="00004", valid_from=D(2020, 1, 1), valid_to=D(2025, 7, 1))
    refused(copy_of(unit, valid_from=D(2025, 6, 30), valid_to=None), "one_life_at_a_time")


def test_code_two_lives_one_after_the_other_are_taken():
    unit = UnitFactory(code="00004", valid_from=D(2020, 1, 1), valid_to=D(2025, 7, 1))
    copy_of(unit, valid_from=D(2025, 7, 1), valid_to=None).save(force_insert=True)
    sql("SELECT 1")
    assert Unit.objects.filter(code="00004").count() == 2


def test_code_of_which_another_begins_is_another():
    unit = UnitFactory(code="001")
    copy_of(unit, code="00100").save(force_insert=True)
    copy_of(unit, code="0").save(force_insert=True)
    sql("SELECT 1")


def test_life_that_ends_when_it_starts_is_refused():
    unit = UnitFactory()
    refused(copy_of(unit, code="x", valid_to=unit.valid_from), "ends_after_start")


@pytest.mark.parametrize(("kind", "parent_kind"), [("commune", "commune"), ("committee", "rural_district")])
def test_parent_of_wrong_kind_is_refused(kind, parent_kind):
    parent = UnitFactory(kind=parent_kind)
    refused(copy_of(parent, code="x", kind=kind, parent=parent), "cannot be under")


def test_root_that_is_no_city_is_refused():
    refused(copy_of(UnitFactory(), code="x", parent=None), "root_is_city")


def test_kind_that_is_none_is_refused():
    refused(copy_of(UnitFactory(), code="x", kind="hamlet"), "units_unit_kind")


def test_parent_not_in_force_as_long_is_refused():
    district = UnitFactory(kind="rural_district", valid_from=D(2020, 1, 1), valid_to=D(2025, 7, 1))
    child = copy_of(UnitFactory(), code="x", parent=district, valid_from=D(2020, 1, 1), valid_to=None)
    refused(child, "not in force as long")


def test_parent_that_ends_before_its_children_is_refused():
    district = UnitFactory(kind="rural_district")
    UnitFactory(parent=district)
    with pytest.raises(IntegrityError, match="a child does not fit"):
        sql("UPDATE units_unit SET valid_to = '2025-07-01' WHERE id = %s", district.pk)


def test_path_that_is_not_the_parents_is_refused():
    unit = UnitFactory()
    with pytest.raises(IntegrityError, match="the path is wrong"):
        sql("UPDATE units_unit SET path = '/' || id || '/' WHERE id = %s", unit.pk)


def test_unit_is_never_deleted():
    unit = UnitFactory()
    with pytest.raises(InternalError, match="Cannot delete"):
        sql("DELETE FROM units_unit WHERE id = %s", unit.pk)


@pytest.fixture
def pair():
    before = UnitFactory(valid_to=D(2025, 7, 1))
    return before, UnitFactory(valid_from=D(2025, 7, 1))


def link(pair, **changes) -> Succession:
    values = {"on": D(2025, 7, 1), "relation": "whole", "is_main": True, "basis": "NQ"}
    return Succession(predecessor=pair[0], successor=pair[1], **values | changes)


def test_succession_that_fits_is_taken(pair):
    link(pair).save()
    sql("SELECT 1")


@pytest.mark.parametrize("on", [D(2025, 6, 30), D(2025, 7, 2)])
def test_succession_on_another_day_than_the_end_is_refused(pair, on):
    refused(link(pair, on=on), "date of a succession")


def test_succession_by_a_unit_not_in_force_that_day_is_refused(pair):
    late = UnitFactory(valid_from=D(2025, 7, 2))
    refused(link((pair[0], late)), "date of a succession")
    gone = UnitFactory(valid_to=D(2025, 7, 1))
    refused(link((pair[0], gone)), "date of a succession")


def test_succession_of_which_a_unit_later_changes_its_days_is_refused(pair):
    link(pair).save()
    sql("SELECT 1")
    with pytest.raises(IntegrityError, match="a succession does not fit"):
        sql("UPDATE units_unit SET valid_to = '2025-08-01' WHERE id = %s", pair[0].pk)
    with pytest.raises(IntegrityError, match="a succession does not fit"):
        sql("UPDATE units_unit SET valid_from = '2025-08-01' WHERE id = %s", pair[1].pk)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"share": "1.1"}, "units_succession_share"),
        ({"share": "-0.1"}, "units_succession_"),
        ({"share": "0"}, "main_has_people"),
        ({"relation": "friend"}, "units_succession_relation"),
        ({"is_main": False}, "one main successor"),
    ],
)
def test_succession_that_makes_no_sense_is_refused(pair, changes, message):
    refused(link(pair, **changes), message)


def test_succession_by_itself_is_refused(pair):
    refused(link((pair[0], pair[0])), "not_itself")


def test_succession_twice_is_refused(pair):
    link(pair).save()
    refused(link(pair, is_main=False), "units_succession_pair")


def test_succession_with_two_main_successors_is_refused(pair):
    link(pair).save()
    refused(link((pair[0], city())), "one_main")


def test_succession_with_shares_over_the_whole_is_refused(pair):
    link(pair, share="0.6").save()
    refused(link((pair[0], city()), is_main=False, share="0.5"), "more than the whole")


def test_succession_main_one_deleted_alone_is_refused(pair):
    link(pair).save()
    link((pair[0], city()), is_main=False).save()
    with pytest.raises(IntegrityError, match="one main successor"):
        sql("DELETE FROM units_succession WHERE is_main")


def test_history_keeps_each_version_and_cannot_be_changed():
    unit = UnitFactory()
    close(unit, D(2025, 7, 1))
    events = unit.events.order_by("pgh_id")
    assert [(event.pgh_label, event.valid_to) for event in events] == [
        ("insert", None),
        ("update", D(2025, 7, 1)),
    ]
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        events.update(name="x")


def test_is_in_force_first_day_counts_and_last_does_not():
    unit = UnitFactory(valid_from=D(2020, 3, 1), valid_to=D(2025, 7, 1))
    days = [D(2020, 2, 29), D(2020, 3, 1), D(2025, 6, 30), D(2025, 7, 1)]
    assert [unit.is_in_force(day) for day in days] == [False, True, True, False]


def test_lineage_walks_chains_in_one_query(django_assert_num_queries):
    first = UnitFactory(valid_to=D(2025, 1, 1))
    second = UnitFactory(valid_from=D(2025, 1, 1), valid_to=D(2025, 7, 1))
    third, side = UnitFactory(valid_from=D(2025, 7, 1)), UnitFactory(valid_from=D(2025, 7, 1))
    succeed(first, second, on=D(2025, 1, 1))
    succeed(second, third, side, on=D(2025, 7, 1))
    with django_assert_num_queries(1):
        forward = [(step.predecessor, step.successor) for step in first.lineage_forward()]
    assert forward == [(first, second), (second, third), (second, side)]
    with django_assert_num_queries(1):
        back = [(step.predecessor, step.successor) for step in side.lineage_back()]
    assert back == [(second, side), (first, second)]
