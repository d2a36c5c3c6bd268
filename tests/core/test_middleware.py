import pytest


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space in it", "wörter-mit-umlaut"])
def test_request_id_implausible_is_replaced(client, given):
    answer = client.get("/healthz", headers={"X-Request-Id": given})
    assert len(answer["X-Request-Id"]) == 32


def test_request_id_of_the_proxy_is_kept(client):
    answer = client.get("/healthz", headers={"X-Request-Id": "0123456789abcdef"})
    assert answer["X-Request-Id"] == "0123456789abcdef"


@pytest.mark.parametrize(
    ("cookie", "expected"), [(None, "vi"), ("en", "en"), ("vi", "vi"), ("xx", "vi"), ("../etc", "vi")]
)
def test_language_is_the_chosen_one_and_vietnamese_otherwise(client, cookie, expected):
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/healthz", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert answer["Content-Language"] == expected
