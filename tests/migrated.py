"""Migrating takes some ten seconds, so it is done once for each state of the migrations, and copied from then on.

A PostgreSQL cluster of its own is migrated, stopped and kept, under the fingerprint of what it was made from. Each run,
and each portal that a test starts, works on a copy; its database ``portal``, which no test uses, is the template of the
test databases. Beside the tables it holds what ``tests/kept_rows.py`` puts back into them.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
ROOMS = [ROOT / name for name in ("mobilization", "models_registry", "dialogues", "awards")]
CORE = ROOT / "mobilization" / "core"
UNITS = ROOT / "mobilization" / "units"
# Nothing lives long enough to be cleaned up, and nobody reads the log of changes; only tests may say so.
CALM = "autovacuum = off\nwal_level = minimal\nmax_wal_senders = 0\n"


def fingerprint() -> str:
    """Tell one state of migrations, requirements and units from another."""
    paths = {path for room in ROOMS for path in room.rglob("migrations/*.py")}
    # What migrations call by its name.
    paths |= {path for room in ROOMS for path in room.rglob("triggers.py")} | {
        CORE / "migrating.py",
        CORE / "search.py",
    }
    paths |= {*UNITS.rglob("*.py"), *UNITS.rglob("*.csv"), ROOT / "requirements.txt"}
    paths |= {Path(__file__), Path(__file__).with_name("kept_rows.py")}
    state = hashlib.sha256()
    for path in sorted(paths):
        state.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:16]


def bring(data_dir: Path) -> None:
    """Put a copy of the migrated cluster into ``data_dir``; one that was migrated by other migrations is cleared away."""
    note, state = data_dir / "migrated", fingerprint()
    if note.exists() and note.read_text() == state:
        return
    shutil.rmtree(data_dir / "embedded", ignore_errors=True)
    (data_dir / "embedded").mkdir(parents=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # of several runs the first migrates, the others wait
        if not (KEPT / state).exists():
            _make(KEPT / state)
        _copy(KEPT / state, data_dir / "embedded" / "postgres")
    note.write_text(state)


def _make(target: Path) -> None:
    for outdated in KEPT.glob("*/"):
        shutil.rmtree(outdated)
    with tempfile.TemporaryDirectory(prefix="portal-migrated-") as data_dir:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"DATA_DIR": data_dir, "EMBEDDED_DURABLE": "off"}
        environment["DJANGO_SETTINGS_MODULE"] = "mobilization.settings"
        subprocess.run([sys.executable, "-m", "tests.migrated"], env=environment, cwd=ROOT, check=True)
        part = target.with_suffix(".part")
        _copy(Path(data_dir) / "embedded" / "postgres", part)
        with (part / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write(CALM)
        part.rename(target)


def _copy(cluster: Path, target: Path) -> None:
    # shutil would not keep the owner, and PostgreSQL insists on its own files.
    subprocess.run(["cp", "-a", cluster, target], check=True)


def _migrate() -> None:
    """Migrate the database of this process's own servers, which stop when it ends, and lay aside what it then holds."""
    import django  # noqa: PLC0415 -- whoever only copies needs none of it
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from tests import kept_rows  # noqa: PLC0415 -- only once the apps are ready

    kept_rows.let_do_without_triggers()
    kept_rows.lay_aside()


if __name__ == "__main__":
    _migrate()
