"""What is asked again is planned once, and always answers what it would have answered."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from mobilization.core import plans
from mobilization.core.statements import PlannedStatement
from mobilization.units.models import Unit
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def ask(sql, params=()):
    with connection.cursor() as cursor:
        plans.ask(cursor, sql, list(params))
        return cursor.fetchall()


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'again%%'", [])
        return [sql for (sql,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def nothing_is_kept():
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    plans._names.pop(connection.connection, None)


def test_ask_the_second_time_prepares_and_counts_as_one_statement():
    for number in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert ask("SELECT %s, '100%%'", ["a'b"]) == [("a'b", "100%")]
        assert len(asked) == 1
        assert len(kept()) == min(number, 1)
    assert asked.captured_queries[0]["sql"].startswith("EXECUTE again_")


def test_ask_without_values_answers_what_the_words_say():
    assert [ask("SELECT '100%%', 7 %% 4") for _ in range(3)] == [[("100%", 3)]] * 3


def test_ask_other_values_is_another_question():
    assert [ask("SELECT %s", [n]) for n in (1, 2, 1, 2, 1)] == [[(n,)] for n in (1, 2, 1, 2, 1)]
    assert len(kept()) == 2


def test_ask_tells_of_rows_that_came_since():
    statement = PlannedStatement(lambda: Unit.objects.order_by("pk").values_list("pk"))
    for _ in range(4):
        assert [row.pk for row in statement.rows()] == list(
            Unit.objects.order_by("pk").values_list("pk", flat=True)
        )
        UnitFactory()


def test_ask_beyond_the_most_forgets_what_was_not_needed_for_longest():
    for n in range(plans.MOST + 5):
        ask("SELECT %s", [n])
        ask("SELECT %s", [n])
        ask("SELECT 'needed'")
    assert len(kept()) == plans.MOST
    assert ask("SELECT %s", [0]) == [(0,)]
    assert any("needed" in sql for sql in kept())


@pytest.mark.django_db(transaction=True)
def test_ask_after_an_error_answers_again():
    def put(number):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS divisors (number int)")
            cursor.execute("DELETE FROM divisors")
            cursor.execute("INSERT INTO divisors VALUES (%s)", [number])

    question = "SELECT 1 / number FROM divisors"
    put(1)
    assert [ask(question), ask(question)] == [[(1,)]] * 2
    put(0)
    with pytest.raises(DataError):
        ask(question)
    put(1)
    assert [ask(question) for _ in range(3)] == [[(1,)]] * 3
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE divisors")


def test_ask_behind_a_pooler_prepares_nothing(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert [ask("SELECT 1") for _ in range(3)] == [[(1,)]] * 3
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_ask_on_several_connections_each_keeps_its_own():
    def thrice(_):
        try:
            return [ask("SELECT count(*) FROM units_unit") for _ in range(3)]
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as people:
        assert list(people.map(thrice, range(3))) == [[[(0,)]] * 3] * 3
