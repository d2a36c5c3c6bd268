import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from mobilization.core import supervisor
from mobilization.core.supervisor import Program, Supervisor

WAIT = "import time; time.sleep(600)"
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""
WITH_CHILD = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', '{WAIT}']).wait()"


def python(name, code, *words):
    return Program(name, [sys.executable, "-c", code, *words])


def wait_until(there):
    deadline = time.monotonic() + 20
    while not there() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert there()


BEFORE = set()


@pytest.fixture(autouse=True)
def _known_before():
    """What runs already, a browser of other tests among it, is none of these tests' business."""
    BEFORE.clear()
    BEFORE.update(psutil.Process().children(recursive=True))


def mine():
    """Living children of this test, and theirs."""
    children = set(psutil.Process().children(recursive=True)) - BEFORE
    return [child for child in children if child.status() != psutil.STATUS_ZOMBIE]


def test_watch_program_that_ends_is_named():
    crew = Supervisor([python("steady", WAIT), python("short", "pass")])
    crew.start()
    assert crew.watch().name == "short"
    crew.stop()
    assert mine() == []


def test_stop_takes_children_of_the_programs_along():
    crew = Supervisor([python("parent", WITH_CHILD)])
    crew.start()
    wait_until(lambda: len(mine()) == 2)
    left = mine()
    crew.stop()
    assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in left)


def test_stop_stubborn_program_is_ended_by_force(monkeypatch, tmp_path):
    monkeypatch.setattr(supervisor, "PATIENCE", 1)
    deaf = tmp_path / "deaf"
    crew = Supervisor([python("stubborn", STUBBORN, str(deaf))])
    crew.start()
    wait_until(deaf.exists)
    [(_program, process)] = crew._running
    crew.stop()
    assert process.returncode == -signal.SIGKILL
    assert mine() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_wish_to_stop_is_heard(number):
    kept = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    crew = Supervisor([python("steady", WAIT)])
    try:
        crew.listen()
        crew.start()
        os.kill(os.getpid(), number)
        assert crew.watch() is None
    finally:
        crew.stop()
        for one, handler in kept.items():
            signal.signal(one, handler)
    assert mine() == []


def test_killed_supervisor_takes_its_programs_along():
    code = (
        "import sys, time; from mobilization.core.supervisor import Program, Supervisor\n"
        f"crew = Supervisor([Program('steady', [sys.executable, '-c', {WAIT!r}])]); crew.start()\n"
        "print(crew._running[0][1].pid, flush=True); time.sleep(600)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    program = psutil.Process(int(owner.stdout.readline()))
    owner.kill()
    owner.wait()
    owner.stdout.close()
    deadline = time.monotonic() + 10
    while program.is_running() and program.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not program.is_running() or program.status() == psutil.STATUS_ZOMBIE
