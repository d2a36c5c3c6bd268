"""Both sides of a ratio, round by round beside each other, and the table of what came out."""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 15


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``ratio`` says which way is good: ``speed`` is the other side's time through ours and must be at least ``bound``,
    ``cost`` is ours through the other side's and must be at most ``bound``. Both sides are called once before they
    are timed, so that caches of the database are warm for either.
    """

    label: str
    ours: Callable[[], object]
    other: Callable[[], object]
    other_label: str
    ratio: str
    bound: float
    rounds: int = ROUNDS


@dataclass(frozen=True)
class Result:
    """The medians of a row, in seconds."""

    row: Row
    ours: float
    other: float

    @property
    def ratio(self) -> float:
        """The ratio that the bound is about."""
        return self.other / self.ours if self.row.ratio == "speed" else self.ours / self.other

    @property
    def is_within(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio >= self.row.bound if self.row.ratio == "speed" else self.ratio <= self.row.bound


def run(row: Row) -> Result:
    """Time both sides in turn, so that a noisy moment of the machine hits both."""
    row.ours()
    row.other()
    ours, other = [], []
    for number in range(row.rounds):
        sides = [(row.ours, ours), (row.other, other)]
        for side, times in sides if number % 2 == 0 else reversed(sides):
            times.append(_seconds(side))
    return Result(row, statistics.median(ours), statistics.median(other))


def show(result: Result) -> None:
    """Print one line of the table."""
    row = result.row
    sign = "≥" if row.ratio == "speed" else "≤"
    verdict = "ok" if result.is_within else "NOT REACHED"
    sys.stdout.write(
        f"{row.label:<58} {_milliseconds(result.ours)} {_milliseconds(result.other)}  {row.other_label:<34}"
        f" {result.ratio:>7.2f}  {sign} {row.bound:<5g} {verdict}\n"
    )
    sys.stdout.flush()


def head(title: str) -> None:
    """Print the head of the table."""
    sys.stdout.write(
        f"\n{title}\n\n{'':<58} {'ours ms':>10} {'other ms':>10}  {'other side':<34} {'ratio':>7}  bound\n"
    )
    sys.stdout.flush()


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:>10.1f}"


def _seconds(side: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    side()
    return time.perf_counter() - started
