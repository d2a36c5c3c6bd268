"""The lines of the staff lists: only what they show leaves the database, and each word is looked up once a page.

A list is opened all day long, and the template's own way to two hundred cells took most of its time. So the lines are
written here, a column in one place, and only shown by the template.
"""

import datetime
import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mobilization.core.once import Once
from mobilization.core.statements import OneOf, Statement
from mobilization.core.templatetags.portal import date_vi
from mobilization.units.models import Unit
from models_registry.columns import LABELS, USUAL, chosen_beside, text_of
from models_registry.models import Assignment, Registration, SkilledModel
from models_registry.states import Level, State

COLUMNS = (
    *("id", "title", "registrant", "year", "level", "state", "late", "exemplary", "return_due_on"),
    *("state_since", "changed_at", "rounds", "unit_id", "unit__full_name", "unit__heir_id"),
    *("heir_name", "code", "reviewer_name", "file_count"),
)
ROW = '<tr>%s<th scope="row"><a href="%s">%s</a> <span class="muted small d-block">%s</span></th>%s</tr>'
TICK = (
    '<td class="tick"><input class="form-check-input" type="checkbox" form="bulk" name="id" value="%d"'
    ' aria-label="%s %s"></td>'
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


def rows_of(ids: list[int], shown: Sequence[str] = USUAL) -> list[Any]:
    """Return what the lines of the registrations ``ids`` show, in that order.

    A statement of its own: planning all its joins as part of the search for the rows takes longer than both.
    """
    rows = _columns(tuple(chosen_beside(shown))).rows(ids=ids) if ids else []
    return sorted(rows, key=lambda row: ids.index(row.id))


@lru_cache(maxsize=64)
def _columns(beside: tuple[str, ...]) -> Statement:
    """Return what asks for all that lines are made of; always in the same words."""
    return Statement(lambda ids: described(ids, beside), ids=list)


def described(ids: list[int] | QuerySet, beside: Sequence[str] = ()) -> QuerySet:
    """Return all that the lines of the registrations ``ids`` are made of, with the columns ``beside`` the usual ones.

    Subqueries and not joins: six of those are planned in all their sequences, for rows that are found by their keys.
    """
    found = Registration.objects.filter(OneOf(F("pk"), ids)).with_file_count()
    named = found.annotate(
        heir_name=_text(Unit.objects.filter(pk=OuterRef("unit__heir")), "full_name"),
        code=_text(SkilledModel.objects.filter(pk=OuterRef("model")), "code"),
        reviewer_name=_text(Assignment.objects.filter(registration=OuterRef("pk")), "reviewer__full_name"),
    )
    return named.values_list(*COLUMNS, *beside)


def _text(found: QuerySet, name: str) -> Subquery:
    return Subquery(found.order_by().values(name))


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


def body(written: Iterable[Line]) -> SafeString:
    """Return the lines one below the other."""
    return SafeString("\n".join(line.html for line in written))


class _Look(NamedTuple):
    """What is the same for every page of such a table, in one language."""

    language: str | None
    tick: str
    untitled: str
    address: str
    badges: dict[str, SafeString]
    levels: dict[str, SafeString]
    openings: tuple[tuple[str, SafeString], ...]


_looks: Once[_Look] = Once(256)
_days: Once[SafeString] = Once(4096)
"""Of each language, day, and number of days since it."""
_units: Once[SafeString] = Once(4096)
"""Of each language, name of a unit, and name of the other one that answers for it today."""


def _look(shown: Sequence[str], *, queue: bool, ticks: bool) -> _Look:
    before, after = reverse("models_registry:detail", args=[0]).rsplit("0", 1)
    return _Look(
        language=get_language(),
        tick=escape(_("Tick:")) if ticks else "",
        untitled=_("Untitled registration"),
        address=f"{before}%d{after}{'?queue=1' if queue else ''}",
        badges=_badges(),
        levels={level: escape(label) for level, label in _words(Level)},
        openings=tuple(
            (name, _opening(name, label)) for name, label in _labels_of(shown, queue=queue).items()
        ),
    )


class _Writer:
    """Writes the rows of one page."""

    def __init__(self, today: datetime.date, shown: Sequence[str], *, queue: bool, ticks: bool) -> None:
        key = (get_language(), tuple(shown), queue, ticks)
        self.look = _looks.get(key, lambda: _look(shown, queue=queue, ticks=ticks))
        self.today, self.queue, self.zone = today, queue, timezone.get_current_timezone()
        own = {"unit": self._unit, "state": self._state, "day": self._day, "year": _year}
        own["level"] = lambda row: self.look.levels.get(row.level, "")
        self.columns: list[tuple[SafeString, Callable[[Any], Any]]] = [
            (opening, own.get(name) or text_of(name)) for name, opening in self.look.openings
        ]

    def line(self, row: Any) -> Line:
        """Return the line of ``row``."""
        look = self.look
        title, url = row.title or look.untitled, look.address % row.id
        shown, about = _escaped(title), _escaped(" · ".join(_about(row)))
        tick = TICK % (row.id, look.tick, shown) if look.tick else ""
        # Each part is escaped, or an address of ours.
        return Line(title, url, SafeString(ROW % (tick, url, shown, about, self._cells(row))))

    def _cells(self, row: Any) -> SafeString:
        cells = [f"{opening}{_escaped(text(row))}</td>" for opening, text in self.columns]
        return SafeString("".join(cells))

    def _unit(self, row: Any) -> SafeString:
        heir = row.heir_name if row.unit__heir_id != row.unit_id else None
        return _units.get(
            (self.look.language, row.unit__full_name, heir), lambda: _written_unit(row.unit__full_name, heir)
        )

    def _state(self, row: Any) -> SafeString:
        badges = self.look.badges
        return SafeString(" ".join([badges[mark] for mark in (row.state, *_marks(row, self.today))]))

    def _day(self, row: Any) -> SafeString:
        day = (row.state_since if self.queue else row.changed_at).astimezone(self.zone).date()
        waited = (self.today - day).days if self.queue else None
        return _days.get((self.look.language, day, waited), lambda: _written_day(day, waited))


def _year(row: Any) -> SafeString:
    return SafeString(row.year)


def _written_unit(name: str, heir: str | None) -> SafeString:
    return escape(name) if heir is None else format_html(BELOW, name, _("now %(unit)s") % {"unit": heir})


def _written_day(day: datetime.date, waited: int | None) -> SafeString:
    return date_vi(day) if waited is None else format_html(BELOW, date_vi(day), _waited(waited))


def _escaped(text: Any) -> str:
    """Return ``text`` as Django escapes it, without asking two hundred times a page whether it is yet to be translated."""
    return text if isinstance(text, SafeString) else html.escape(str(text))


def _badges() -> dict[str, SafeString]:
    marks = (("late", _("Late")), ("exemplary", _("Exemplary")), ("overdue", _("Overdue")))
    return {mark: format_html(BADGE, mark, label) for mark, label in (*_words(State), *marks)}


def _labels_of(shown: Sequence[str], *, queue: bool) -> dict[str, str]:
    labels = {name: str(label) for name, label in LABELS.items() if name in shown}
    if "day" in labels:
        labels["day"] = _("Waiting since") if queue else _("Changed on")
    return labels


def _opening(name: str, label: str) -> SafeString:
    look = SafeString(' class="num"') if name in _NUMBERS else ""
    return format_html('<td{} data-label="{}">', look, label)


def _about(row: Any) -> Iterator[str]:
    yield row.code
    if row.registrant:
        yield row.registrant
    if row.file_count:
        yield ngettext("%(count)d file", "%(count)d files", row.file_count) % {"count": row.file_count}
    if row.reviewer_name:
        yield _("assigned to %(who)s") % {"who": row.reviewer_name}
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
