"""Which state of the public data a page was made of: equal stamps, equal pages."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.utils import timezone

from mobilization.core import plans

Kept = TypeVar("Kept")
Stamp = tuple[int, int, datetime.date]

_NUMBER = "SELECT coalesce(sum(number), 0)::bigint FROM portal_change"
_noted: ContextVar[Stamp | None] = ContextVar("public_stamp", default=None)
_kept: dict[tuple, tuple[Stamp, object]] = {}
_databases: WeakKeyDictionary = WeakKeyDictionary()
"""The database behind each open connection: one that is restored under the same name has another number."""


def stamp() -> Stamp:
    """Return the database, the number of the last committed change, and the day (units begin and end by date).

    Whoever reads it first and the data then has data that is as new as the stamp, or newer.
    """
    with connection.cursor() as cursor:
        # All that a kept page asks the database for, each time.
        plans.ask(cursor, _NUMBER)
        number = cursor.fetchone()[0]
    return _database(), number, timezone.localdate()


@contextmanager
def noted() -> Iterator[Stamp]:
    """Read the stamp once for all that is done in the block."""
    now = stamp()
    token = _noted.set(now)
    try:
        yield now
    finally:
        _noted.reset(token)


def kept(name: tuple, compute: Callable[[], Kept]) -> Kept:
    """Return what ``compute`` has once returned under ``name``, as long as no public data changes.

    The names are few, the values small: they stay in the memory of the process. Inside a transaction, whose own
    changes nobody else sees and which may yet be rolled back, nothing is kept.
    """
    if connection.in_atomic_block:
        return compute()
    now = _noted.get() or stamp()
    found = _kept.get(name)
    if found and found[0] == now:
        return found[1]
    value = compute()
    _kept[name] = (now, value)
    return value


def _database() -> int:
    found = _databases.get(connection.connection)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid::bigint FROM pg_database WHERE datname = current_database()")
            found = _databases[connection.connection] = cursor.fetchone()[0]
    return found
