from django.urls import reverse

from mobilization.api.api import api


def test_docs_show_every_address_and_load_nothing_from_elsewhere(client, db):
    page = client.get(reverse("api:docs"))
    text = page.content.decode()

    for address in api.get_openapi_schema()["paths"]:
        assert f"GET {address}" in text
    assert page.status_code == 200
    assert "script-src" not in text
    assert "cdn" not in text
    assert "unsafe" not in page["Content-Security-Policy"]


def test_description_for_machines_names_every_answer(client, db):
    schema = client.get(reverse("api:v1:openapi-json")).json()

    assert set(schema["paths"]) == {
        "/api/v1/units",
        "/api/v1/models",
        "/api/v1/models/{code}",
        "/api/v1/dialogues",
        "/api/v1/awards",
        "/api/v1/statistics",
        "/api/v1/statistics/notes",
        "/api/v1/measures",
    }
    for methods in schema["paths"].values():
        assert set(methods) == {"get"}
        answers = {"200", "422"} if methods["get"].get("parameters") else {"200"}
        assert answers <= set(methods["get"]["responses"])
