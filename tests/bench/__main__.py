"""``python -m tests.bench [PART …]``: all parts, or those whose names are given.

``SCALE`` is the number of registrations (160,000). The data is kept under ``BENCH_DIR`` for the next run.
"""

import logging
import os
import sys
from importlib import import_module
from pathlib import Path

SCALE = int(os.environ.get("SCALE") or 160_000)
PARTS = ("statistics", "public", "staff", "acts", "imports", "exports", "awards", "certificates")


def lay_out() -> None:
    """Lay out the environment, start the servers, set Django up with the other sides beside the portal."""
    for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "PRODUCTION"):
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = os.environ.get("BENCH_DIR") or f"var/bench-{SCALE}"
    os.environ["EMBEDDED_DURABLE"] = "off"
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ["DJANGO_SETTINGS_MODULE"] = "mobilization.settings"
    import django  # noqa: PLC0415 -- only once the environment is laid out

    django.setup()
    logging.getLogger("bench").setLevel(logging.INFO)
    from django.conf import settings  # noqa: PLC0415 -- as above

    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.ROOT_URLCONF = "tests.bench.plain.urls"
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "plain" / "templates")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def prepare() -> None:
    """Lay everything out, make the tables and the data."""
    lay_out()
    from django.core.management import call_command  # noqa: PLC0415 -- needs the settings

    from tests.bench import data  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    data.make(SCALE)


def main() -> None:
    """Run the parts and print the table; nothing is asserted."""
    asked = sys.argv[1:]
    if unknown := set(asked) - set(PARTS):
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    prepare()
    from tests.bench import runner  # noqa: PLC0415 -- needs the settings

    results = []
    runner.head(f"{SCALE:,} registrations; medians of rounds side by side; only the ratios count")
    for part in asked or PARTS:
        for row in import_module(f"tests.bench.rows.{part}").rows():
            results.append(runner.run(row))
            runner.show(results[-1])
    kept = sum(result.is_within for result in results)
    sys.stdout.write(f"\n{kept} of {len(results)} bounds kept\n")


if __name__ == "__main__":
    main()
