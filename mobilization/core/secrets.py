"""A secret that the trial makes for itself."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Return the secret kept in ``path``, made on first use and readable by this user only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # two first starts at once: one of them wins, both read the same
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="utf-8").strip()
