"""Every run of the tests has embedded servers of its own, so that several runs at once do not meet.

``PYTEST_DATA_DIR`` names the directory to keep between runs (a second run then starts quicker).
"""

import os
import shutil
import tempfile
from pathlib import Path

# Before anything reads the settings: the workers of pytest-xdist inherit the first process's choice.
if "DATA_DIR_OF_TESTS" not in os.environ:
    named = os.environ.get("PYTEST_DATA_DIR")
    os.environ["DATA_DIR_OF_TESTS"] = named or tempfile.mkdtemp(prefix="portal-tests-")
    os.environ["DATA_DIR_OF_TESTS_OWNER"] = "" if named else str(os.getpid())
os.environ["DATA_DIR"] = os.environ["DATA_DIR_OF_TESTS"]
os.environ["EMBEDDED_DURABLE"] = "off"
for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "DEMONSTRATION", "PRODUCTION", "ALLOWED_HOSTS", "HTTPS"):
    os.environ.pop(name, None)

import pgtrigger  # noqa: E402
import pytest  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402


@pytest.fixture(autouse=True)
def _quick_and_apart(settings, tmp_path):
    """Cheap password hashing; uploads of a test stay with it; Vietnamese whatever ran before."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied():
    """Tests with real transactions end by emptying every table, the append-only ones too."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(case) -> None:
        with pgtrigger.ignore():
            empty(case)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = empty


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that made the temporary directory stops the servers and removes it."""
    if os.environ.get("DATA_DIR_OF_TESTS_OWNER") != str(os.getpid()):
        return
    from mobilization import settings as portal  # noqa: PLC0415 -- only once the environment is laid out

    portal._embedded.leave()
    shutil.rmtree(Path(os.environ["DATA_DIR_OF_TESTS"]), ignore_errors=True)
