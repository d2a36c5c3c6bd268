"""Charts as plain drawings, ready before any script: all widths are shares of the page, all heights are pixels.

A drawing without a view box keeps its letters at the size of the page's, on a phone as on a wide screen. Where there
are scripts, the same numbers are drawn again in its place by a library that answers to pointer and touch.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from mobilization.statistics.readers import Number

PLOT, ABOVE, BELOW = 210, 50, 26
"""Pixels of a chart of columns: the columns themselves, room for marks above, for names below."""
NESTED_WIDTHS = (0.64, 0.44, 0.24)
WIDEST = 7.0
"""No column takes more than so many hundredths of the page: three years are no barricade."""
NAME, BAR, GAP = 24, 17, 16
"""Pixels of a chart of rows: the name of a row, one of its bars, what is between two rows."""
LONGEST_BAR = 84.0
"""In hundredths of the page; what is left takes the number."""
LINES = 4


@dataclass(frozen=True)
class Series:
    """One measure: its name, and a number for each category."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True)
class Mark:
    """A line across the columns, at ``at`` categories from the left, with what happened there."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """What a chart shows. ``nested``: each series is a part of the one before; otherwise they add up.

    ``shape`` is ``columns`` (categories from left to right, as years are) or ``rows`` (one below the other).
    """

    code: str
    title: str
    heading: str
    categories: Sequence[str]
    series: Sequence[Series]
    shape: str = "columns"
    nested: bool = True
    marks: Sequence[Mark] = field(default_factory=tuple)
    addresses: Sequence[Sequence[str]] = field(default_factory=tuple)
    """For each category the addresses of the records behind each number; none where there are none."""
    numbers: Sequence[Sequence[Number]] = field(default_factory=tuple)
    """For each category its numbers with what was adjusted of them, where the table tells that."""

    @property
    def data(self) -> dict:
        """What the script draws: the same numbers."""
        return {
            "shape": self.shape,
            "nested": self.nested,
            "categories": list(self.categories),
            "series": [{"name": one.name, "data": list(one.values)} for one in self.series],
            "marks": [{"at": mark.at, "label": mark.label} for mark in self.marks],
            "top": self.top,
        }

    @property
    def data_id(self) -> str:
        """Return the id of the element with the data."""
        return f"{self.code}-data"

    @property
    def rows(self) -> list[tuple[str, list[tuple[int, str, Number | None]]]]:
        """The same as a table: each category with its numbers, what they lead to, and what was adjusted of them."""
        found = []
        for place, category in enumerate(self.categories):
            numbers = [one.values[place] for one in self.series]
            addresses = self.addresses[place] if self.addresses else [""] * len(numbers)
            told = self.numbers[place] if self.numbers else [None] * len(numbers)
            found.append((category, list(zip(numbers, addresses, told, strict=True))))
        return found

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing but zeros."""
        return not any(any(one.values) for one in self.series)

    @property
    def top(self) -> int:
        """The number at the upper edge: round, and not less than any column."""
        if self.nested or self.shape == "rows":
            most = max((value for one in self.series for value in one.values), default=0)
        else:
            most = max(
                (sum(values) for values in zip(*(one.values for one in self.series), strict=True)), default=0
            )
        return round_up(most)

    @property
    def drawing(self) -> dict:
        """Where everything stands."""
        return self._rows() if self.shape == "rows" else self._columns()

    def _columns(self) -> dict:
        band = 100 / max(len(self.categories), 1)
        share = min(1.0, WIDEST / band / NESTED_WIDTHS[0])
        bars, totals = [], []
        for place, _category in enumerate(self.categories):
            middle, base = (place + 0.5) * band, 0
            for number, one in enumerate(self.series):
                value = one.values[place]
                width = band * share * NESTED_WIDTHS[number if self.nested else 0]
                height = self._height(value)
                floor = 0 if self.nested else base
                bars.append(_bar(number, middle - width / 2, ABOVE + PLOT - floor - height, width, height))
                base += height
            shown = self.series[0].values[place] if self.nested else sum(s.values[place] for s in self.series)
            tallest = self._height(shown) if self.nested else base
            totals.append({"x": _round(middle), "y": _round(ABOVE + PLOT - tallest - 6), "value": shown})
        return {
            "height": ABOVE + PLOT + BELOW,
            "bars": [bar for bar in bars if bar["height"] != "0"],
            "totals": totals,
            "names": [
                {"x": _round((place + 0.5) * band), "y": ABOVE + PLOT + 18, "text": name}
                for place, name in enumerate(self.categories)
            ],
            "lines": self._lines(),
            "marks": [self._mark(number, mark, band) for number, mark in enumerate(self.marks)],
            "dense": len(self.categories) > 8,  # noqa: PLR2004 -- more do not fit on a phone side by side
        }

    def _lines(self) -> list[dict]:
        steps = (
            [self.top * step // LINES for step in range(LINES + 1)] if self.top >= LINES else [0, self.top]
        )
        return [
            {"y": _round(ABOVE + PLOT - self._height(step)), "value": step} for step in dict.fromkeys(steps)
        ]

    def _mark(self, number: int, mark: Mark, band: float) -> dict:
        at = mark.at * band
        # Of two that follow each other closely the labels go to either side; the last stays on the page.
        left = at > 80 or (number % 2 == 0 and at > 20)  # noqa: PLR2004
        return {
            "x": _round(at),
            "y": 12 + (number % 2) * 14,
            "line_y": 4 + (number % 2) * 14,
            "foot": ABOVE + PLOT,
            "label": mark.label,
            "anchor": "end" if left else "start",
            "push": -4 if left else 4,
        }

    def _height(self, value: int) -> float:
        return round(PLOT * value / self.top, 1) if self.top else 0

    def _rows(self) -> dict:
        tall = NAME + BAR * len(self.series) + GAP
        rows = []
        for place, name in enumerate(self.categories):
            above = place * tall
            bars = []
            for number, one in enumerate(self.series):
                width = LONGEST_BAR * one.values[place] / self.top if self.top else 0
                bar = _bar(number, 0, above + NAME + number * BAR + 2, width, BAR - 4)
                bars.append(
                    {**bar, "value": one.values[place], "text_y": above + NAME + number * BAR + BAR - 5}
                )
            rows.append({"name": name, "y": above + NAME - 8, "bars": bars})
        return {"height": tall * len(self.categories) - GAP + 6, "rows": rows}


def round_up(number: int) -> int:
    """Return a round number that is not less: 1, 2, 4, 6 or 8 times a power of ten."""
    if number <= LINES:
        return LINES
    power = 10 ** int(math.log10(number))
    return next(
        step * power // 10
        for step in (10, 12, 16, 20, 24, 32, 40, 60, 80, 100)
        if step * power // 10 >= number
    )


def _bar(number: int, x: float, y: float, width: float, height: float) -> dict:
    return {
        "series": number,
        "x": _round(x),
        "y": _round(y),
        "width": _round(width),
        "height": _round(height),
    }


def _round(number: float) -> str:
    """Return the number as drawings write it: with a point, whatever the language of the page."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
