"""The rows of the table of units, written at once: a city has hundreds of them, each with a dozen linked numbers.

What is written here is numbers, codes of measures and keys of records; names are escaped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mobilization.core.templatetags.portal import number, share
from mobilization.portal.choices import Choice, records_of_all
from mobilization.portal.templatetags.figures import adjusted
from mobilization.statistics.readers import UnitFigures

ABOUT = "≈"
NONE_OWED = '<td class="num muted">–</td>' * 2


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
    # Hundreds of times the same: from the page of statistics, and without a word for each estimate.
    asked = replace(choice.asked, scope=scope or choice.scope)
    records = conditional_escape(records_of_all(asked).removeprefix(reverse("portal:statistics")))
    with_owed = bool(owed) if with_owed is None else with_owed
    rows = []
    for line in lines:
        unit = line.unit
        title = name or format_html('<a href="{}">{}</a>', choice.unit_to(unit), unit.full_name)
        cells = [
            f'<td class="num">{ABOUT if value.estimated else ""}'
            f'<a href="{records}&amp;measure={code}&amp;unit={unit.pk}">{number(value.total)}</a>'
            f"{adjusted(value)}</td>"
            if value.total
            else f'<td class="num">{ABOUT if value.estimated else ""}0{adjusted(value)}</td>'
            for code, value in line.numbers.items()
        ]
        if with_owed:
            cells.insert(1, _owed_cells(owed.get(unit.pk), next(iter(line.numbers.values())).total))
        # Every part is escaped or written here.
        rows.append(mark_safe(f'<tr><th scope="row">{conditional_escape(title)}</th>{"".join(cells)}</tr>'))  # noqa: S308
    return rows


def _owed_cells(owed: int | None, done: int) -> str:
    if not owed:
        return NONE_OWED
    return f'<td class="num">{number(owed)}</td><td class="num">{share(done / owed, 0)}</td>'
