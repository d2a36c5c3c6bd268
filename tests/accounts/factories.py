"""People and their positions for tests."""

import datetime
import time

import factory
from django.test import Client

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.core.text import person_sort_key
from mobilization.units.models import Unit

PASSWORD = "khéo-tay-hay-làm"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with a password and without a position."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.vn")
    full_name = factory.Sequence(lambda number: f"Nguyễn Thị Mai {number}")
    sort_key = factory.LazyAttribute(lambda user: person_sort_key(user.full_name))
    password = factory.django.Password(PASSWORD)


class PositionFactory(factory.django.DjangoModelFactory):
    """A position in force; give ``unit``."""

    class Meta:
        model = Position

    user = factory.SubFactory(UserFactory)
    role = Role.OFFICIAL
    valid_from = datetime.date(2020, 1, 1)


def user_with(role: str, unit: Unit, **fields: object) -> User:
    """Return a new user who holds ``role`` at ``unit`` today."""
    return PositionFactory(role=role, unit=unit, user=UserFactory(**fields)).user


def prove(client: Client, user: User) -> None:
    """Let the signed-in ``user`` have typed the password a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
