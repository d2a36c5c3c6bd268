"""What several journeys in a browser need."""

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker


@pytest.fixture
def worker(transactional_db):
    """A Celery worker on the embedded Redis."""
    current_app.control.purge()
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield
