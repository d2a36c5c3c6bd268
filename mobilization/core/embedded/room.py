"""The directory the embedded servers live in, and the system user they run as."""

import hashlib
import os
import pwd
import re
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

SERVICE_USER = "pgserver"
# sun_path holds 108 bytes with its closing NUL; PostgreSQL's socket has the longest name here.
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"
# A blank, comma, quote or percent sign means something to libpq, to configuration files or in the address of a broker.
PLAIN_PATH = re.compile(r"[\w./-]+", re.ASCII)


class Room:
    """Paths under ``data_dir``, and how to run a program in them.

    PostgreSQL refuses to run as root, so for root the servers run as a system user of their own.
    """

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir.resolve() / "embedded"
        self.holders = self.root / "holders.lock"
        self.turn = self.root / "turn.lock"
        self.postgres = self.root / "postgres"
        self.redis = self.root / "redis"
        self._user: pwd.struct_passwd | None = None

    def prepare(self) -> None:
        """Make the directories; idempotent."""
        self.root.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0 and self._user is None:
            self._user = _service_user()
            self.let_in(self.root)
        for directory in (self.root, self.redis, self.sockets):
            self._own(directory)

    @property
    def sockets(self) -> Path:
        """A private directory whose path is short enough for a UNIX socket, and plain."""
        near = self.root / "run"
        is_short = len(os.fsencode(near / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        if is_short and PLAIN_PATH.fullmatch(str(near)):
            return near
        mark = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"mobilization-{os.geteuid()}-{mark}"

    def run(self, *command: str | Path, **options) -> subprocess.CompletedProcess:
        """Run ``command`` as the servers' user, cut off from this process's own environment and terminal.

        It runs in ``root`` and names what lies there from there: some programs put a shell in between, which would
        read more out of a whole path than it says. Raises ``RuntimeError`` with the end of the output when it fails.
        """
        with tempfile.TemporaryFile() as output:  # a pipe would be held open by the daemon it starts
            outcome = subprocess.run(  # noqa: S603 -- fixed programs out of the wheels
                [str(part) for part in command],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.root,
                env={"LC_ALL": "C", "PATH": os.defpath},
                **self._identity(),
                **options,
            )
            if outcome.returncode:
                output.seek(0)
                said = output.read()[-2000:].decode(errors="replace")
                raise RuntimeError(f"{Path(command[0]).name} failed: {said}")
        return outcome

    def let_in(self, path: Path) -> None:
        """Let the servers' user pass through the directories above ``path``, where it may not yet."""
        if self._user is None:
            return
        for directory in path.resolve().parents:
            mode = directory.stat()
            if mode.st_uid != self._user.pw_uid and not mode.st_mode & stat.S_IXOTH:
                directory.chmod(stat.S_IMODE(mode.st_mode) | stat.S_IXOTH)

    def _identity(self) -> dict:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _own(self, directory: Path) -> None:
        """Make ``directory`` private to the servers' user; refuse one that somebody else laid out for us."""
        directory.mkdir(mode=0o700, exist_ok=True)
        found = directory.lstat()
        owner = self._user.pw_uid if self._user else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
            raise RuntimeError(f"{directory} belongs to somebody else.")
        if found.st_uid != owner:
            os.chown(directory, owner, self._user.pw_gid)
        directory.chmod(0o700)


def wheel_directory(package: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed; give DATABASE_URL and REDIS_URL instead.")
    return Path(spec.origin).parent


def _service_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        subprocess.run(  # noqa: S603
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_USER],  # noqa: S607
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam(SERVICE_USER)
