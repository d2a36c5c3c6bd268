"""Whatever is asked of the API, it answers as its description says, and never with 500."""

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from mobilization.wsgi import application
from tests.api.worlds import published_world
from tests.shared import for_a_whole_file

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
PATHS = ("units", "models", "models/{code}", "dialogues", "awards", "statistics")


@pytest.fixture(scope="module")
def _one_connection():
    """The end of a request closes the connection, and with it the transaction of the file; not here."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def described(django_db_setup, django_db_blocker, _one_connection):
    """The API as it describes itself, with something published; asking changes nothing of it."""
    with for_a_whole_file(django_db_blocker):
        published_world(code="00439", name="Kim Lũ", full_name="Xã Kim Lũ")
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", PATHS)
def test_api_answers_as_described(described, path, mode):
    operation = described[f"/api/v1/{path}"]["GET"]

    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case):
        # The client that asks inside the process does not unpack what is compressed.
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    answered()
