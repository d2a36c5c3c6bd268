"""Every run of the tests has embedded servers of its own, so that several runs at once do not meet.

``PYTEST_DATA_DIR`` names a directory for them that is kept after the run.
"""

import gc
import math
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests import migrated

# Before anything reads the settings: the workers of pytest-xdist inherit the first process's choice.
if "DATA_DIR_OF_TESTS" not in os.environ:
    named = os.environ.get("PYTEST_DATA_DIR")
    os.environ["DATA_DIR_OF_TESTS"] = named or tempfile.mkdtemp(prefix="portal-tests-")
    os.environ["DATA_DIR_OF_TESTS_OWNER"] = str(os.getpid())
    os.environ["DATA_DIR_OF_TESTS_KEPT"] = named or ""
    migrated.bring(Path(os.environ["DATA_DIR_OF_TESTS"]))
os.environ["DATA_DIR"] = os.environ["DATA_DIR_OF_TESTS"]
DATA_DIR = Path(os.environ["DATA_DIR"])
os.environ["EMBEDDED_DURABLE"] = "off"
# Whatever the machine says: to compile all tests anew takes each worker seven seconds, at each run.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "mobilization.settings"
for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "DEMONSTRATION", "PRODUCTION", "ALLOWED_HOSTS", "HTTPS"):
    os.environ.pop(name, None)

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402

from tests import kept_rows, one_chain  # noqa: E402

pytest_plugins = ["tests.browsing"]
FILLED = 0.9
"""Over this part of the tests the long ones are spread."""


def pytest_configure() -> None:
    """Read the settings now; pytest-django then sets Django up."""
    settings.DATABASES  # noqa: B018 -- reading is the point
    # Each worker of pytest-xdist has a Redis database of its own: one empties its cache, another counts in it.
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    settings.CACHES["default"]["LOCATION"] = f"{settings.REDIS_URL}?db={number}"
    settings.CELERY_BROKER_URL = f"{settings.CELERY_BROKER_URL}?virtual_host={number}"
    # Here and not in a fixture, so that fixtures of whole files have them too.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    one_chain.share()
    # On a busy machine time says nothing of a test.
    hypothesis.settings.register_profile(
        "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("portal")


def pytest_collection_modifyitems(items) -> None:
    """Spread long tests with real transactions among the files of the others: no two workers wait for browsers at once.

    The last part has none, so that no worker waits for the other at the end.
    """
    long = sorted(filter(_is_long, items), key=lambda item: not item.get_closest_marker("slow"))
    others = [item for item in items if not _is_long(item)]
    spread, taken = [], 0
    for number, item in enumerate(others):
        # Between two files only: what a file shares, it holds in an open transaction.
        if number and item.path != others[number - 1].path:
            due = math.ceil(len(long) * number / len(others) / FILLED)
            spread += long[taken:due]
            taken = max(taken, due)
        spread.append(item)
    items[:] = spread + long[taken:]


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: looking for garbage in it again and again would take its time.

    Most of what a request or a query leaves is gone without looking, so that it is done a hundred times less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _is_long(item) -> bool:
    database = item.get_closest_marker("django_db")
    in_transaction = database and not database.kwargs.get("transaction")
    return not in_transaction and any(item.get_closest_marker(name) for name in ("browser", "slow"))


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    """Uploads and mail of a test stay with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _whose_portal_it_is_is_known():
    """Public pages ask for it every few minutes: which request that meets says nothing of the test that counts it."""
    from mobilization.portal.context_processors import PLACE_KEY, places  # noqa: PLC0415 -- once the apps are ready

    places.kept.clear()
    cache.set(PLACE_KEY, "", None)


@pytest.fixture(scope="session", autouse=True)
def _after_real_transactions_tables_are_as_migrated():
    """Tests with real transactions end by putting back what migrations load, and emptying all else."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case) -> None:
        with connection.cursor() as cursor:
            # Checks of keys that were planned over small tables read big ones as a whole, once for each row.
            cursor.execute("DISCARD PLANS")
        kept_rows.as_migrated()

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="module", autouse=True)
def _plans_know_nothing_of_other_files(django_db_setup, django_db_blocker):
    """Each file of tests begins with tables that nobody has looked at, so that it is as quick as when it runs alone."""
    with django_db_blocker.unblock():
        kept_rows.forget_what_was()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Test databases are copies of a migrated one."""
    connection.settings_dict["TEST"]["TEMPLATE"] = "portal"


def pytest_unconfigure() -> None:
    """The process that laid out the directory stops the servers and clears up."""
    if os.environ["DATA_DIR_OF_TESTS_OWNER"] != str(os.getpid()):
        return
    from mobilization import settings as portal  # noqa: PLC0415 -- only once the environment is laid out

    portal._embedded.leave()
    if not os.environ["DATA_DIR_OF_TESTS_KEPT"]:
        shutil.rmtree(DATA_DIR, ignore_errors=True)
