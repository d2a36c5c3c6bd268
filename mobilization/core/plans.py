"""Questions that come again on a connection, and that the database plans once.

To plan a question over twenty tables takes PostgreSQL longer than to answer it. What is asked again, word for word, is
therefore prepared. The database makes a new plan by itself when a table or what it knows of one has changed.
"""

from collections import OrderedDict
from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

MOST = 64
"""So many plans one connection holds; the one that was not needed for longest goes first."""

_numbers = count(1)
_names: WeakKeyDictionary = WeakKeyDictionary()
"""Of each connection to the database: the question → its name, None where it was asked once."""


def ask(cursor: CursorWrapper, sql: str, params: list) -> None:
    """Execute ``sql`` with ``params``; from the second time on this connection by a plan that is kept.

    Always one statement. Where connections are shared behind a pooler, which Django is told by
    ``DISABLE_SERVER_SIDE_CURSORS``, nothing is prepared: the next transaction may meet another connection.
    """
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        cursor.execute(sql, params)
        return
    question = cursor.mogrify(sql, params).decode() if params or "%" in sql else sql
    names = _names.setdefault(connection.connection, OrderedDict())
    known, name = question in names, names.pop(question, None)
    if not known:
        cursor.execute(sql, params)
    elif name is None:
        name = f"again_{next(_numbers)}"
        cursor.execute(f"PREPARE {name} AS {question}; EXECUTE {name}")
    else:
        cursor.execute(f"EXECUTE {name}")
    # Only what went well: after an error the question is a new one.
    names[question] = name
    if len(names) > MOST:
        _oldest, forgotten = names.popitem(last=False)
        if forgotten:
            cursor.connection.cursor().execute(f"DEALLOCATE {forgotten}")
