import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_registry import services, transitions
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return commune_people()


@pytest.fixture
def mended(people):
    """Version 1 begun, 2 typed, 3 submitted, 4 returned, 5 mended, 6 submitted again."""
    commune, official, reviewer = people
    row = RegistrationFactory(unit=commune, by_official=official, aim="Mở đường thôn")
    row = services.save_draft(row, {"person_phone": "0911222333"}, actor=official)
    row = transitions.submit(row, actor=official)
    row = transitions.return_(row, actor=reviewer, reason="Sửa")
    row = services.save_draft(row, {"aim": "Mở đường liên thôn"}, actor=official)
    return transitions.resubmit(row, actor=official)


def page_of(registration, **asked):
    return reverse("models_registry:versions", args=[registration.pk], query=asked or None)


def test_versions_any_two_stand_side_by_side(client, people, mended):
    client.force_login(people[2])
    page = client.get(page_of(mended, older=6, newer=3))
    (change,) = page.context["changes"]
    assert change["name"] == "aim"
    assert [part.text.strip() for part in change["after"] if part.is_changed] == ["liên"]
    assert [line["number"] for line in page.context["chosen"]] == [3, 6]
    assert b"<ins>" in page.content


def test_versions_of_the_draft_are_the_units_alone(client, people, mended):
    seen = {}
    for user in people[1:]:
        client.force_login(user)
        seen[user] = [line["number"] for line in client.get(page_of(mended)).context["lines"]]
    assert seen == {people[1]: [6, 5, 4, 3, 2, 1], people[2]: [6, 5, 4, 3]}
    page = client.get(page_of(mended, older=1, newer=6))
    assert page.context["chosen"] is None
    assert page.context["form"].errors


@pytest.mark.parametrize(
    "asked", [{"older": "x", "newer": "6"}, {"older": "99", "newer": "6"}, {"older": "6"}]
)
def test_versions_that_there_are_not_are_told(client, people, mended, asked):
    client.force_login(people[2])
    page = client.get(page_of(mended, **asked))
    assert page.status_code == 200
    assert page.context["form"].errors


def test_versions_say_who_made_them_and_by_which_act(client, people, mended):
    client.force_login(people[1])
    lines = client.get(page_of(mended)).context["lines"]
    assert [line["who"] for line in lines] == [
        people[1], people[1], people[2], people[1], people[1], people[1],
    ]  # fmt: skip
    assert lines[1]["fields"] == [str(mended._meta.get_field("aim").verbose_name)]


def test_versions_query_count_does_not_grow_with_versions(client, people, mended):
    client.force_login(people[1])
    client.get(page_of(mended))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(mended))
    row = transitions.return_(mended, actor=people[2], reason="Nữa")
    for number in range(3):
        row = services.save_draft(row, {"households": number + 1}, actor=people[1])
    with CaptureQueriesContext(connection) as many:
        client.get(page_of(mended))
    assert len(many) == len(few)
