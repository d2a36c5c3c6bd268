"""What waits for somebody: questions to the querysets of the apps, never rows of its own.

So a to-do appears and vanishes with the work itself, and moves by itself when a position is handed over. An app
declares its to-dos in its ``notices.py``:

    todos.register(
        Todo(
            code="registration.review",
            label=_("Review and decide"),
            group=REVIEW,
            url="models_registry:queue",
            rows=lambda user: Registration.objects.awaiting_review_by(user).longest_waiting_first(),
            item=lambda row: Item(row.title, row.get_absolute_url(), row.unit, row.state_since),
            perm="models_registry.review_registrations",
        )
    )
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.functional import Promise

from mobilization.messaging import groups

if TYPE_CHECKING:
    from mobilization.accounts.models import User

SHOWN = 5
MOST_READ = 100


@dataclass(frozen=True)
class Item:
    """One thing that waits: its name, the exact screen, where it belongs, since when, until when."""

    title: str
    url: str
    unit: Any = None
    since: datetime.datetime | datetime.date | None = None
    due_on: datetime.date | None = None
    heir: Any = None
    """The unit that answers for it today; named where it is another one than ``unit``."""
    act: str = ""
    """What is done with just this one, in words; empty where its kind says it."""

    @property
    def is_overdue(self) -> bool:
        """Tell whether its day has passed."""
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class Todo:
    """One kind of work that waits for an act."""

    code: str
    label: str | Promise
    group: str
    url: str
    """The list that shows all of it: the name of an address, or an address."""
    rows: Callable[["User"], QuerySet | Sequence]
    """What waits for a user, the longest waiting first; asked once for each page, so it reads only what is shown."""
    item: Callable[[Any], Item]
    perm: str = ""
    """Whoever lacks it anywhere has nothing of this kind, and the database is not asked."""
    query: str = ""
    """What is added to the address, without "?"."""

    @property
    def address(self) -> str:
        """Return the address of the whole list."""
        return resolve_url(self.url) + (f"?{self.query}" if self.query else "")

    @property
    def group_label(self) -> str:
        """Return the heading."""
        return groups.label_of(self.group)

    def concerns(self, user: "User") -> bool:
        """Tell whether such work can wait for ``user`` at all; asks the database for nothing."""
        return not self.perm or user.has_perm(self.perm)

    def count(self, user: "User") -> int:
        """Return how much waits for ``user``, in one statement."""
        if not self.concerns(user):
            return 0
        rows = self.rows(user)
        return rows.order_by().count() if isinstance(rows, QuerySet) else len(rows)

    def items(self, user: "User", most: int = MOST_READ) -> list[Item]:
        """Return the first ``most`` things that wait for ``user``, in one statement."""
        return [self.item(row) for row in self.rows(user)[:most]] if self.concerns(user) else []

    def oldest(self, user: "User") -> Item | None:
        """Return what has waited longest for ``user``."""
        return next(iter(self.items(user, 1)), None)


@dataclass(frozen=True)
class Waiting:
    """What waits of one kind; at most ``MOST_READ`` are read and ``SHOWN`` shown, ``url`` leads to all."""

    todo: Todo
    items: list[Item] = field(default_factory=list)

    @property
    def act(self) -> str:
        """Return the act that is due."""
        return str(self.todo.label)

    @property
    def url(self) -> str:
        """Return the address of all of it."""
        return self.todo.address

    @property
    def shown(self) -> list[Item]:
        """Return the first of them."""
        return self.items[:SHOWN]

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more than were read."""
        return len(self.items) >= MOST_READ


_todos: dict[str, Todo] = {}


def register(*todos: Todo) -> None:
    """Declare to-dos, in the sequence in which people see them. Raises ``ValueError`` where two share a code."""
    for todo in todos:
        if _todos.setdefault(todo.code, todo) is not todo:
            raise ValueError(f"Two to-dos are called {todo.code}")


def all_todos() -> list[Todo]:
    """Return every kind of to-do."""
    return list(_todos.values())


def waiting_for(user: "User") -> list[Waiting]:
    """Return what waits for ``user``, kinds with at least one item only; a statement for each kind that concerns him."""
    found = (Waiting(todo, todo.items(user)) for todo in _todos.values())
    return [waiting for waiting in found if waiting.items]


def counts(user: "User") -> Iterator[tuple[Todo, int]]:
    """Yield each kind of which something waits for ``user``, with how much; a statement for each that concerns him."""
    for todo in _todos.values():
        number = todo.count(user)
        if number:
            yield todo, number
