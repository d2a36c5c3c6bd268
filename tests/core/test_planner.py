import pytest
from django.contrib.auth import get_user_model
from django.db import ProgrammingError, connection, transaction

from mobilization.core import planner
from tests.accounts.factories import UserFactory


@pytest.mark.django_db
def test_refresh_the_planner_knows_rows_of_the_running_transaction():
    UserFactory.create_batch(3)
    planner.refresh(get_user_model())
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'accounts_user'")
        assert cursor.fetchone()[0] == 3


@pytest.mark.django_db
def test_among_chooses_what_the_query_answers():
    first, second, _third = UserFactory.create_batch(3)
    users = get_user_model().objects
    chosen = users.filter(email__in=[first.email, second.email])
    assert set(users.filter(planner.Among("pk", chosen.values("pk")))) == {first, second}
    assert not users.filter(planner.Among("pk", chosen.none().values("pk"))).exists()


def nested_loops_are_on():
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return cursor.fetchone() == ("on",)


@pytest.mark.django_db
def test_hashed_joins_the_setting_ends_with_the_context():
    with connection.cursor() as cursor:
        with planner.hashed_joins(cursor):
            assert not nested_loops_are_on()
        assert nested_loops_are_on()
        with planner.hashed_joins(cursor, only=False):
            assert nested_loops_are_on()


@pytest.mark.django_db
def test_hashed_joins_the_setting_ends_with_an_error():
    with connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic(), planner.hashed_joins(cursor):
            cursor.execute("SELECT nonsense")
        assert nested_loops_are_on()
