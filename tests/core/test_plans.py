"""What is asked again is planned once, and always answers what it would have answered."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from mobilization.core import plans
from mobilization.core.statements import OneOf, PlannedStatement, Statement
from mobilization.units.models import Unit
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def ask(sql, params=()):
    with connection.cursor() as cursor:
        plans.ask(cursor, cursor.mogrify(sql, params).decode() if params else sql)
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
    assert [ask("SELECT '100%', 7 % 4") for _ in range(3)] == [[("100%", 3)]] * 3


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


def test_ask_with_other_values_uses_one_plan_and_one_statement():
    def found(number, word):
        with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
            plans.ask_with(cursor, "SELECT $1 + 1, $2 || '%', $1 % 7", [number, word])
            row = cursor.fetchone()
        assert len(asked) == 1
        return row

    assert [found(n, w) for n, w in ((1, "a'b"), (2, "%s"), (1, "a'b"))] == [
        (2, "a'b%", 1),
        (3, "%s%", 2),
        (2, "a'b%", 1),
    ]
    assert len(kept()) == 1


def test_statement_has_one_plan_for_all_values_and_none_for_lists():
    first, second = UnitFactory(code="00001"), UnitFactory(code="00002")
    named = Statement(lambda code: Unit.objects.filter(code=code).values_list("pk"), code=str)
    listed = Statement(lambda ids: Unit.objects.filter(OneOf(F("pk"), ids)).values_list("pk"), ids=list)
    for _ in range(8):
        assert [row.pk for row in named.rows(code="00001")] == [first.pk]
        assert [row.pk for row in named.rows(code="00002")] == [second.pk]
        assert named.rows(code="' OR 1=1 --") == []
        assert len(listed.rows(ids=[first.pk, second.pk])) == 2
    assert len(kept()) == 1


def test_statement_behind_a_pooler_prepares_nothing(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    unit = UnitFactory(code="00001")
    named = Statement(lambda code: Unit.objects.filter(code=code).values_list("pk"), code=str)
    for _ in range(3):
        assert [row.pk for row in named.rows(code="00001")] == [unit.pk]
    assert kept() == []


def test_name_of_a_plan_tells_the_first_table_of_the_question_and_not_of_one_within_it():
    inner = "ARRAY(SELECT id FROM messaging_message WHERE (read_at IS NULL))"
    for _ in range(2):
        ask(f"SELECT {inner}, (1 + 2) FROM accounts_user WHERE id IN (SELECT id FROM units_unit)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        [(name,)] = cursor.fetchall()
    assert name.endswith("_accounts_user")
