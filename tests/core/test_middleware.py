import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from mobilization.audit.models import AuditEntry
from mobilization.core.middleware import CompressionMiddleware
from tests.accounts.factories import UserFactory


@pytest.mark.parametrize("given", ["", "short", "x" * 49, "with space in it", "wörter-mit-umlaut"])
def test_request_id_implausible_is_replaced(client, given):
    answer = client.get("/healthz", headers={"X-Request-Id": given})
    assert len(answer["X-Request-Id"]) == 32


def test_request_id_of_the_proxy_begins_ours_and_is_never_shared(client):
    given = "x" * 48
    first, second = (client.get("/healthz", headers={"X-Request-Id": given}) for _ in range(2))
    assert first["X-Request-Id"].startswith(f"{given}-")
    assert first["X-Request-Id"] != second["X-Request-Id"]
    assert len(first["X-Request-Id"]) <= AuditEntry._meta.get_field("request_id").max_length


@pytest.mark.parametrize(
    ("cookie", "expected"), [(None, "vi"), ("en", "en"), ("vi", "vi"), ("xx", "vi"), ("../etc", "vi")]
)
def test_language_is_the_chosen_one_and_vietnamese_otherwise(client, cookie, expected):
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/healthz", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert answer["Content-Language"] == expected


def asked(body: bytes, kind: str, accepts: str = "gzip, deflate", *, stream: bool = False) -> HttpResponse:
    answer = (
        StreamingHttpResponse([body], content_type=kind) if stream else HttpResponse(body, content_type=kind)
    )
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressionMiddleware(lambda _request: answer)(request)


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "application/json", "text/csv", "image/svg+xml"]
)
def test_text_is_compressed_for_those_who_take_it(kind):
    body = "mở đường ".encode() * 200
    answer = asked(body, kind)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == body
    assert len(answer.content) < len(body) / 5
    plain = asked(body, kind, "identity")
    assert plain.content == body
    assert "Content-Encoding" not in plain
    assert answer["Vary"] == plain["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("kind", "stream"), [("application/pdf", False), ("image/png", False), ("text/csv", True)]
)
def test_files_and_what_is_written_while_it_is_sent_are_left_alone(kind, stream):
    assert "Content-Encoding" not in asked(b"x" * 2000, kind, stream=stream)


@pytest.mark.django_db
def test_page_of_somebody_signed_in_is_compressed_with_a_random_length(client):
    client.force_login(UserFactory())
    lengths = {len(client.get("/", headers={"Accept-Encoding": "gzip"}).content) for _ in range(12)}
    assert len(lengths) > 1
