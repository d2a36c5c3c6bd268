import os
import signal
import subprocess
import sys

import psutil
import pytest

HOLD = """
import sys
from pathlib import Path
from mobilization.core.embedded import Embedded
embedded = Embedded(Path(sys.argv[1]), durable=False)
print(embedded.postgres()["HOST"], embedded.redis(), flush=True)
sys.stdin.read()
"""
WRITE = """
import sys
from pathlib import Path
import psycopg2, redis
from mobilization.core.embedded import Embedded
embedded = Embedded(Path(sys.argv[1]), durable=False)
host, url = embedded.postgres()["HOST"], embedded.redis()
connection = psycopg2.connect(host=host, user="portal", dbname="portal")
with connection, connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS note (words text)")
    cursor.execute("INSERT INTO note VALUES ('kept')")
    cursor.execute("SELECT count(*), lower('ĐỐI THOẠI') FROM note")
    print(*cursor.fetchone(), redis.Redis.from_url(url).incr("kept"))
connection.close()
"""


@pytest.fixture
def portal(tmp_path):
    """Start processes that hold the servers of one directory; end what is left of them."""
    begun = []

    def start(directory=tmp_path):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, directory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        assert process.stdout.readline().strip()
        return process

    yield start
    for process in begun:
        leave(process)


def leave(process):
    if process.poll() is None:
        process.communicate(timeout=60)
    else:
        process.stdin.close()
        process.stdout.close()


def processes_of(directory):
    """Living servers whose command line, or working directory, lies in the directory."""
    mark = str(directory)
    for process in psutil.process_iter(["name", "status", "cwd"]):
        about = process.info
        alive = about["name"] in {"postgres", "redis-server"} and about["status"] != psutil.STATUS_ZOMBIE
        if alive and (about["cwd"] or "").startswith(mark):
            yield process


def servers_of(directory):
    return sorted({process.info["name"] for process in processes_of(directory)})


def test_embedded_last_process_out_stops_the_servers(portal, tmp_path):
    first, second = portal(), portal()
    leave(first)
    assert servers_of(tmp_path) == ["postgres", "redis-server"]
    leave(second)
    assert servers_of(tmp_path) == []


def test_embedded_killed_process_does_not_wedge_the_next(portal, tmp_path):
    first = portal()
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    leave(portal())
    assert servers_of(tmp_path) == []


def test_embedded_killed_servers_start_again(portal, tmp_path):
    holder = portal()
    for process in list(processes_of(tmp_path)):
        process.kill()
    leave(portal())
    leave(holder)
    assert servers_of(tmp_path) == []


def test_embedded_two_directories_live_side_by_side(portal, tmp_path):
    first, second = portal(tmp_path / "one"), portal(tmp_path / "two")
    leave(first)
    assert servers_of(tmp_path / "one") == []
    assert servers_of(tmp_path / "two") == ["postgres", "redis-server"]
    leave(second)


@pytest.mark.parametrize("directory", ["near", "deep/" + "x" * 120, "two words, 'it's' \"$(here)\" 100%"])
def test_embedded_second_start_keeps_the_data(tmp_path, directory):
    def write():
        return subprocess.run(
            [sys.executable, "-c", WRITE, tmp_path / directory], capture_output=True, text=True, check=True
        ).stdout.strip()

    assert [write(), write()] == ["1 đối thoại 1", "2 đối thoại 2"]
