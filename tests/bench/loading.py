"""Loading millions of rows in minutes: no triggers, no indexes and no folding of texts while the rows come in.

Everything holds for the running transaction only, so that a run that is broken off leaves an empty database.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import psycopg2
from django.db import connection

from mobilization.core.embedded.postgres import SUPERUSER

CHECKED = 997
MEMORY = "512MB"


@contextmanager
def in_bulk(tables: Sequence[str], *, vectors_given: Sequence[str]) -> Iterator[None]:
    """Load ``tables`` at once within the transaction: foreign keys are not looked up, indexes are made anew afterwards.

    Rows of those in ``vectors_given`` bring the vector of their generated column ``search`` along. That it is the one
    which the column would hold is tried on a part of the rows; ``SystemExit`` where it is not.
    """
    with _superuser(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [MEMORY])
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in vectors_given:
            _set_generated(cursor, table, generated=False)
        indexes = [statement for table in tables for statement in _drop_indexes(cursor, table)]
        yield
        for table in vectors_given:
            _set_generated(cursor, table, generated=True)
            _check_vectors(cursor, table)
        for statement in indexes:
            cursor.execute(statement)


def pieces(cursor, name: str, weight: str, texts: Iterable[str]) -> None:
    """Make the temporary table ``name`` of texts, numbered from 0, each with its search vector of that weight."""
    cursor.execute(
        f"""
        CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS
        SELECT place - 1 AS number, words, setweight(
            to_tsvector('simple', regexp_replace(portal_fold(words), '[^a-z0-9]+', ' ', 'g')), %s
        ) AS vector
        FROM unnest(%s::text[]) WITH ORDINALITY AS piece (words, place);
        ANALYZE {name}
        """,
        [weight, list(texts)],
    )


@contextmanager
def _superuser() -> Iterator[None]:
    """Let the portal's role do what only the superuser of the embedded server may; no other server is loaded so."""
    settings = connection.settings_dict
    admin = psycopg2.connect(host=settings["HOST"], user=SUPERUSER, dbname=settings["NAME"])
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {settings['USER']} SUPERUSER")
        try:
            yield
        finally:
            cursor.execute(f"ALTER ROLE {settings['USER']} NOSUPERUSER")
            admin.close()


def _set_generated(cursor, table: str, *, generated: bool) -> None:
    """Have the vector of ``table`` generated, or given with each row."""
    cursor.execute(
        "UPDATE pg_attribute SET attgenerated = %s WHERE attrelid = %s::regclass AND attname = 'search'",
        ["s" if generated else "", table],
    )


def _drop_indexes(cursor, table: str) -> list[str]:
    """Drop the indexes that no constraint rests on; answers what makes them again."""
    cursor.execute(
        """
        SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [table],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _check_vectors(cursor, table: str) -> None:
    cursor.execute(
        """
        SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
        JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
        WHERE adrelid = %s::regclass AND attname = 'search'
        """,
        [table],
    )
    (expression,) = cursor.fetchone()
    cursor.execute(
        f"SELECT count(*) FROM {table} WHERE id %% %s = 0 AND search IS DISTINCT FROM ({expression})",
        [CHECKED],
    )
    (wrong,) = cursor.fetchone()
    if wrong:
        raise SystemExit(f"{table}: {wrong} search vectors are not those of their texts.")
