"""Questions that come again on a connection, and that the database plans once.

To plan a question over twenty tables takes PostgreSQL longer than to answer it. What is asked again, word for word, is
therefore prepared. The database makes a new plan by itself when a table or what it knows of one has changed.
"""

import re
from collections import OrderedDict
from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

MOST = 64
"""So many plans one connection holds; the one that was not needed for longest goes first."""

_numbers = count(1)
_TABLE = re.compile(r'FROM "?(\w+)')
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 63
_names: WeakKeyDictionary = WeakKeyDictionary()
"""Of each connection to the database: the question → its name, None where it was asked once."""


def ask(cursor: CursorWrapper, question: str) -> None:
    """Execute ``question``, all values in it; from the second time on this connection by a plan that is kept.

    Always one statement. Where ``can_be_kept`` says no, nothing is prepared.
    """
    if not can_be_kept():
        cursor.execute(question)
        return
    names = _names_here()
    if question in names:
        _keep(cursor, question, _execute(cursor, question, names.pop(question), []))
    else:
        cursor.execute(question)
        _keep(cursor, question, None)


def ask_with(cursor: CursorWrapper, question: str, values: list) -> None:
    """Execute ``question``, in which ``$1``, ``$2`` … stand for ``values``, by one plan for all values.

    Always one statement. For questions that have one good plan whoever asks, and only where ``can_be_kept``.
    """
    _keep(cursor, question, _execute(cursor, question, _names_here().pop(question, None), values))


def can_be_kept() -> bool:
    """Tell whether the next transaction meets the same connection.

    Not where connections are shared behind a pooler, which Django is told by ``DISABLE_SERVER_SIDE_CURSORS``.
    """
    return not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")


def _names_here() -> OrderedDict:
    return _names.setdefault(connection.connection, OrderedDict())


def _execute(cursor: CursorWrapper, question: str, name: str | None, values: list) -> str:
    """Execute the plan ``name``, or make it first, in the same statement; return its name."""
    first = ""
    if name is None:
        name = _name(question)
        first = f"PREPARE {name} AS {question}; "
    if values:
        # The words of the question are no place for values any more.
        first = first.replace("%", "%%")
        cursor.execute(f"{first}EXECUTE {name}({', '.join(['%s'] * len(values))})", values)
    else:
        cursor.execute(f"{first}EXECUTE {name}")
    return name


def _name(question: str) -> str:
    """Return a name that nobody has; with the first table of the question, so that a log tells what was asked."""
    within = None
    while question != within:
        # What stands in brackets asks for something else.
        within, question = question, _BRACKETS.sub("", question)
    table = _TABLE.search(question)
    return f"again_{next(_numbers)}_{table[1] if table else ''}"[:_LONGEST]


def _keep(cursor: CursorWrapper, question: str, name: str | None) -> None:
    """Note what went well; after an error the question is a new one."""
    names = _names_here()
    names[question] = name
    if len(names) > MOST:
        _oldest, forgotten = names.popitem(last=False)
        if forgotten:
            cursor.connection.cursor().execute(f"DEALLOCATE {forgotten}")
