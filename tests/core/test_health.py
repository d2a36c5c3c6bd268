import pytest
from django.core.cache import cache
from django.db import connection


def test_healthz_answers_without_a_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_all_there_answers_200(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "redis": True})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "what", "expected"),
    [
        (connection, "cursor", {"database": False, "redis": True}),
        (cache, "get", {"database": True, "redis": False}),
    ],
)
def test_readyz_part_missing_says_which(client, monkeypatch, where, what, expected):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(where, what, fail, raising=False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, expected)
