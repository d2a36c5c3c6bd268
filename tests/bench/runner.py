"""Both sides of a ratio, round by round beside each other, and the table of what came out."""

import gc
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

ROUNDS = 15
Measure = Callable[[Callable[[], object]], float]


def milliseconds(side: Callable[[], object]) -> float:
    """Return how long a call takes."""
    gc.collect()
    started = time.perf_counter()
    side()
    return (time.perf_counter() - started) * 1000


def peak_memory(side: Callable[[], object]) -> float:
    """Return the most memory, in MB, that a process of its own holds while it makes the call."""
    connections.close_all()  # the child opens its own
    process = multiprocessing.get_context("fork")
    ours, theirs = process.Pipe()
    child = process.Process(target=_tell_peak, args=(side, theirs))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        raise SystemExit("The process whose memory was to be measured has failed.") from None
    finally:
        child.join()


def _tell_peak(side: Callable[[], object], pipe) -> None:
    _forget_peak()
    side()
    connections.close_all()
    pipe.send(_peak() / 1024)


def _forget_peak() -> None:
    """Begin anew: a forked process bears the peak of the one that it comes from, however little it holds itself."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Return the most memory held, in kB: since ``_forget_peak`` where the system tells it, else ever."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``ratio`` says which way is good: ``speed`` is the other side's figure through ours and must be at least ``bound``,
    ``cost`` is ours through the other side's and must be at most ``bound``, ``count`` is ours alone and must be at
    most ``bound``. Both sides are called once before they are measured, so that caches of the database are warm for
    either (not where there is one round only). ``measure`` makes the figure of a call, in ``unit``.
    """

    label: str
    ours: Callable[[], object]
    other: Callable[[], object]
    other_label: str
    ratio: str
    bound: float
    rounds: int = ROUNDS
    measure: Measure = milliseconds
    unit: str = "ms"


@dataclass(frozen=True)
class Result:
    """The medians of a row, in its unit."""

    row: Row
    ours: float
    other: float

    @property
    def ratio(self) -> float:
        """The ratio that the bound is about."""
        if self.row.ratio == "count":
            return self.ours
        return self.other / self.ours if self.row.ratio == "speed" else self.ours / self.other

    @property
    def is_within(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio >= self.row.bound if self.row.ratio == "speed" else self.ratio <= self.row.bound


def run(row: Row) -> Result:
    """Measure both sides in turn, so that a noisy moment of the machine hits both."""
    if row.rounds > 1:
        row.ours()
        row.other()
    ours, other = [], []
    for number in range(row.rounds):
        sides = [(row.ours, ours), (row.other, other)]
        for side, figures in sides if number % 2 == 0 else reversed(sides):
            figures.append(row.measure(side))
    return Result(row, statistics.median(ours), statistics.median(other))


def show(result: Result) -> None:
    """Print one line of the table."""
    row = result.row
    sign = "≥" if row.ratio == "speed" else "≤"
    verdict = "ok" if result.is_within else "NOT REACHED"
    sys.stdout.write(
        f"{row.label:<58} {result.ours:>10.1f} {result.other:>10.1f} {row.unit:<4} {row.other_label:<34}"
        f" {result.ratio:>7.2f}  {sign} {row.bound:<5g} {verdict}\n"
    )
    sys.stdout.flush()


def head(title: str) -> None:
    """Print the head of the table."""
    sys.stdout.write(
        f"\n{title}\n\n{'':<58} {'ours':>10} {'other':>10}      {'other side':<34} {'ratio':>7}  bound\n"
    )
    sys.stdout.flush()
