import pytest

from tests.accounts.factories import user_with
from tests.units.factories import UnitFactory, city


@pytest.fixture
def commune(db):
    """A commune of the city."""
    return UnitFactory()


@pytest.fixture
def staff(db):
    """City staff, who drafts the city's decisions."""
    return user_with("city_staff", city())


@pytest.fixture
def leader(db):
    """The city leader, who issues them."""
    return user_with("city_leader", city())
