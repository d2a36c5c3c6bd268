"""The sealed form of a closed year, and the proof that nothing of it was touched.

Three texts: the figures, a line of JSON each in the order of their key; the counted records (cells) from which both
bases can be restated onto any later tree; and a header that says who, when, of what, and holds the hashes of the other
two and of the seal before. The seal is the SHA-256 of the header: one changed byte anywhere breaks it, and the chain.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from mobilization.statistics.cells import BITS, KEYED, create_table, lines
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Figure, Seal
from mobilization.statistics.places import Places
from mobilization.units.models import Unit

FORM = "dvk-year/1"
FigureKey = tuple[str, int, str, str, str]
"""Basis, unit, dimension, measure and key of a figure."""


def canonical(value: Any) -> str:
    """Return ``value`` as JSON in one form only: sorted names, no blanks, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(
    year: int, city: Unit, cursor, *, actor, words: str = "", found_open: dict[str, int] | None = None
) -> Seal:
    """Store the sealed form of the figures that were just computed (``services.compute`` in this transaction)."""
    before = Seal.objects.of_city(city).without_content().last()
    sealed_at = timezone.now()
    figures = "".join(f"{line}\n" for line in _figure_lines(year, city))
    cells = "".join(f"{line}\n" for line in sorted(_cell_lines(cursor)))
    number = before.number + 1 if before else 1
    header = canonical(
        {
            "form": FORM,
            "number": number,
            "city": {"id": city.pk, "code": city.code, "name": city.full_name},
            "year": year,
            "sealed_at": sealed_at.isoformat(),
            "sealed_by": {"id": actor.pk, "name": actor.full_name},
            "words": words,
            "open": found_open or {},
            "tree": Places(city).fingerprint(),
            "figures": digest(figures),
            "cells": digest(cells),
            "previous": before.sha256 if before else "",
        }
    )
    return Seal.objects.create(
        city=city,
        year=year,
        number=number,
        header=header,
        figures=figures,
        cells=cells,
        previous=before.sha256 if before else "",
        sha256=digest(header),
        sealed_at=sealed_at,
        sealed_by=actor,
        words=words,
    )


def sealed_figures(kept: Seal) -> dict[FigureKey, tuple[int, int, bool]]:
    """Return key → own, subtree, estimated of a seal; raises ``ValueError`` with the number of a line that is none."""
    found = {}
    for number, line in enumerate(kept.figures.splitlines(), 1):
        try:
            *key, own, subtree, estimated = json.loads(line)
            basis, unit, dimension, measure, named = key
            found[basis, unit, dimension, measure, named] = (own, subtree, estimated)
        except (ValueError, TypeError):
            raise ValueError(number) from None
    return found


def stored_figures(year: int, city: Unit) -> dict[FigureKey, tuple[int, int, bool]]:
    """Return the same of the figures that pages read."""
    return {tuple(row[:5]): tuple(row[5:]) for row in _rows(year, city)}


def _rows(year: int, city: Unit) -> Iterator[tuple]:
    rows = Figure.objects.of_year(year).filter(unit__path__startswith=city.path)
    # Sorted here and not in the database, whose order depends on its collation.
    return iter(
        sorted(
            rows.values_list("basis", "unit", "dimension", "measure", "key", "own", "subtree", "estimated")
        )
    )


def _figure_lines(year: int, city: Unit) -> Iterator[str]:
    return (canonical(row) for row in _rows(year, city))


def restore_cells(cursor, kept: Seal) -> None:
    """Make the temporary table ``stat_cells`` of what was sealed, for restating it onto a later tree of units."""
    create_table(cursor)
    known = lines()
    rows = []
    for text in kept.cells.splitlines():
        source, measures, unit, named, number = json.loads(text)
        line = next(
            (n for n, (code, told) in enumerate(known) if code == source and told >= set(measures)), None
        )
        if line is not None:  # else it was counted for a measure that is no longer declared
            mask = sum(BITS[code] for code in measures)
            rows.append((line, unit, *(named.get(str(d)) for d in KEYED), mask, number))
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        kinds = ["smallint", "bigint", *["text"] * len(KEYED), "bigint", "bigint"]
        arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
        cursor.execute(f"INSERT INTO stat_cells SELECT * FROM unnest({arrays})", columns)  # noqa: S608 -- constants


def _cell_lines(cursor) -> Iterator[str]:
    sources = [source for source, _measures in lines()]
    keys = ", ".join(f'"{dimension}"' for dimension in KEYED)
    cursor.execute(f"SELECT line, unit_id, mask, n, {keys} FROM stat_cells")  # noqa: S608 -- declared codes only
    for line, unit, mask, number, *values in cursor.fetchall():
        measures = [code for code in MEASURES if mask & BITS[code]]
        named = {str(d): value for d, value in zip(KEYED, values, strict=True) if value is not None}
        yield canonical([sources[line], measures, unit, named, int(number)])
