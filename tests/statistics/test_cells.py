"""The queries of a year keep their shape where the planner knows nothing of the tables."""

import json

import pytest
from django.db import connection

from dialogues.models import Opinion
from mobilization.statistics import cells, services
from mobilization.statistics.measures import MEASURES, awarded_registrations, count_directly
from mobilization.statistics.models import Figure
from models_registry.models import Recognition, Registration
from tests.shared import for_a_whole_file
from tests.statistics.factories import World, make_award, make_dialogue, make_opinions, make_registrations

pytestmark = pytest.mark.django_db
YEAR = 2024
RECORDS = {model._meta.db_table for model in (Registration, Recognition, Opinion)}


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def plan_of(query):
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (answer,) = cursor.fetchone()
    return (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]


def loops(plan):
    return [node for node in nodes(plan) if node["Node Type"] == "Nested Loop"]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Records that came in one transaction, of which the planner has no statistics."""
    with for_a_whole_file(django_db_blocker):
        world = World()
        made = make_registrations(world.whole, YEAR, 600)
        for registration in made[:10]:
            make_award(world.whole, YEAR, registration=registration)
        for _ in range(10):
            make_opinions(make_dialogue(world.whole, YEAR), 20)
        yield world


def test_queries_after_a_bulk_load_rows_of_few_are_never_joined_one_by_one(loaded):
    few = [(source, query) for source, query in cells.queries(YEAR, loaded.city) if source.few]
    assert [source.code for source, _query in few] == ["awards", "awarded_models"]
    with connection.cursor() as cursor, cells.hashed_joins(cursor):
        assert [loops(plan_of(query)) for _source, query in few] == [[], []]


def test_queries_after_a_bulk_load_no_record_is_looked_for_by_reading_all_of_its_kind(loaded):
    for _source, query in cells.queries(YEAR, loaded.city):
        inner = [node for loop in loops(plan_of(query)) for node in nodes(loop["Plans"][1])]
        read = {node.get("Relation Name") for node in inner if node["Node Type"] == "Seq Scan"}
        assert not read & RECORDS


def test_awarded_registrations_what_chooses_them_is_run_once(loaded):
    found = list(nodes(plan_of(awarded_registrations(YEAR))))
    (choosing,) = [
        node
        for node in found
        if node.get("Parent Relationship") == "InitPlan" and node["Node Type"] == "Unique"
    ]
    assert choosing["Subplan Name"].startswith("InitPlan")
    assert {node.get("Parent Relationship") for node in found} <= {None, "Outer", "Inner", "InitPlan"}


def test_rebuild_year_after_a_bulk_load_counts_what_is_there(loaded):
    services.rebuild_year(YEAR, city=loaded.city)
    totals = dict(
        Figure.objects.of_year(YEAR)
        .on_basis("as_filed")
        .of_units([loaded.city])
        .totals()
        .values_list("measure", "subtree")
    )
    for code in ("registered", "recognitions", "opinions_received", "awards_collective", "models_awarded"):
        assert totals[code] == count_directly(MEASURES[code], YEAR, loaded.city)
