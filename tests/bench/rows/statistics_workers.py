"""Celery workers of the benchmark's own, which do the jobs of a night."""

import subprocess
import sys
import time
from typing import Self

from django.db.models import Count

from mobilization.jobs.models import Job
from mobilization.statistics import tasks
from mobilization.units.models import Unit

PATIENCE = 1800
"""Seconds within which all jobs must be done: nothing here sends lost messages again."""
WARMING = (2011, 2012, 2013)


def seconds_of(number: int, years: list[int], city: Unit) -> float:
    """Return how long a worker with ``number`` processes takes for all ``years``, from asking to the last job's end.

    It is started for this, and has done a few jobs before, so that each of its processes is at work already.
    """
    with Workers(number) as workers:
        workers.seconds(list(WARMING), city)
        return workers.seconds(years, city)


class Workers:
    """A Celery worker with so many processes."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __enter__(self) -> Self:
        program = [sys.executable, "-m", "celery", "-A", "mobilization.celery", "worker"]
        options = ["-P", "prefork", "-c", str(self._number), "--without-gossip", "--without-mingle"]
        self._process = subprocess.Popen([*program, *options, "-l", "ERROR"], stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def seconds(self, years: list[int], city: Unit) -> float:
        """Ask for every year and wait until the last one is done. ``SystemExit`` where one is not."""
        began = time.perf_counter()
        asked = [tasks.start_rebuild(year, city).pk for year in years]
        while Job.objects.open().filter(pk__in=asked).exists():
            if self._process.poll() is not None:
                raise SystemExit("The worker has ended.")
            if time.perf_counter() - began > PATIENCE:
                raise SystemExit(f"After {PATIENCE} seconds: {_states(asked)}.")
            time.sleep(0.02)
        took = time.perf_counter() - began
        if _states(asked) != {"done": len(asked)}:
            raise SystemExit(f"Not all years were computed: {_states(asked)}.")
        return took


def _states(asked: list) -> dict[str, int]:
    found = Job.objects.filter(pk__in=asked).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(found)
