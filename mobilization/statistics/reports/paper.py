"""The yearly report as a paper: its facts as plain data, set by the form ``statistics_report``.

It is Vietnamese whatever the reader's language, like all papers of the State (Nghị định 30/2020/NĐ-CP, Annex I).
"""

from dataclasses import replace
from typing import Any

from django.utils import timezone, translation

from mobilization.core import documents
from mobilization.core.templatetags.portal import date_long, number
from mobilization.statistics.measuring import Measure
from mobilization.statistics.readers import Number, UnitFigures
from mobilization.statistics.reports.board import Board, Line, estimated, former_label
from mobilization.statistics.states import Basis, Dimension
from mobilization.statistics.themes import THEMES, About
from mobilization.units.models import Unit

_NO_NUMBER = "......"
_UNIT_COLUMNS = (
    *("registered", "recognised", "exemplary"),
    *("dialogues_periodic", "dialogues_ad_hoc", "opinions_received"),
    *("awards_collective", "awards_individual", "awards_household"),
)
_MODELS = (
    *("registered", "registered_new", "registered_maintained", "accepted", "reported"),
    *("recognised", "recognitions", "exemplary", "replicated", "ended"),
)
_SHOWN_BY = ("registered", "accepted", "recognised", "exemplary")


def as_pdf(board: Board) -> bytes:
    """Return the report on ``board``."""
    with translation.override("vi"):
        return documents.pdf("statistics_report", facts(board))


def facts(board: Board) -> dict[str, Any]:
    """Return what the report says, as plain data; numbers as they are read."""
    asked, status = board.asked, board.status
    above = Unit.objects.ancestors_of(asked.unit).last()
    units, former, own = (part(_UNIT_COLUMNS) for part in (board.units, board.former, board.own))
    return {
        "above": above.full_name if above else "",
        "body": asked.unit.full_name,
        "number": _NO_NUMBER,
        "place_of_issue": asked.city.name,
        "day": date_long(timezone.localdate()),
        "unit": asked.unit.full_name,
        "year": str(asked.year),
        "year_before": str(board.year_before or ""),
        "final": status.final,
        "computed": f"{timezone.localtime(status.computed_at):%H:%M, ngày %d/%m/%Y}",
        "seal": board.seal.sha256 if board.seal else "",
        "adjusted": [
            {
                "label": str(line.measure.label),
                "sealed": number(line.number.total),
                "today": number(line.today),
            }
            for line in board.lines.values()
            if line.adjusted
        ],
        "basis": Basis(asked.basis).value,
        "basis_label": board.basis_label,
        "models": _lines(board, _MODELS),
        "breakdowns": [_breakdown(board, dimension) for dimension in (Dimension.FIELD, Dimension.LEVEL)],
        "dialogues": _lines(board, THEMES[About.DIALOGUES].columns),
        "awards": _lines(board, THEMES[About.AWARDS].columns),
        "tiers": _breakdown(board, Dimension.TIER, THEMES[About.AWARDS].columns),
        "units": [_unit(line, line.unit.full_name) for line in units],
        "own": _unit(own, asked.unit.full_name),
        "former_label": former_label(former) if former else "",
        "former": [_unit(line, line.unit.full_name) for line in former],
        "total": [_with_today(replace(board.numbers[code], estimated=False)) for code in _UNIT_COLUMNS],
        "units_adjusted": any(
            value.difference
            for value in (
                *(board.numbers[code] for code in _UNIT_COLUMNS),
                *(value for line in (*units, *former, own) for value in line.numbers.values()),
            )
        ),
        "unit_columns": [_named(board.lines[code].measure) for code in _UNIT_COLUMNS],
        "estimated": estimated(units) or any(line.number.estimated for line in board.lines.values()),
        "definitions": [_named(line.measure) for line in board.lines.values()],
    }


def _lines(board: Board, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_line(line) for line in board.lines_of(codes)]


def _line(line: Line) -> dict[str, Any]:
    change = line.change
    return {
        "label": str(line.measure.label),
        "value": _shown(line.number),
        "before": "" if line.before is None else number(line.before.total),
        "change": "" if change is None else f"{'+' if change > 0 else ''}{number(change)}",
    }


def _breakdown(board: Board, dimension: str, codes: tuple[str, ...] = _SHOWN_BY) -> dict[str, Any]:
    table = board.breakdown(dimension, codes)
    return {
        "label": table.label,
        "columns": [str(measure.label) for measure in table.measures],
        "rows": [[label, *map(_with_today, numbers)] for label, numbers in table.lines],
        "total": [*map(_with_today, table.totals)],
    }


def _unit(line: UnitFigures, name: str) -> list[str]:
    return [name, *(_with_today(value) for value in line.numbers.values())]


def _shown(value: Number) -> str:
    return f"≈ {number(value.total)}" if value.estimated else number(value.total)


def _with_today(value: Number) -> str:
    """Return the sealed number, and what the records give today where that became another one."""
    return f"{_shown(value)} (→ {number(value.today)})" if value.difference else _shown(value)


def _named(measure: Measure) -> dict[str, str]:
    return {"label": str(measure.label), "definition": str(measure.definition)}
