from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture
