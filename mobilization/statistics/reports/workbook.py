"""The yearly report as a workbook: summary, by field, level and the rest, units, dialogues, awards, definitions."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mobilization.core.exports import Sheet
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.readers import UnitFigures
from mobilization.statistics.reports.board import Board
from mobilization.statistics.states import Dimension, Scope
from mobilization.statistics.themes import THEMES, About


def sheets(board: Board) -> Iterator[Sheet]:
    """Yield every sheet of the report on ``board``; each is read from the database when it is written."""
    yield Sheet(_("Summary"), _summary_header(board), _summary_rows(board))
    for dimension in Dimension:
        if dimension not in {Dimension.NONE, Dimension.TIER}:
            yield _breakdown_sheet(board, dimension)
    yield _units_sheet(board, About.MODELS, _("Units"))
    yield _units_sheet(board, About.DIALOGUES, _("Dialogues"))
    yield _units_sheet(board, About.AWARDS, _("Awards"))
    yield _breakdown_sheet(board, Dimension.TIER)
    yield Sheet(_("Definitions"), [_("Code"), _("Measure"), _("What is counted")], _definitions())
    yield about_sheet(board)


def about_sheet(board: Board) -> Sheet:
    """Return what tells where the numbers come from: unit, year, basis, when they were computed, whether they are final."""
    asked, status = board.asked, board.status
    rows = [
        [_("Unit"), asked.unit.full_name],
        [_("Year"), asked.year],
        [_("Basis"), board.basis_label],
        [_("Scope"), board.scope_label],
        [_("Computed"), date_format(localtime(status.computed_at), "d/m/Y H:i")],
        [_("State"), _("Final") if status.final else _("Provisional")],
        *([[_("Seal"), board.seal.sha256]] if board.seal else []),
    ]
    return Sheet(_("About"), ["", ""], rows)


def unit_table(
    board: Board, codes: Sequence[str], units: Sequence[UnitFigures]
) -> tuple[list[str], Iterable[list]]:
    """Return the table of units as it is shown, headings and rows: units, the unit itself, former districts, the total.

    Where figures changed after the closing, a column at the end tells what the records give today.
    """
    lines = [(line, line.unit.full_name) for line in units]
    if board.asked.scope != Scope.OWN:
        lines.append((board.own(codes), _("%(unit)s itself") % {"unit": board.asked.unit.full_name}))
        lines += [
            (line, _("%(unit)s (former)") % {"unit": line.unit.full_name}) for line in board.former(codes)
        ]
    total = [board.numbers[code] for code in codes]
    adjusted = [
        code
        for code in codes
        if board.numbers[code].difference or any(line.numbers[code].difference for line, _name in lines)
    ]
    header = [_("Code"), _("Unit"), *(str(MEASURES[code].label) for code in codes), _("Estimate")]
    header += [
        _("%(measure)s, adjusted after closing") % {"measure": MEASURES[code].label} for code in adjusted
    ]
    rows = [_unit_row(line, name, adjusted) for line, name in lines]
    if board.asked.scope != Scope.OWN:
        today = [board.numbers[code].today for code in adjusted]
        rows.append(["", _("Total"), *(number.total for number in total), "", *today])
    return header, rows


def _summary_header(board: Board) -> list[str]:
    years = [str(board.asked.year), *([str(board.year_before), _("Difference")] if board.year_before else [])]
    adjusted = [_("Adjustment after closing")] if board.adjustments else []
    return [_("Code"), _("Measure"), *years, *adjusted, _("Estimate")]


def _summary_rows(board: Board) -> Iterator[list]:
    for code, line in board.lines.items():
        before = [line.before.total, line.change] if line.before else []
        adjusted = [line.adjusted.difference if line.adjusted else 0] if board.adjustments else []
        yield [code, str(line.measure.label), line.number.total, *before, *adjusted, _estimate([line.number])]


def _breakdown_sheet(board: Board, dimension: str) -> Sheet:
    table = board.breakdown(dimension)
    labels = [str(measure.label) for measure in table.measures]
    lines = [*table.lines, (_("Total"), table.totals)]
    adjusted = [
        place for place in range(len(labels)) if any(numbers[place].difference for _label, numbers in lines)
    ]
    header = [_("%(measure)s, adjusted after closing") % {"measure": labels[place]} for place in adjusted]
    rows = [
        [label, *(number.total for number in numbers), *(numbers[place].today for place in adjusted)]
        for label, numbers in lines
    ]
    return Sheet(table.label, ["", *labels, *header], rows)


def _units_sheet(board: Board, about: str, name: str) -> Sheet:
    theme = THEMES[about]
    return Sheet(name, *unit_table(board, theme.columns, board.units(theme.columns)))


def _unit_row(line: UnitFigures, name: str, adjusted: Iterable[str]) -> list:
    numbers = list(line.numbers.values())
    today = [line.numbers[code].today for code in adjusted]
    return [line.unit.code, name, *(number.total for number in numbers), _estimate(numbers), *today]


def _estimate(numbers: Iterable) -> str:
    return _("estimate") if any(number.estimated for number in numbers) else ""


def _definitions() -> list[list[str]]:
    return [[code, str(measure.label), str(measure.definition)] for code, measure in MEASURES.items()]
