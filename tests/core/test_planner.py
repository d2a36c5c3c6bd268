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


def settings_of_plans():
    with connection.cursor() as cursor:
        ways = ("enable_nestloop", "enable_sort", "enable_indexscan")
        cursor.execute("SELECT current_setting(%s), current_setting(%s), current_setting(%s)", ways)
        return cursor.fetchone()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("context", "within"),
    [(planner.hashed_joins, ("off", "on", "on")), (planner.hashed, ("off", "off", "off"))],
)
def test_hashed_the_settings_end_with_the_context(context, within):
    with connection.cursor() as cursor:
        with context(cursor):
            assert settings_of_plans() == within
        assert settings_of_plans() == ("on", "on", "on")


@pytest.mark.django_db
@pytest.mark.parametrize("context", [planner.hashed_joins, planner.hashed])
def test_hashed_the_settings_end_with_an_error(context):
    with connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic(), context(cursor):
            cursor.execute("SELECT nonsense")
        assert settings_of_plans() == ("on", "on", "on")
