"""Hanoi's units for a whole file of tests; to use it, import ``hanoi`` into the file or its conftest."""

import pytest

from tests import kept_rows


@pytest.fixture(scope="module")
def hanoi(django_db_setup, django_db_blocker):
    """Put them in, committed, and take them out again: what a test adds is rolled back before."""
    with django_db_blocker.unblock():
        kept_rows.put_in_hanoi()
    yield
    with django_db_blocker.unblock():
        kept_rows.take_out_hanoi()
