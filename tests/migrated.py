"""Migrating takes most of a minute, so it is done once for each state of the migrations, and copied from then on.

The database ``portal`` of the run's own PostgreSQL, which no test uses, is migrated and serves as the template of the
test databases. When the run is over the stopped cluster is kept, under the fingerprint of what it was made from.
"""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"


def fingerprint() -> str:
    """Tell one state of migrations and requirements from another."""
    state = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    rooms = [ROOT / name for name in ("mobilization", "models_registry", "dialogues", "awards")]
    for path in sorted(path for room in rooms for path in room.rglob("migrations/*.py")):
        state.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:16]


def bring(data_dir: Path) -> None:
    """Put a kept cluster into ``data_dir``; clear away one that was migrated by other migrations."""
    note, state = data_dir / "migrated", fingerprint()
    if note.exists() and note.read_text() == state:
        return
    shutil.rmtree(data_dir / "embedded", ignore_errors=True)
    data_dir.mkdir(parents=True, exist_ok=True)
    note.write_text(state)
    if (KEPT / state).exists():
        (data_dir / "embedded").mkdir()
        # shutil would not keep the owner, and PostgreSQL insists on its own files.
        subprocess.run(["cp", "-a", KEPT / state, data_dir / "embedded" / "postgres"], check=True)


def migrate(data_dir: Path) -> None:
    """Migrate the template; of the workers of one run the first does it, the others wait."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django stands only now
    from django.db import connection  # noqa: PLC0415

    with (data_dir / "migrating").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        call_command("migrate", verbosity=0)
        connection.close()  # a template must have no visitors


def keep(data_dir: Path) -> None:
    """Keep the cluster of a run that is over, unless it was kept before, or the migrations have changed meanwhile."""
    state = fingerprint()
    cluster = data_dir / "embedded" / "postgres"
    running = cluster / "postmaster.pid"
    if (KEPT / state).exists() or running.exists() or (data_dir / "migrated").read_text() != state:
        return
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    subprocess.run(["cp", "-a", cluster, KEPT / f"{state}.part"], check=True)
    (KEPT / f"{state}.part").rename(KEPT / state)
