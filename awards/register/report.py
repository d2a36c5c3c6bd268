"""What came of a workbook: read, loaded and refused for each sheet, and each refusal with its cell."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from awards.models import RegisterBatch

MAX_SHOWN = 60


@dataclass(frozen=True)
class Refusal:
    """Why one cell, row or sheet was not taken. ``column`` counts from 0; None where the whole row is meant."""

    sheet: str
    row: int | None
    column: int | None
    heading: str
    reason: str
    value: str = ""

    @property
    def cell(self) -> str:
        """Return the cell as office programs name it: "P17", "17" for a row, empty for a sheet."""
        letter = xl_col_to_name(self.column) if self.column is not None else ""
        return f"{letter}{self.row or ''}"

    def __str__(self) -> str:
        """One line: sheet, cell, heading, what stands there, what is wrong."""
        parts = [self.sheet, self.cell, self.heading]
        shown = f" [{self.value[:MAX_SHOWN]}]" if self.value else ""
        return f"{' · '.join(part for part in parts if part)}{shown}: {self.reason}"


@dataclass
class SheetCount:
    """How many rows of one sheet were read and refused; ``loaded`` is told when the whole file is."""

    sheet: str
    read: int = 0
    refused: int = 0
    loaded: int = 0
    note: str = ""


@dataclass
class Report:
    """The answer to one workbook."""

    file_name: str
    sheets: dict[str, SheetCount] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    batch: RegisterBatch | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing was refused."""
        return not self.refusals

    def of(self, sheet: str) -> SheetCount:
        """Return the count of a sheet."""
        return self.sheets.setdefault(sheet, SheetCount(sheet))

    def refuse(self, refusals: list[Refusal]) -> None:
        """Add refusals of one row or sheet."""
        self.refusals += refusals

    def finish(self) -> None:
        """Tell refused rows from the refusals; nothing was loaded if there is one."""
        rows = Counter(sheet for sheet, row in {(r.sheet, r.row) for r in self.refusals} if row is not None)
        for count in self.sheets.values():
            count.refused = rows[count.sheet]
            count.loaded = count.read if self.ok and not count.note else 0

    def as_table(self) -> str:
        """Return the table as plain text."""
        head = (_("Sheet"), _("Read"), _("Loaded"), _("Refused"))
        lines = [
            (c.sheet, str(c.read), str(c.loaded), c.note or str(c.refused)) for c in self.sheets.values()
        ]
        widths = [max(len(line[place]) for line in [head, *lines]) for place in range(4)]
        return "\n".join(
            "  ".join(
                text.ljust(width) if place in {0, 3} else text.rjust(width)
                for place, (text, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in [head, *lines]
        )
