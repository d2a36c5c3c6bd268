"""`make demo`: the whole portal in the foreground, with demonstration data.

PORT, HOST, DATA_DIR and DEMO_PASSWORD may be given in the environment; DEMO_DATA=off starts an empty portal. Ctrl-C
stops all of it.
"""

import hashlib
import os
import socket
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import django
from django.conf import settings
from django.core.management import call_command

from mobilization.core.supervisor import Program, Supervisor

PORT = int(os.environ.get("PORT") or 8000)
HOST = os.environ.get("HOST") or "127.0.0.1"
DEFAULTS = {
    "DJANGO_SETTINGS_MODULE": "mobilization.settings",
    "DEMONSTRATION": "on",
    "PRODUCTION": "off",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]" if HOST == "127.0.0.1" else "*",
    "SITE_URL": f"http://localhost:{PORT}",
    "DEMO_PASSWORD": "dan-van-kheo-2026",
    "LOG_LEVEL": "WARNING",
    # A trial on a root shell is no reason for a page of advice.
    "PYTHONWARNINGS": "ignore:::celery.platforms",
}


def main() -> int:
    """Prepare, run until asked to stop, leave nothing behind; returns 1 when a part of the portal failed."""
    for name, value in DEFAULTS.items():
        os.environ[name] = os.environ.get(name) or value
    if port_is_taken():
        print(f"Port {PORT} is taken. Give another one: make demo PORT=8100")
        return 1
    supervisor = Supervisor(programs())
    supervisor.listen()
    django.setup()
    if prepare(supervisor):
        supervisor.start()
        try:
            return run(supervisor)
        finally:
            supervisor.stop()
    return 0


def prepare(supervisor: Supervisor) -> bool:
    """Bring database, data and static files up to date; False when asked to stop meanwhile."""
    steps = [
        ("Database", lambda: call_command("migrate", verbosity=0)),
        ("Demonstration data", load_data),
        ("Static files", collect_static),
    ]
    for name, step in steps:
        if supervisor.asked_to_stop:
            return False
        begun = time.monotonic()
        print(f"{name} …", end=" ", flush=True)
        step()
        print(f"{time.monotonic() - begun:.1f} s", flush=True)
    return not supervisor.asked_to_stop


def load_data() -> None:
    """Load the demonstration data; the command knows whether it is there already."""
    if os.environ.get("DEMO_DATA") != "off":
        call_command("load_demo", verbosity=0)


def collect_static() -> None:
    """Collect, hash and compress, unless nothing has changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 -- needs the settings

    classes = {package: sorted(names) for package, names in settings.NPM_CLASSES.items()}
    state = hashlib.sha256(repr(classes).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            state.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    note = settings.STATIC_ROOT / ".collected"
    if note.exists() and note.read_text(encoding="utf-8") == state.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(state.hexdigest(), encoding="utf-8")


def run(supervisor: Supervisor) -> int:
    """Say where the portal is once it answers, and wait."""
    while not supervisor.asked_to_stop and not answers():
        if supervisor.ended() is not None:
            break
        time.sleep(0.1)
    else:
        print_welcome()
    ended = supervisor.watch()
    if ended is not None:
        print(f"\n{ended.name} has ended by itself; the whole portal stops.", flush=True)
        return 1
    print("\nStopping …", flush=True)
    return 0


def print_welcome() -> None:
    """Print address, accounts and password."""
    from mobilization.demonstration.people import ACCOUNTS, address  # noqa: PLC0415 -- needs Django set up

    print(f"\nThe portal answers on http://{'localhost' if HOST == '127.0.0.1' else HOST}:{PORT}/")
    print(f"Staff sign in with the password {os.environ['DEMO_PASSWORD']} as")
    for local, (name, role, _unit) in ACCOUNTS.items():
        print(f"  {address(local):34} {role.value:14} {name}")
    print("Ctrl-C stops the portal; the data stay in", settings.DATA_DIR, flush=True)


def programs() -> list[Program]:
    """Return web server, worker and clock, run by this very Python."""
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "mobilization.celery"]
    web = [sys.executable, "-m", "granian", "--interface=wsgi", f"--host={HOST}", f"--port={PORT}", "--no-ws"]
    web += [
        "--workers=2",
        "--blocking-threads=4",
        "--blocking-threads-idle-timeout=600",
        "--log-level=warning",
    ]
    return [
        Program("Worker", [*celery, "worker", "--concurrency=2", "--loglevel=WARNING", "--without-gossip"]),
        Program("Clock", [*celery, "beat", "--loglevel=WARNING", "--pidfile="]),
        Program("Web server", [*web, "mobilization.wsgi:application"]),
    ]


def answers() -> bool:
    """Tell whether the web server answers yet."""
    try:
        with urlopen(f"http://{HOST}:{PORT}/healthz", timeout=2):
            return True
    except (URLError, OSError):
        return False


def port_is_taken() -> bool:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((HOST, PORT))
        except OSError:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
