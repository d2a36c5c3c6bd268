"""The columns of a register: found by heading, each cell cleaned by the field of the form that asks the same."""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.utility import xl_col_to_name

from awards.register.reading import RowOfSheet
from awards.register.report import Refusal
from awards.register.words import squash
from mobilization.core.forms import TextField

WRONG = object()
"""Stands for the value of a cell that was refused already: it is not complained about a second time."""

ASK_YEAR = gettext_lazy("Write the year, for example 2024.")

Clean = Callable[[Any], Any]
REMEMBERED = 2_000
"""Cells of one column whose cleaning is remembered: units, bodies and words come again and again."""
_NUMBERS = (forms.IntegerField, forms.DecimalField)


@dataclass(frozen=True)
class Column:
    """One column: its heading, the name of its value, how a cell becomes a value, and whether it must be there."""

    heading: str
    name: str
    clean: Clean
    needed: bool = True


def by_field(field: forms.Field, *, ask: str | Promise = "") -> Clean:
    """Return the cleaning of a form field, for a cell of a workbook (dates and numbers come as such).

    With ``ask`` the cell must not be empty: the sentence says what to write there.
    """
    field.required = bool(ask)
    if ask:
        field.error_messages["required"] = ask
    if isinstance(field, forms.DateField):
        return lambda cell: field.clean(_date(cell))
    if isinstance(field, _NUMBERS):
        return lambda cell: field.clean(_number(cell))
    return lambda cell: field.clean(_text(cell))


def by_text(max_length: int, *, ask: str | Promise = "") -> Clean:
    """Return the cleaning of plain text; with ``ask`` it must be there."""
    return by_field(TextField(max_length=max_length), ask=ask)


def by_words(words: Mapping[str, Any]) -> Clean:
    """Return the cleaning of a cell that holds one of a few words; an empty one is for the validators to judge."""
    choices = ", ".join(sorted(filter(None, words)))

    def clean(cell: Any) -> Any:
        text = squash(_text(cell))
        if not text:
            return words.get("", "")
        if text not in words:
            raise ValidationError(
                _("This word is not known here. Known are (without accents): %(words)s.") % {"words": choices}
            )
        return words[text]

    return clean


class Layout:
    """Where the columns of one sheet stand."""

    def __init__(self, sheet: str, columns: Sequence[Column], headings: RowOfSheet) -> None:
        self.sheet = sheet
        self.refusals: list[Refusal] = []
        self._places: dict[str, tuple[int, Column]] = {}
        self._unknown: list[int] = []
        self._cleaned: dict[str, dict[Any, Any]] = defaultdict(dict)
        self._row = headings.number
        known = {squash(column.heading): column for column in columns}
        for place, cell in enumerate(headings.cells):
            self._match(place, str(cell).strip(), known)
        for column in columns:
            if column.needed and column.name not in self._places:
                self._refuse(None, column.heading, _("This column is missing."))

    def read(self, row: RowOfSheet, formulas: set[str]) -> tuple[dict[str, Any], list[Refusal]]:
        """Return the values of a row by name, and what is wrong with its cells. A wrong cell's value is ``WRONG``."""
        values: dict[str, Any] = {}
        refusals: list[Refusal] = []
        for name, (place, column) in self._places.items():
            cell = row.cells[place] if place < len(row.cells) else ""
            if formulas and f"{xl_col_to_name(place)}{row.number}" in formulas:
                values[name] = WRONG
                sentence = _("This cell holds a formula. Put its value there.")
                refusals.append(self.refusal(row, name, sentence, cell))
                continue
            seen = self._cleaned[name]
            key = type(cell), cell
            if key in seen:
                values[name] = seen[key]
                continue
            try:
                values[name] = column.clean(cell)
                if len(seen) < REMEMBERED:
                    seen[key] = values[name]
            except ValidationError as error:
                values[name] = WRONG
                refusals += [self.refusal(row, name, sentence, cell) for sentence in error.messages]
        for place in self._unknown:
            if place < len(row.cells) and row.cells[place] not in {"", None}:
                sentence = _("This column has no heading.")
                refusals.append(
                    Refusal(self.sheet, row.number, place, "", sentence, _shown(row.cells[place]))
                )
        return values, refusals

    def refusal(self, row: RowOfSheet, name: str, reason: str, cell: Any = None) -> Refusal:
        """Return the refusal of a cell, by the name of its value; of the row, where no column has that name."""
        place, column = self._places.get(name, (None, None))
        if cell is None and place is not None and place < len(row.cells):
            cell = row.cells[place]
        heading = column.heading if column else ""
        return Refusal(self.sheet, row.number, place, heading, str(reason), _shown(cell))

    def refusals_of(self, row: RowOfSheet, problems: Mapping[str, Sequence[Any]]) -> list[Refusal]:
        """Return the refusals of sentences by name."""
        return [self.refusal(row, name, str(text)) for name, texts in problems.items() for text in texts]

    def _match(self, place: int, heading: str, known: Mapping[str, Column]) -> None:
        if not heading:
            self._unknown.append(place)
            return
        column = known.get(squash(heading))
        if column is None:
            self._refuse(place, heading, _("This heading is not known here."))
        elif column.name in self._places:
            self._refuse(place, heading, _("This heading stands twice."))
        else:
            self._places[column.name] = (place, column)

    def _refuse(self, place: int | None, heading: str, reason: str) -> None:
        self.refusals.append(Refusal(self.sheet, self._row, place, heading[:80], reason))


def fingerprint(sheet: str, values: Mapping[str, Any]) -> str:
    """Return a hash over the values of a row: equal rows have equal ones, wherever their columns stand."""
    plain = {name: str(value) for name, value in values.items() if value is not None and value != ""}
    content = json.dumps([sheet, plain], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        raise ValidationError(_("This cell must hold text."))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, int):
        return str(cell)
    raise ValidationError(_("This cell must hold text."))


def _date(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, bool | int | float | datetime.time | datetime.timedelta):
        raise ValidationError(_("This is no date. Write day/month/year, for example 30/04/2025."))
    return (cell or "").strip()


def _number(cell: Any) -> Any:
    if isinstance(cell, bool | datetime.date | datetime.time | datetime.timedelta):
        raise ValidationError(_("This is no number."))
    if isinstance(cell, float):
        if cell != cell or cell in {float("inf"), float("-inf")}:  # noqa: PLR0124 -- NaN is not itself
            raise ValidationError(_("This is no number."))
        return int(cell) if cell.is_integer() else repr(cell)
    return cell


def _shown(cell: Any) -> str:
    text = _text(cell) if not isinstance(cell, bool | datetime.time | datetime.timedelta) else str(cell)
    return "".join(character if character.isprintable() else "�" for character in text)
