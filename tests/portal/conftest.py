import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _place_known(db):
    """The name of the city stands in the cache, as it does on all but the first page."""
    from tests.units.factories import city  # noqa: PLC0415 -- models are there only once Django is set up

    cache.set("portal:place", city().full_name)
    yield
    cache.delete("portal:place")
