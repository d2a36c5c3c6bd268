"""Statements that are always the same but for their values: Django writes them once, then only values are put in.

To write a statement of twenty columns takes Django longer than the database takes to answer it, and so does planning
it. What every staff page asks is therefore written and planned when it is first asked, and kept. The queryset stays the
one place that says what is asked.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import BigIntegerField, BooleanField, Func, QuerySet, Value
from psycopg2.extensions import AsIs

from mobilization.core import plans

_UNLIKELY = 2**62


class OneOf(Func):
    """The condition ``column = ANY(numbers)``: one value, however many numbers there are.

    Of a queryset of one column the database makes the numbers first, by a plan of their own.
    """

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, column: Any, numbers: list[int] | QuerySet, **extra: Any) -> None:
        is_asked = isinstance(numbers, QuerySet)
        kept = ArraySubquery(numbers) if is_asked else Value(numbers, ArrayField(BigIntegerField()))
        super().__init__(column, kept, **extra)


class Slot(NamedTuple):
    """Where a value is put in."""

    name: str


class Written(NamedTuple):
    """A statement as it is sent: the words, the values or where they are put in, the kind of row."""

    sql: str
    params: list[Any]
    row: Callable[..., Any]
    converters: dict[int, Any]


class Statement:
    """A question of which only values change: ``rows(name=value, …)`` asks it and returns named tuples.

    ``make`` takes a value for each of ``slots`` (``int``, ``str``, or ``list`` for numbers asked for with ``OneOf``)
    and returns a queryset of ``values_list``. It must not look at the values, only hand them on. Raises
    ``ImproperlyConfigured`` when first asked if a value does not come out of the queryset as it went in.
    """

    def __init__(self, make: Callable[..., QuerySet], **slots: type) -> None:
        self.make = make
        self.slots = slots
        self._question: str | None = None

    def rows(self, **values: Any) -> list[Any]:
        """Ask with ``values``, one for each slot."""
        written = self.written
        with connection.cursor() as cursor:
            self.ask(cursor, values)
            found = cursor.fetchall()
        return [written.row(*row) for row in _converted(found, written.converters)]

    def ask(self, cursor: CursorWrapper, values: dict[str, Any]) -> None:
        """Send the statement; by one plan for all values, but for lists: how it is answered best hangs on their length."""
        if list in self.slots.values() or not plans.can_be_kept():
            cursor.execute(self.written.sql, self.filled(values))
            return
        if self._question is None:
            numbered = {name: AsIs(f"${number}") for number, name in enumerate(self.slots, 1)}
            self._question = cursor.mogrify(self.written.sql, self.filled(numbered)).decode()
        plans.ask_with(cursor, self._question, [values[name] for name in self.slots])

    def filled(self, values: dict[str, Any]) -> list[Any]:
        """Return what stands for each place of the written statement."""
        return [values[one.name] if isinstance(one, Slot) else one for one in self.written.params]

    @cached_property
    def written(self) -> Written:
        """The statement, made with values that no question holds, which are then looked for."""
        samples = {name: _sample(kind, number) for number, (name, kind) in enumerate(self.slots.items())}
        found = self.make(**samples)
        compiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, given = compiler.as_sql()
        params = [_slot_of(param, samples) or param for param in given]
        if lost := set(samples) - {one.name for one in params if isinstance(one, Slot)}:
            raise ImproperlyConfigured(f"A statement does not hold the values of {sorted(lost)}")
        row = namedtuple("Row", found._fields)  # noqa: PYI024 -- its fields are those asked for
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return Written(sql, params, row, converters)


class PlannedStatement(Statement):
    """A statement over many tables, whose best plan hangs on its values: these are part of the question.

    ``rows()`` asks it; from the second time on a connection by a plan of its own.
    """

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        super().__init__(make)

    def ask(self, cursor: CursorWrapper, values: dict[str, Any]) -> None:
        """Send the statement, in the same words each time."""
        if self._question is None:
            self._question = cursor.mogrify(self.written.sql, self.filled(values)).decode()
        plans.ask(cursor, self._question)


def _converted(rows: list[tuple], converters: dict[int, Any]) -> Iterable[Sequence[Any]]:
    """Return ``rows`` as Django would, without asking of each column whether it needs it."""
    if not converters:
        return rows
    changed = [list(row) for row in rows]
    for place, (converts, expression) in converters.items():
        for row in changed:
            for convert in converts:
                row[place] = convert(row[place], expression, connection)
    return changed


def _sample(kind: type, number: int) -> Any:
    unlikely = _UNLIKELY + number
    return {int: unlikely, list: [unlikely], str: f"{unlikely}"}[kind]


def _slot_of(param: Any, samples: dict[str, Any]) -> Slot | None:
    return next(
        (Slot(name) for name, one in samples.items() if type(one) is type(param) and one == param), None
    )
