"""The rows of the table of units, written at once: a city has hundreds of them, each with a dozen linked numbers."""

from collections.abc import Iterable, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mobilization.core.templatetags.portal import number, share
from mobilization.portal.choices import Choice
from mobilization.statistics.readers import Number, UnitFigures

ROW = '<tr><th scope="row">{}</th>{}</tr>'
CELL = '<td class="num">{}{}</td>'


def unit_rows(
    choice: Choice,
    lines: Iterable[UnitFigures],
    owed: Mapping[int, int],
    *,
    scope: str = "",
    name: str = "",
    with_owed: bool | None = None,
) -> list[SafeString]:
    """Return a row for each line; after the first measure what is owed of it, where ``owed`` or ``with_owed`` say so.

    ``scope``: of the numbers, where it is not the page's. ``name`` instead of the link to the unit.
    """
    estimate = format_html('<abbr class="estimate" title="{}">≈</abbr>', _("estimate"))
    with_owed = bool(owed) if with_owed is None else with_owed
    rows = []
    for line in lines:
        title = name or format_html('<a href="{}">{}</a>', choice.unit_to(line.unit), line.unit.full_name)
        cells = [
            format_html(CELL, estimate if value.estimated else "", _linked(choice, line, code, value, scope))
            for code, value in line.numbers.items()
        ]
        if with_owed:
            cells[1:1] = _owed_cells(owed.get(line.unit.pk), next(iter(line.numbers.values())).total)
        rows.append(format_html(ROW, title, mark_safe("".join(cells))))  # noqa: S308 -- every cell is escaped
    return rows


def _linked(choice: Choice, line: UnitFigures, code: str, value: Number, scope: str) -> SafeString | str:
    if not value.total:
        return "0"
    address = choice.records(code, line.unit, scope)
    return format_html('<a href="{}">{}</a>', address, number(value.total))


def _owed_cells(owed: int | None, done: int) -> list[SafeString]:
    if not owed:
        return [mark_safe('<td class="num muted">–</td>')] * 2
    texts = ((number(owed),), (share(done / owed, 0),))
    return [format_html_join("", '<td class="num">{}</td>', [text]) for text in texts]
