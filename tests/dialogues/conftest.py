"""Units and people; models are imported only once Django is set up, after the conftests are read."""

import pytest


def unit(name):
    from tests.units.factories import UnitFactory  # noqa: PLC0415 -- see above

    return UnitFactory(kind="ward", name=name, full_name=f"Phường {name}")


def person(role, place=None):
    from tests.accounts.factories import user_with  # noqa: PLC0415 -- see above
    from tests.units.factories import city  # noqa: PLC0415 -- see above

    return user_with(role, place or city())


@pytest.fixture
def ward(db):
    return unit("Ba Đình")


@pytest.fixture
def other_ward(db):
    return unit("Tây Hồ")


@pytest.fixture
def official(ward):
    return person("official", ward)


@pytest.fixture
def stranger(other_ward):
    return person("official", other_ward)


@pytest.fixture
def reviewer(ward):
    return person("reviewer", ward)


@pytest.fixture
def city_staff(db):
    return person("city_staff")


@pytest.fixture
def auditor(db):
    return person("auditor")
