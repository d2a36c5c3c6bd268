import pytest


@pytest.fixture
def world(db):
    """Return a city whose two districts were abolished in 2025."""
    from tests.statistics.factories import World  # noqa: PLC0415 -- models only once the apps are ready

    return World()
