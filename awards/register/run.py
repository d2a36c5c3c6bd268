"""What all sheets of one load share, and what each sheet has to offer."""

import datetime
import pickle
import tempfile
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import RegisterBatch, RegisterRow
from awards.register.columns import WRONG, Column, Layout, fingerprint
from awards.register.copying import copy_in
from awards.register.places import Places
from awards.register.reading import RowOfSheet
from awards.register.report import Refusal
from mobilization.core.errors import DomainError
from mobilization.core.text import nfc

CHUNK = 1_000


def same(text: str) -> str:
    """Return the form in which two titles are compared: without case and double blanks, but with accents."""
    return " ".join(nfc(text).casefold().split())


@dataclass
class Run:
    """One load: who, when, into which batch, and what the sheets tell each other."""

    actor: Any
    file_name: str
    places: Places
    now: datetime.datetime = field(default_factory=timezone.now)
    batch: RegisterBatch | None = None
    titles: set[tuple[int, str]] = field(default_factory=set)
    """Unit and title of every model in the file, wrong rows among them: awards may refer to them."""

    @property
    def today(self) -> datetime.date:
        """The day of loading."""
        return timezone.localtime(self.now).date()

    def words_of(self, row: int) -> str:
        """Return the reason that the step of a loaded record carries."""
        return _("Loaded from the register “%(file)s”, row %(row)d.") % {"file": self.file_name, "row": row}


@dataclass(frozen=True)
class Record:
    """A row that was found right: its values, its unit, and by what it is known again."""

    row: RowOfSheet
    values: dict[str, Any]
    unit_id: int
    mark: str


class SheetLoader(ABC):
    """Checks and writes the rows of one sheet."""

    title: str
    """The name of the sheet; compared without case and accents."""
    link: str
    """The field of ``RegisterRow`` that points at what a row became."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.layout: Layout
        self.spool = Spool()
        self._seen: dict[Any, int] = {}

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """Return the columns of this sheet."""

    @abstractmethod
    def day_of(self, values: Mapping[str, Any]) -> datetime.date | None:
        """Return the row's date, on which its unit is looked up; None where it cannot be told."""

    @abstractmethod
    def problems_of(self, values: dict[str, Any], unit: Any) -> dict[str, list]:
        """Return what is wrong with a row, by the name of its value."""

    @abstractmethod
    def already_there(self, records: list[Record]) -> dict[int, str]:
        """Return why the portal refuses rows, by row number: it holds them already, or misses what they refer to."""

    @abstractmethod
    def write(self, records: list[Record]) -> list[Any]:
        """Write the rows and return what each became, in their order."""

    def finish(self) -> None:  # noqa: B027 -- most sheets have nothing left to do
        """Do what is left after the last row was written."""

    def key_of(self, values: Mapping[str, Any], unit_id: int, mark: str) -> Any:
        """Return what no two rows of the file may share."""
        return mark

    def take(self, row: RowOfSheet, formulas: set[str]) -> list[Refusal]:
        """Check one row and keep it, or return what is wrong with it."""
        values, refusals = self.layout.read(row, formulas)
        unit, problems = self._find_unit(values)
        found = problems | {
            name: sentences
            for name, sentences in self.problems_of(values, unit).items()
            if name not in problems
        }
        wrong = {name for name, value in values.items() if value is WRONG}
        problems = {name: texts for name, texts in found.items() if texts and name not in wrong}
        refusals += self.layout.refusals_of(row, problems)
        if unit is None or WRONG in values.values():
            return refusals
        mark = fingerprint(self.title, values | {"unit_code": unit.code, "unit_name": unit.full_name})
        first = self._seen.setdefault(self.key_of(values, unit.pk, mark), row.number)
        if first != row.number:
            sentence = _("The same as row %(row)d.") % {"row": first}
            refusals.append(self.layout.refusal(row, "", sentence))
        if not refusals:
            self.spool.put(self.day_of(values).year, Record(row, values, unit.pk, mark))
        return refusals

    def store(self, *, write: bool) -> Iterator[list[Refusal]]:
        """Ask the database about all rows, a chunk at a time, and write them while nothing is refused."""
        for records in self.spool.chunks():
            refusals = self._refused_by_the_portal(records)
            yield refusals
            write = write and not refusals
            if write:
                self._remember(records, self.write(records))
        if write:
            self.finish()

    def _find_unit(self, values: Mapping[str, Any]) -> tuple[Any, dict[str, list]]:
        code, name, day = values.get("unit_code", ""), values.get("unit_name", ""), self.day_of(values)
        if day is None or WRONG in {code, name}:
            return None, {}
        try:
            return self.run.places.find(code, name, day), {}
        except DomainError as refusal:
            return None, refusal.fields

    def _refused_by_the_portal(self, records: list[Record]) -> list[Refusal]:
        marks = {record.mark: record.row for record in records}
        loaded = RegisterRow.objects.filter(fingerprint__in=marks).select_related("batch")
        reasons = self.already_there(records) | {
            marks[old.fingerprint].number: _("Loaded before: batch %(batch)d, row %(row)d.")
            % {"batch": old.batch_id, "row": old.number}
            for old in loaded
        }
        return [
            self.layout.refusal(record.row, "", reasons[record.row.number])
            for record in records
            if record.row.number in reasons
        ]

    def _remember(self, records: list[Record], written: list[Any]) -> None:
        copy_in(
            [
                RegisterRow(
                    batch=self.run.batch,
                    sheet=self.title,
                    number=record.row.number,
                    fingerprint=record.mark,
                    **{self.link: became},
                )
                for record, became in zip(records, written, strict=True)
            ]
        )


class Spool:
    """Rows found right, kept on disk by year, so that memory does not grow with the file; read in order of years."""

    def __init__(self) -> None:
        self._files: dict[int, IO[bytes]] = {}
        self.counts: dict[int, int] = defaultdict(int)

    def put(self, year: int, record: Record) -> None:
        """Keep a row."""
        if year not in self._files:
            self._files[year] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed when read to its end
        pickle.dump(record, self._files[year], pickle.HIGHEST_PROTOCOL)
        self.counts[year] += 1

    def chunks(self) -> Iterator[list[Record]]:
        """Return the rows in chunks, each of one year, the earliest year first."""
        for year in sorted(self._files):
            with self._files.pop(year) as file:
                file.seek(0)
                rows = (pickle.load(file) for _place in range(self.counts[year]))  # noqa: S301 -- our own, just written
                while chunk := list(islice(rows, CHUNK)):
                    yield chunk
