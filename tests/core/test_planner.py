import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from mobilization.core import planner
from tests.accounts.factories import UserFactory


@pytest.mark.django_db
def test_refresh_the_planner_knows_rows_of_the_running_transaction():
    UserFactory.create_batch(3)
    planner.refresh(get_user_model())
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'accounts_user'")
        assert cursor.fetchone()[0] == 3
