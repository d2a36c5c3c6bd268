"""``python -m tests.chains``: do squashed migrations make the same database as those that they replace?

Takes some minutes. One database is migrated as an empty one is today; others stand at places of the replaced chain
and are migrated on from there. All have to end with the same schema and the same rows, and with nothing left to do.
"""

import os
import sys
import tempfile


def main() -> int:
    """Lay out servers of its own; return how many databases differ."""
    with tempfile.TemporaryDirectory(prefix="portal-chains-") as data_dir:
        for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "PRODUCTION"):
            os.environ.pop(name, None)
        os.environ |= {"DATA_DIR": data_dir, "EMBEDDED_DURABLE": "off"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "mobilization.settings"
        import django  # noqa: PLC0415 -- only once the environment is laid out

        django.setup()
        from mobilization import settings  # noqa: PLC0415 -- as above
        from tests import replaced  # noqa: PLC0415 -- as above

        try:
            return replaced.compare()
        finally:
            settings._embedded.leave()


if __name__ == "__main__":
    sys.exit(main())
