from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db.models import F, Value
from django.test import RequestFactory
from django.utils import timezone

from mobilization.accounts import at_hand, backends
from mobilization.accounts.backends import AccountBackend
from mobilization.accounts.models import Position, User
from tests.accounts.factories import PositionFactory, UserFactory
from tests.units.factories import UnitFactory

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


def test_get_user_brings_the_positions_as_they_are_stored(django_assert_num_queries):
    user, other, units = UserFactory(), UserFactory(), [UnitFactory(), UnitFactory(), UnitFactory()]
    day = timezone.localdate()
    PositionFactory(user=user, unit=units[0], valid_from=day - timedelta(days=90), valid_to=day)
    for unit in units[1:]:
        PositionFactory(user=user, unit=unit, valid_from=day - timedelta(days=9))
    PositionFactory(user=other, unit=units[0])
    stored = list(Position.objects.filter(user=user).select_related("unit"))
    found = AccountBackend().get_user(user.pk)
    with django_assert_num_queries(0):
        assert found.held_positions == stored
        for here, there in zip(found.held_positions, stored, strict=True):
            assert values_of(here) == values_of(there)
            assert values_of(here.unit) == values_of(there.unit)
            assert here.user is found
        assert found.units_of() == [units[2], units[1]]


def test_get_user_without_a_position_holds_none(django_assert_num_queries):
    found = AccountBackend().get_user(UserFactory().pk)
    with django_assert_num_queries(0):
        assert found.held_positions == []


def test_get_user_brings_what_is_wanted_at_hand(django_assert_num_queries, monkeypatch):
    user = UserFactory()
    PositionFactory(user=user, unit=UnitFactory())
    PositionFactory(user=user, unit=UnitFactory())
    monkeypatch.setattr(at_hand, "_wanted", {"name": lambda: F("full_name"), "one": lambda: Value(1)})
    backends._account.cache_clear()
    try:
        with django_assert_num_queries(1):
            found = AccountBackend().get_user(user.pk)
    finally:
        backends._account.cache_clear()
    assert found.at_hand == {"name": user.full_name, "one": 1}
    assert len(found.held_positions) == 2
    assert dict(User.objects.get(pk=user.pk).at_hand) == {}


def values_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
