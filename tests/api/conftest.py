"""One published record of each kind beside its private neighbours; models are imported once Django is set up."""

import pytest


@pytest.fixture
def ask(client):
    """Ask the API and return the status and what it answered."""

    def answer(path, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        return response.status_code, response.json()

    return answer


@pytest.fixture
def published(db):
    """A commune with a recognised model, a published dialogue and an issued award."""
    from tests.api.worlds import published_world  # noqa: PLC0415 -- see above

    return published_world(code="00439", name="Kim Lũ", full_name="Xã Kim Lũ")
