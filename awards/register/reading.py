"""Opening a workbook that somebody sent: what it is, how large it may be, its rows and its formulas."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from mobilization.core.errors import DomainError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 200
MAX_ROWS, MAX_COLUMNS = 200_000, 200
_FORMULA = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f[ >/]')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class UnreadableWorkbook(DomainError):
    """The file is no workbook that can be loaded."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unreadable")


@dataclass(frozen=True)
class RowOfSheet:
    """One row: its number as the office program shows it, and its cells from column A on."""

    number: int
    cells: list[Any]


@dataclass
class Workbook:
    """An opened workbook."""

    name: str
    sha256: str
    sheet_names: list[str]
    _book: CalamineWorkbook = field(repr=False)
    _path: Path = field(repr=False)

    def rows(self, sheet_name: str) -> Iterator[RowOfSheet]:
        """Return the rows of a sheet that are not empty, the headings first."""
        sheet = self._sheet(sheet_name)
        first_row, first_column = sheet.start or (0, 0)
        padding = [""] * first_column
        for number, cells in enumerate(sheet.iter_rows(), start=first_row + 1):
            if any(cell not in {"", None} for cell in cells):
                yield RowOfSheet(number, padding + cells)

    def formulas(self, sheet_name: str) -> set[str]:
        """Return the cells of a sheet ("B7") that hold a formula: what they show depends on who opened them last."""
        with zipfile.ZipFile(self._path) as archive:
            part = _sheet_part(archive, sheet_name)
            if part is None:
                return set()
            found: set[str] = set()
            with archive.open(part) as stream:
                kept = b""
                while chunk := stream.read(1 << 20):
                    text = kept + chunk
                    found.update(match.decode() for match in _FORMULA.findall(text))
                    kept = text[-400:]
            return found

    def _sheet(self, sheet_name: str) -> CalamineSheet:
        try:
            sheet = self._book.get_sheet_by_name(sheet_name)
        except CalamineError as error:
            raise UnreadableWorkbook(
                _("The sheet “%(sheet)s” cannot be read.") % {"sheet": sheet_name}
            ) from error
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise UnreadableWorkbook(
                _("The sheet “%(sheet)s” is too large: at most %(rows)d rows and %(columns)d columns.")
                % {"sheet": sheet_name, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
            )
        return sheet


def open_workbook(path: str | Path) -> Workbook:
    """Open ``path``. Raises ``UnreadableWorkbook`` if it is missing, too large, no XLSX file, or packed like a bomb."""
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableWorkbook(_("There is no file %(path)s.") % {"path": path}) from error
    if size > MAX_BYTES:
        raise UnreadableWorkbook(
            _("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024}
        )
    _refuse_bomb(path, size)
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise UnreadableWorkbook(_("This is no XLSX workbook.")) from error
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Workbook(path.name[:255], digest, list(book.sheet_names), book, path)


def _refuse_bomb(path: Path, size: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableWorkbook(_("This is no XLSX workbook.")) from error
    if "xl/workbook.xml" not in names:
        raise UnreadableWorkbook(_("This is no XLSX workbook."))
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 1 << 16):
        raise UnreadableWorkbook(_("The workbook unpacks to far more than it should; it is not opened."))


def _sheet_part(archive: zipfile.ZipFile, sheet_name: str) -> str | None:
    """Return the part of the archive that holds a sheet, by the workbook's own relations."""
    book = ET.fromstring(_without_entities(archive.read("xl/workbook.xml")))  # noqa: S314 -- entities are refused
    relations = ET.fromstring(_without_entities(archive.read("xl/_rels/workbook.xml.rels")))  # noqa: S314 -- as above
    target = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
        if sheet.get("name") == sheet_name:
            part = target.get(sheet.get(_RELATION), "")
            part = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
            return part if part in archive.namelist() else None
    return None


def _without_entities(xml: bytes) -> bytes:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UnreadableWorkbook(_("This is no XLSX workbook."))
    return xml
