import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from tests import migrated

PATIENCE = 120


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def processes_of(data_dir):
    """Living processes that know of the directory, by environment, command line or working directory."""
    mark, found = str(data_dir), []
    for process in psutil.process_iter():
        try:
            about = [process.cwd(), *process.cmdline(), process.environ().get("DATA_DIR", "")]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(mark in word for word in about):
            found.append(process)
    return found


def answer(port, path):
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status
    except (URLError, OSError):
        return None


class Portal:
    """`make demo`, less the set-up, with a directory and a port of its own."""

    def __init__(self, data_dir, static=None):
        self.data_dir, self.port = data_dir, free_port()
        migrated.bring(data_dir)
        if static:  # collected already, as at a second start
            shutil.copytree(static, data_dir / "static")
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"PORT": str(self.port), "DATA_DIR": str(data_dir), "DEMO_DATA": "off"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mobilization.demonstration"],
            env=environment,
            cwd=migrated.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait(self):
        deadline = time.monotonic() + PATIENCE
        while answer(self.port, "/healthz") is None:
            assert self.process.poll() is None, self.process.stdout.read()
            assert time.monotonic() < deadline, "does not answer"
            time.sleep(0.2)

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.communicate(timeout=PATIENCE)[0]


@pytest.fixture
def portal(tmp_path):
    started = []

    def start(name="portal", **given):
        started.append(Portal(tmp_path / name, **given))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGTERM)


@pytest.mark.slow
def test_demo_two_portals_run_side_by_side_stop_when_asked_or_broken_and_leave_nothing_behind(portal):
    first = portal("first")
    first.wait()
    second = portal("second", static=first.data_dir / "static")
    second.wait()
    for one in (first, second):
        assert [answer(one.port, path) for path in ("/healthz", "/readyz", "/")] == [200, 200, 200]
    check_asked_to_stop(first)
    assert answer(second.port, "/readyz") == 200
    check_part_that_dies_stops_the_whole(second)


def check_asked_to_stop(one):
    said = one.end(signal.SIGINT)
    assert f"http://localhost:{one.port}/" in said
    assert one.process.returncode == 0
    assert processes_of(one.data_dir) == []


def check_part_that_dies_stops_the_whole(one):
    clock = next(p for p in processes_of(one.data_dir) if "beat" in p.cmdline())
    clock.kill()
    said = one.process.communicate(timeout=PATIENCE)[0]
    assert "Clock has ended by itself" in said
    assert one.process.returncode == 1
    assert processes_of(one.data_dir) == []


def test_demo_taken_port_is_told(portal):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        outcome = subprocess.run(
            [sys.executable, "-m", "mobilization.demonstration"],
            env={"PORT": str(line.getsockname()[1])},
            cwd=migrated.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert outcome.returncode == 1
    assert "is taken" in outcome.stdout
