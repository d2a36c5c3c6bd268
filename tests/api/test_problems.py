import pytest
from django.test import Client

from tests.api.worlds import published_world

BAD = [
    ("units", {"on": "31/02/2026"}, "on"),
    ("units", {"on": "2026-02-31"}, "on"),
    ("units", {"on": "0000-01-01"}, "on"),
    ("units", {"on": "9999-12-31"}, "on"),
    ("units", {"kind": "village"}, "kind"),
    ("units", {"parent": "1e9"}, "parent"),
    ("units", {"parent": str(2**63)}, "parent"),
    ("units", {"code": "a\x00"}, "code"),
    ("units", {"cursor": "x"}, "cursor"),
    ("units", {"cursor": "WzAsImEiXQ"}, "cursor"),
    ("units", {"limit": "0"}, "limit"),
    ("units", {"limit": "501"}, "limit"),
    ("models", {"year": "abc"}, "year"),
    ("models", {"year": "0"}, "year"),
    ("models", {"year": ""}, "year"),
    ("models", {"unit": "-1"}, "unit"),
    ("models", {"unit": "999999999"}, "unit"),
    ("models", {"field": "sport"}, "field"),
    ("models", {"level": "province"}, "level"),
    ("models", {"recognised": "maybe"}, "recognised"),
    ("models", {"q": "x" * 201}, "q"),
    ("models", {"q": "\x00"}, "q"),
    ("models", {"q": "a\u202eb"}, "q"),
    ("models", {"feild": "economy"}, "feild"),
    ("models", {"cursor": "!!!"}, "cursor"),
    ("dialogues", {"kind": "weekly"}, "kind"),
    ("awards", {"unit": "x"}, "unit"),
    ("statistics", {}, "year"),
    ("statistics", {"year": "2024", "basis": "other"}, "basis"),
    ("statistics", {"year": "2024", "scope": "all"}, "scope"),
    ("statistics", {"year": "2024", "unit": "999999999"}, "unit"),
]


@pytest.mark.parametrize(("path", "asked", "name"), BAD)
def test_bad_parameter_is_answered_by_a_sentence(ask, db, path, asked, name):
    status, answer = ask(path, **asked)

    assert status == 422
    assert [problem["loc"] for problem in answer["detail"]] == [["query", name]]
    assert all(problem["msg"] for problem in answer["detail"])


def test_unknown_address_is_not_found(db, client):
    assert client.get("/api/v1/people").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_is_read_only(db, method):
    client = Client(enforce_csrf_checks=True)

    assert getattr(client, method)("/api/v1/models").status_code == 405


def test_cursor_of_another_list_is_refused(ask, published):
    published_world()
    cursor = ask("models", limit=1)[1]["next"]

    assert ask("units", cursor=cursor)[0] == 422


def test_model_code_that_cannot_be_read_is_refused(ask, db):
    assert ask("models/" + "x" * 300)[0] == 422
    assert ask("models/DVK-0000000")[0] == 404
