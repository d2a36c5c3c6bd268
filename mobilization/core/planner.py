"""What keeps PostgreSQL's plans good where it knows little of its tables: right after a bulk load, until autovacuum.

It then takes any selection for a handful of rows, and may run an inner query anew for every row of an outer one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import BooleanField, Func, QuerySet


def refresh(*tables: type[models.Model]) -> None:
    """Refresh the planner's statistics of the tables behind ``tables``, within the running transaction.

    Autovacuum does so by itself a minute later; a query over thousands of rows that were loaded in the same
    transaction would until then be planned as if there were none, and take minutes instead of milliseconds.
    """
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


class Among(Func):
    """The condition that ``column`` is one of what ``chosen`` (a query of one column) answers.

    Unlike ``column__in=chosen``, which PostgreSQL may join in any way, ``chosen`` is run once and before all else.
    For a choice that is small beside the table.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()

    def __init__(self, column: str, chosen: QuerySet) -> None:
        super().__init__(column, ArraySubquery(chosen))


@contextmanager
def hashed_joins(cursor) -> Iterator[None]:
    """Join by hashing or merging while the context lasts, never row by row.

    For joins of which each side is small enough to be read whole. Within a transaction.
    """
    with _without(cursor, "enable_nestloop"):
        yield


@contextmanager
def hashed(cursor) -> Iterator[None]:
    """Join and group by hashing only while the context lasts; read in the order of the table, not of an index.

    For tables, or parts of them, of which every row is needed: to sort them, or to walk an index, takes twice as long.
    Within a transaction.
    """
    with _without(cursor, "enable_nestloop", "enable_sort", "enable_indexscan"):
        yield


@contextmanager
def _without(cursor, *ways: str) -> Iterator[None]:
    settings = ", ".join(f"current_setting('{way}') AS {way}" for way in ways)
    turned = ", ".join(f"set_config('{way}', 'off', true)" for way in ways)
    # In one statement: what was set is read out before any of it is turned off.
    cursor.execute(f"WITH before AS MATERIALIZED (SELECT {settings}) SELECT before.*, {turned} FROM before")  # noqa: S608 -- constants
    before = cursor.fetchone()[: len(ways)]
    yield
    # After an error there is nothing to put back: the transaction takes the settings with it.
    restored = ", ".join(f"set_config('{way}', %s, true)" for way in ways)
    cursor.execute(f"SELECT {restored}", before)
