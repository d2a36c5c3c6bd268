"""The lines of the staff lists: only what they show leaves the database, and each word is looked up once a page.

A list is opened all day long, and the template's own way to two hundred cells took most of its time. So the lines are
written here, a column in one place, and only shown by the template.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobilization.core.templatetags.portal import date_vi
from models_registry.columns import LABELS, USUAL, chosen_beside, text_of
from models_registry.models import Registration
from models_registry.states import Level, State

COLUMNS = (
    *("id", "title", "registrant", "year", "level", "state", "late", "exemplary", "return_due_on"),
    *("state_since", "changed_at", "rounds", "file_count", "model__code"),
    "assignment__reviewer__full_name",
    *("unit_id", "unit__full_name", "unit__heir_id", "unit__heir__full_name"),
)
ROW = (
    '<tr>{tick}<th scope="row"><a href="{url}">{title}</a> <span class="muted small d-block">{about}</span></th>'
    "{cells}</tr>"
)
TICK = (
    '<td class="tick"><input class="form-check-input" type="checkbox" form="bulk" name="id" value="{}"'
    ' aria-label="{} {}"></td>'
)
BELOW = '{} <span class="muted small d-block">{}</span>'
BADGE = '<span class="state state--{}">{}</span>'
_NUMBERS = {"year"}


class Line(NamedTuple):
    """One row of the table: what it is called, where it leads, and how it is written."""

    title: str
    url: str
    html: SafeString


class Head(NamedTuple):
    """The head of a column: the order that it asks for where the list offers one, the words, the look."""

    order: str
    label: str
    css: str


def rows_of(found: QuerySet[Registration], shown: Sequence[str] = USUAL) -> QuerySet:
    """Return the columns of the lines of one page; what they are joined with is looked up for these rows only.

    Two statements: planning all those joins as part of the search for the rows takes longer than both.
    """
    ids = list(found.values_list("pk", flat=True))
    return _columns(tuple(chosen_beside(shown))).filter(pk__in=ids).order_by(*found.query.order_by)


@lru_cache(maxsize=64)
def _columns(beside: tuple[str, ...]) -> QuerySet:
    """Return what a line is made of, of all registrations: always the same, and narrowed before it is asked."""
    return Registration.objects.with_file_count().values_list(*COLUMNS, *beside, named=True)


def heads(shown: Sequence[str] = USUAL, *, queue: bool = False) -> list[Head]:
    """Return the heads of the table: that of the title, and those of the columns ``shown``."""
    orders = {"day": "since" if queue else "changed", "year": "year"}
    looks = dict.fromkeys(_NUMBERS, "num")
    labels = _labels_of(shown, queue=queue)
    columns = [Head(orders.get(name, ""), label, looks.get(name, "")) for name, label in labels.items()]
    return [Head("title", _("Title"), ""), *columns]


def lines(
    rows: Iterable[Any],
    *,
    today: datetime.date,
    queue: bool = False,
    ticks: bool = False,
    shown: Sequence[str] = USUAL,
) -> list[Line]:
    """Return ``rows`` as the table shows them: words instead of codes, every mark that the row bears, one day.

    ``shown`` names the columns, as ``rows_of`` was told. With ``queue`` the day is that since which it waits, and its
    page leads on to the next one that waits. With ``ticks`` each row can be ticked for the form "bulk".
    """
    write = _Writer(today, shown, queue=queue, ticks=ticks)
    return [write.line(row) for row in rows]


class _Writer:
    """Writes the rows of one page; what several rows say is escaped once."""

    def __init__(self, today: datetime.date, shown: Sequence[str], *, queue: bool, ticks: bool) -> None:
        self.today, self.queue = today, queue
        self.tick = _("Tick:") if ticks else ""
        self.untitled, self.now = _("Untitled registration"), _("now %(unit)s")
        before, after = reverse("models_registry:detail", args=[0]).rsplit("0", 1)
        self.address = f"{before}%d{after}{'?queue=1' if queue else ''}"
        self.states = {state: format_html(BADGE, state, label) for state, label in _words(State)}
        marks = (("late", _("Late")), ("exemplary", _("Exemplary")), ("overdue", _("Overdue")))
        self.marks = {mark: format_html(BADGE, mark, label) for mark, label in marks}
        self.levels = {level: escape(label) for level, label in _words(Level)}
        self.zone = timezone.get_current_timezone()
        self.units: dict[int, SafeString] = {}
        self.days: dict[datetime.date, SafeString] = {}
        own = {"unit": self._unit, "state": self._state, "day": self._day}
        own |= {"year": lambda row: str(row.year), "level": lambda row: self.levels.get(row.level, "")}
        self.columns: list[tuple[SafeString, Callable[[Any], Any]]] = [
            (_opening(name, label), own.get(name) or text_of(name))
            for name, label in _labels_of(shown, queue=queue).items()
        ]

    def line(self, row: Any) -> Line:
        """Return the line of ``row``."""
        title, url = row.title or self.untitled, self.address % row.id
        shown = escape(title)
        html = format_html(
            ROW,
            tick=format_html(TICK, row.id, self.tick, shown) if self.tick else "",
            url=mark_safe(url),  # noqa: S308 -- an address of ours and a number
            title=shown,
            about=" · ".join(_about(row)),
            cells=self._cells(row),
        )
        return Line(title, url, html)

    def _cells(self, row: Any) -> SafeString:
        cells = (f"{opening}{conditional_escape(text(row))}</td>" for opening, text in self.columns)
        return mark_safe("".join(cells))  # noqa: S308 -- each text is escaped

    def _unit(self, row: Any) -> SafeString:
        found = self.units.get(row.unit_id)
        if found is None:
            found = escape(row.unit__full_name)
            if row.unit__heir_id != row.unit_id:
                found = format_html(BELOW, found, self.now % {"unit": row.unit__heir__full_name})
            self.units[row.unit_id] = found
        return found

    def _state(self, row: Any) -> SafeString:
        found = [self.states[row.state], *(self.marks[mark] for mark in _marks(row, self.today))]
        return mark_safe(" ".join(found))  # noqa: S308 -- written above

    def _day(self, row: Any) -> SafeString:
        day = (row.state_since if self.queue else row.changed_at).astimezone(self.zone).date()
        found = self.days.get(day)
        if found is None:
            found = date_vi(day)
            if self.queue:
                found = format_html(BELOW, found, _waited((self.today - day).days))
            self.days[day] = found
        return found


def _labels_of(shown: Sequence[str], *, queue: bool) -> dict[str, str]:
    labels = {name: str(label) for name, label in LABELS.items() if name in shown}
    if "day" in labels:
        labels["day"] = _("Waiting since") if queue else _("Changed on")
    return labels


def _opening(name: str, label: str) -> SafeString:
    look = mark_safe(' class="num"') if name in _NUMBERS else ""
    return format_html('<td{} data-label="{}">', look, label)


def _about(row: Any) -> Iterator[str]:
    yield row.model__code
    if row.registrant:
        yield row.registrant
    if row.file_count:
        yield ngettext("%(count)d file", "%(count)d files", row.file_count) % {"count": row.file_count}
    if row.assignment__reviewer__full_name:
        yield _("assigned to %(who)s") % {"who": row.assignment__reviewer__full_name}
    if row.rounds:
        yield ngettext("%(count)d time returned", "%(count)d times returned", row.rounds) % {
            "count": row.rounds
        }


def _waited(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _marks(row: Any, today: datetime.date) -> Iterator[str]:
    if row.late:
        yield "late"
    if row.exemplary:
        yield "exemplary"
    if row.return_due_on and row.return_due_on < today:
        yield "overdue"


def _words(words: type) -> Iterator[tuple[str, str]]:
    return ((value, str(label)) for value, label in words.choices)
