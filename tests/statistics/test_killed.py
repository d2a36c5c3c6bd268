"""The worker is killed in the middle of a computation: nobody ever reads half a year, and the next run is right."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as portal_settings
from django.db import connection, connections
from django.utils import timezone

from mobilization.statistics import marks, reconciling, services
from mobilization.statistics.models import Figure, RebuildRun
from mobilization.statistics.states import RunState
from tests.statistics.factories import World, make_dialogue, make_registrations, scatter

YEAR, KILLS = 2024, 10

# Like the pool of a worker: set up once, a child for each piece of work.
NURSERY = """
import os, sys
import django
django.setup()
from mobilization.statistics.tasks import refresh_year
print("ready", flush=True)
for line in sys.stdin:
    year, city = map(int, line.split())
    child = os.fork()
    if child == 0:
        print(os.getpid(), flush=True)
        refresh_year(year, city)
        os._exit(0)
    os.waitpid(child, 0)
    print("over", flush=True)
"""


class Worker:
    """A process that does what the worker does, on the database of the test."""

    def __init__(self, data_dir):
        database = connection.settings_dict
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {
            "DATABASE_URL": f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}",
            "REDIS_URL": portal_settings.REDIS_URL,
            "DATA_DIR": str(data_dir),
            "PRODUCTION": "off",
            "DJANGO_SETTINGS_MODULE": "mobilization.settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def begin(self, city):
        self.process.stdin.write(f"{YEAR} {city.pk}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self):
        assert self.process.stdout.readline() == "over\n"

    def compute(self, city):
        self.begin(city)
        self.end()

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


class Reader(threading.Thread):
    """Reads the year over and over; a whole year has one number of registrations, wherever one looks."""

    def __init__(self, city):
        super().__init__(daemon=True)
        self.city, self.halves, self.read, self.over = city, [], 0, threading.Event()

    def run(self):
        try:
            while not self.over.is_set():
                rows = Figure.objects.of_year(YEAR).of_units([self.city.pk]).of_measures(["registered"])
                totals = {"none": set(), "field": set()}
                for basis in ("as_filed", "current"):
                    found = list(rows.filter(basis=basis).values_list("dimension", "subtree"))
                    totals["none"].add(sum(n for dimension, n in found if dimension == "none"))
                    totals["field"].add(sum(n for dimension, n in found if dimension == "field"))
                    if totals["none"] != totals["field"]:
                        self.halves.append(found)
                    totals = {"none": set(), "field": set()}
                self.read += 1
        finally:
            connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_worker_killed_ten_times_at_random_no_half_year_is_read_and_the_next_run_is_right(tmp_path):
    rng = random.Random(2025)
    world = World()
    scatter(3, world.filing, YEAR)
    make_registrations(world.shared, YEAR, 7)
    services.rebuild_year(YEAR, city=world.city)
    worker, reader = Worker(tmp_path), Reader(world.city)
    reader.start()
    try:
        worker.compute(world.city)  # the first one has more to load
        make_registrations(world.whole, YEAR, 1)
        began = time.monotonic()
        worker.compute(world.city)
        whole = time.monotonic() - began
        for _kill in range(KILLS):
            make_registrations(rng.choice(world.filing), YEAR, 2)
            make_dialogue(rng.choice(world.filing), YEAR, attending=9)
            child = worker.begin(world.city)
            time.sleep(rng.uniform(0, whole))
            with contextlib.suppress(ProcessLookupError):  # it was faster
                os.kill(child, signal.SIGKILL)
            worker.end()
        until = time.monotonic() + 30
        while marks.marked_years(world.city) and time.monotonic() < until:  # as the clock would
            worker.compute(world.city)
    finally:
        reader.over.set()
        reader.join()
        worker.stop()
    assert (reader.halves, reader.read > 0) == ([], True)
    assert marks.marked_years(world.city) == []
    assert RebuildRun.objects.filter(state=RunState.CUT_OFF).exists()
    assert not RebuildRun.objects.running().exists()
    compared, differences = reconciling.compare(YEAR, world.city, timezone.localdate())
    assert (differences, compared > 0) == ([], True)
