"""Hanoi's units for a whole file of tests; to use it, import ``hanoi`` into the file or its conftest."""

import pgtrigger
import pytest
from django.db import connection, transaction

_TABLES = ("audit_auditentry", "units_successionevent", "units_unitevent", "units_succession", "units_unit")


@pytest.fixture(scope="module")
def hanoi(django_db_setup, django_db_blocker):
    """Load them once, committed, and take them out again: what a test adds is rolled back before."""
    from tests.units.factories import load_hanoi  # noqa: PLC0415 -- a conftest is read before there are models

    with django_db_blocker.unblock():
        load_hanoi()
    yield
    with django_db_blocker.unblock(), pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"DELETE FROM {table}")
