"""Rows that tests find again: what migrations load, and the units of Hanoi, laid aside in the template database.

Writing them anew for each test that needs them took a quarter of the time of the tests.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import psycopg2
from django.db import connection, transaction

from mobilization.core.embedded.postgres import SUPERUSER

MIGRATED, HANOI = "kept_migrated", "kept_hanoi"
LEFT_ALONE = {"django_migrations"}


def lay_aside() -> None:
    """Keep copies of all rows that the migrations loaded, then of those that come with the units of Hanoi."""
    from tests.units.factories import load_hanoi  # noqa: PLC0415 -- only once the apps are ready

    _copy_filled(MIGRATED, _filled(_tables("public")))
    before = set(_filled(_tables("public")))
    load_hanoi()
    _copy_filled(HANOI, [table for table in _filled(_tables("public")) if table not in before])
    take_out_hanoi()
    for table in _tables("public"):
        # It comes when it likes, and finds tables empty between two tests: see ``forget_what_was``.
        _execute(f'ALTER TABLE public."{table}" SET (autovacuum_enabled = false)')


def put_in_hanoi() -> None:
    """Put the units of Hanoi, all eras, with their successions and history, into the database."""
    with _without_triggers():
        for table in _tables(HANOI):
            _refill(HANOI, table)


def take_out_hanoi() -> None:
    """Empty the tables again that the units of Hanoi came with."""
    with _without_triggers():
        for table in _tables(HANOI):
            _execute(f'DELETE FROM "{table}"')


def as_migrated() -> None:
    """Bring every table back to what it held after the migrations, the append-only ones too."""
    kept = _tables(MIGRATED)
    filled = _filled([table for table in _tables("public") if table not in kept])
    changed = [table for table in kept if _differs(table)]
    with _without_triggers():
        for table in (*filled, *changed):
            _execute(f'DELETE FROM "{table}"')
        for table in changed:
            _refill(MIGRATED, table)


MANY_DEAD = 2_000


def forget_what_was() -> None:
    """Clear away the rows that tests took back, and let the planner know of no table how many rows it had.

    Tables were empty when they were last looked at, so a plan would take thousands of rows for one. What was never
    looked at is judged by its size. The database itself does neither in test databases: see ``lay_aside``.
    """
    dead = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND n_dead_tup > %s"
    for (table,) in _execute(dead, [MANY_DEAD]):
        _execute(f'VACUUM (SKIP_LOCKED) public."{table}"')
    _execute(
        "SELECT pg_clear_relation_stats('public', relname) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples >= 0"
    )


def let_do_without_triggers() -> None:
    """Let the role of the portal, which is an ordinary one, do what ``_without_triggers`` does, in this cluster."""
    there = connection.settings_dict
    superuser = psycopg2.connect(host=there["HOST"], user=SUPERUSER, dbname=there["NAME"])
    with superuser, superuser.cursor() as cursor:
        cursor.execute(f'GRANT SET ON PARAMETER session_replication_role TO "{there["USER"]}"')
    superuser.close()


@contextmanager
def _without_triggers() -> Iterator[None]:
    """One transaction in which no trigger refuses or notes anything, those of the keys between tables included.

    What is written was there before, with all it points to: to look that up again for each row takes longer than to
    write it, and to switch the triggers off table by table makes every plan anew.
    """
    with transaction.atomic():
        _execute("SET LOCAL session_replication_role = replica")
        yield
        _execute("SET LOCAL session_replication_role = origin")


def _execute(statement: str, parameters: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


@cache
def _tables(schema: str) -> tuple[str, ...]:
    found = _execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
    return tuple(table for (table,) in found if table not in LEFT_ALONE)


@cache
def _columns(table: str) -> str:
    """The columns that can be written."""
    found = _execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return ", ".join(f'"{column}"' for (column,) in found)


def _filled(tables: Iterable[str]) -> list[str]:
    asked = ", ".join(f"""CASE WHEN EXISTS (SELECT FROM "{table}") THEN '{table}' END""" for table in tables)
    ((found,),) = _execute(f"SELECT array_remove(ARRAY[{asked}], NULL)")
    return found


def _differs(table: str) -> bool:
    # By their text, since not every type can be compared; rows are few.
    now, then = (f'SELECT one::text FROM {schema}."{table}" one' for schema in ("public", MIGRATED))
    ((differs,),) = _execute(f"SELECT EXISTS ({now} EXCEPT {then}) OR EXISTS ({then} EXCEPT {now})")
    return differs


def _copy_filled(schema: str, tables: Iterable[str]) -> None:
    _execute(f"CREATE SCHEMA {schema}")
    for table in tables:
        _execute(f'CREATE TABLE {schema}."{table}" AS TABLE public."{table}"')


def _refill(schema: str, table: str) -> None:
    columns = _columns(table)
    _execute(
        f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {schema}."{table}"'
    )
