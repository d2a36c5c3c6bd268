import pytest
from django.contrib.auth import get_user
from django.test import RequestFactory

from mobilization.accounts.backends import AccountBackend
from mobilization.accounts.models import User
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_get_user_returns_the_account_as_it_is_stored():
    stored = User.objects.get(pk=UserFactory().pk)
    UserFactory()
    found = AccountBackend().get_user(stored.pk)
    assert found == stored
    names = {field.attname for field in User._meta.concrete_fields} - {"search"}
    assert {name: getattr(found, name) for name in names} == {name: getattr(stored, name) for name in names}


def test_get_user_can_be_saved_and_read_anew():
    found = AccountBackend().get_user(UserFactory(language="vi").pk)
    found.language = "en"
    found.save()
    found.refresh_from_db()
    assert found.language == "en"


def test_get_user_of_a_closed_or_missing_account_is_nobody():
    closed = UserFactory(is_active=False)
    assert AccountBackend().get_user(closed.pk) is None
    assert AccountBackend().get_user(closed.pk + 10**9) is None


def test_get_user_of_a_session_takes_one_statement(client, django_assert_num_queries):
    user = UserFactory()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    AccountBackend().get_user(user.pk)
    with django_assert_num_queries(1):
        assert get_user(request) == user
