import pytest

from mobilization.accounts.states import Role
from tests.accounts.factories import user_with
from tests.units.factories import UnitFactory, city


@pytest.fixture
def ward(db):
    return UnitFactory(kind="ward", name="Ba Đình", full_name="Phường Ba Đình")


@pytest.fixture
def other_ward(db):
    return UnitFactory(kind="ward", name="Tây Hồ", full_name="Phường Tây Hồ")


@pytest.fixture
def official(ward):
    return user_with(Role.OFFICIAL, ward)


@pytest.fixture
def stranger(other_ward):
    return user_with(Role.OFFICIAL, other_ward)


@pytest.fixture
def reviewer(ward):
    return user_with(Role.REVIEWER, ward)


@pytest.fixture
def city_staff(db):
    return user_with(Role.CITY_STAFF, city())


@pytest.fixture
def auditor(db):
    return user_with(Role.AUDITOR, city())
