"""Reads the two files of units and successions into a plan, with the line and column of every mistake."""

import csv
import datetime
import decimal
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobilization.core.validators import clean_text, validate_plausible_date
from mobilization.units.plans import Life, LifeKey, Link, Plan, PlanRefused, Problem

UNIT_COLUMNS = (
    "code", "kind", "full_name", "name", "parent_code", "valid_from", "valid_to",
    "lat", "lon", "population", "area_km2", "seat",
)  # fmt: skip
SUCCESSION_COLUMNS = (
    "predecessor_code", "predecessor_from", "predecessor_name",
    "successor_code", "successor_from", "successor_name",
    "on", "relation", "share", "is_main", "basis",
)  # fmt: skip
MAX_ROWS = 50_000
MAX_POPULATION = 2_000_000_000


def read_plan(units: str | bytes, successions: str | bytes = "") -> Plan:
    """Return the plan that the texts of the two files describe.

    The columns are those of the shipped files, in any order; ``successions`` may be empty. Raises ``PlanRefused``
    with every unreadable cell.
    """
    problems: list[Problem] = []
    lives = [_life(row) for row in _rows("units", units, UNIT_COLUMNS, problems)]
    links = [_link(row) for row in _rows("successions", successions, SUCCESSION_COLUMNS, problems)]
    if problems:
        raise PlanRefused(problems)
    return Plan(
        lives=[life for life in lives if life is not None], links=[link for link in links if link is not None]
    )


def read_plan_files(units: Path, successions: Path | None) -> Plan:
    """As ``read_plan``, from files. Raises ``OSError`` if one cannot be read."""
    return read_plan(units.read_bytes(), successions.read_bytes() if successions else b"")


class _Row:
    """One line; reading a cell that is wrong notes the problem and yields None."""

    def __init__(self, source: str, line: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.source, self.line, self.cells, self.problems = source, line, cells, problems
        self.sound = True

    def text(self, column: str, *, needed: bool = True, length: int = 200) -> str:
        value = self._read(column, clean_text, needed=needed) or ""
        if len(value) > length:
            self.refuse(
                _("%(column)s is longer than %(length)s characters.") % {"column": column, "length": length}
            )
        return value

    def date(self, column: str, *, needed: bool = True) -> datetime.date | None:
        return self._read(column, _date, needed=needed)

    def number(self, column: str, limit: int, places: int) -> decimal.Decimal | None:
        return self._read(column, lambda value: _decimal(value, limit, places), needed=False)

    def whole(self, column: str, limit: int) -> int | None:
        number = self.number(column, limit, 0)
        if number is not None and number < 0:
            self.refuse(_("%(column)s cannot be “%(value)s”.") % {"column": column, "value": number})
        return None if number is None else int(number)

    def yes(self, column: str) -> bool:
        return bool(self._read(column, {"1": True, "0": False}.__getitem__, needed=True))

    def refuse(self, reason: str) -> None:
        self.sound = False
        self.problems.append(Problem(self.source, self.line, reason))

    def _read(self, column: str, read: Callable[[str], Any], *, needed: bool) -> Any:
        value = (self.cells.get(column) or "").strip()
        if not value:
            if needed:
                self.refuse(_("%(column)s is missing.") % {"column": column})
            return None
        try:
            return read(value)
        except (ValueError, KeyError, ValidationError, decimal.InvalidOperation):
            words = {"column": column, "value": value[:40]}
            self.refuse(_("%(column)s cannot be “%(value)s”.") % words)
            return None


def _rows(
    source: str, content: str | bytes, columns: tuple[str, ...], problems: list[Problem]
) -> Iterator[_Row]:
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        problems.append(Problem(source, 1, _("This is no UTF-8 text file.")))
        return
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = reader.fieldnames or []
        missing = [column for column in columns if column not in header]
        if text.strip() and missing:
            problems.append(
                Problem(source, 1, _("Missing columns: %(columns)s.") % {"columns": ", ".join(missing)})
            )
            return
        for count, cells in enumerate(reader):
            if count >= MAX_ROWS:
                problems.append(Problem(source, reader.line_num, _("The file is too long.")))
                return
            yield _Row(source, reader.line_num, cells, problems)
    except csv.Error:
        problems.append(Problem(source, reader.line_num or 1, _("This line is no CSV.")))


def _life(row: _Row) -> Life | None:
    life = Life(
        code=row.text("code", length=20),
        kind=row.text("kind"),
        full_name=row.text("full_name"),
        name=row.text("name"),
        parent_code=row.text("parent_code", needed=False, length=20),
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to", needed=False),
        lat=row.number("lat", 90, 5),
        lon=row.number("lon", 180, 5),
        population=row.whole("population", MAX_POPULATION),
        area_km2=row.number("area_km2", 1_000_000, 2),
        seat=row.text("seat", needed=False, length=300),
        row=row.line,
    )
    return life if row.sound else None


def _link(row: _Row) -> Link | None:
    predecessor = LifeKey(row.text("predecessor_code", length=20), row.date("predecessor_from"))
    successor = LifeKey(row.text("successor_code", length=20), row.date("successor_from"))
    link = Link(
        predecessor=predecessor,
        successor=successor,
        on=row.date("on"),
        relation=row.text("relation"),
        share=row.number("share", 1, 6),
        is_main=row.yes("is_main"),
        basis=row.text("basis"),
        predecessor_name=row.text("predecessor_name", needed=False),
        successor_name=row.text("successor_name", needed=False),
        row=row.line,
    )
    return link if row.sound else None


def _date(value: str) -> datetime.date:
    day = datetime.date.fromisoformat(value)
    validate_plausible_date(day)
    return day


def _decimal(value: str, limit: int, places: int) -> decimal.Decimal:
    number = decimal.Decimal(value)
    if not number.is_finite() or abs(number) > limit or number != round(number, places):
        raise ValueError(value)
    return round(number, places)
