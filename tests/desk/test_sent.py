"""The page of what one sent."""

import pytest
from django.urls import reverse

from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db
SENT = reverse("desk:sent")


def titles(answer):
    return sorted(row.title for row in answer.context["object_list"])


def test_sent_shows_own_work_that_was_handed_in(client):
    commune, official, _reviewer = commune_people()
    colleague = user_with("official", commune)
    RegistrationFactory(unit=commune, title="Đã nộp", submitted=True, by_official=official)
    RegistrationFactory(unit=commune, title="Trả lại", returned=True, by_official=official)
    RegistrationFactory(unit=commune, title="Nháp", by_official=official)
    RegistrationFactory(unit=commune, title="Của đồng nghiệp", submitted=True, by_official=colleague)
    client.force_login(official)
    assert titles(client.get(SENT)) == ["Trả lại", "Đã nộp"]
    assert titles(client.get(SENT, {"state": "returned"})) == ["Trả lại"]
    assert titles(client.get(SENT, {"q": "da nop"})) == ["Đã nộp"]


def test_sent_leaves_out_what_one_reads_no_more(client):
    _commune, official, _reviewer = commune_people()
    RegistrationFactory(title="Ở xã cũ", submitted=True, by_official=official)
    client.force_login(official)
    assert titles(client.get(SENT)) == []


def test_sent_pages_by_key(client):
    commune, official, _reviewer = commune_people()
    RegistrationFactory.create_batch(30, unit=commune, submitted=True, by_official=official)
    client.force_login(official)
    first = client.get(SENT)
    second = client.get(SENT, {"cursor": first.context["page"].next})
    seen = [row.id for answer in (first, second) for row in answer.context["object_list"]]
    assert len(set(seen)) == len(seen) == 30


def test_sent_without_anything_says_what_to_do(client):
    _commune, official, _reviewer = commune_people()
    client.force_login(official)
    assert reverse("models_registry:start") in client.get(SENT).content.decode()


def test_sent_costs_the_same_for_one_and_three_rows(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    commune, official, _reviewer = commune_people()
    client.force_login(official)
    RegistrationFactory(unit=commune, submitted=True, by_official=official)
    with django_assert_max_num_queries(8) as one:
        client.get(SENT)
    RegistrationFactory.create_batch(2, unit=commune, submitted=True, by_official=official)
    with django_assert_num_queries(len(one)):
        client.get(SENT)


@pytest.mark.parametrize(
    ("order", "sequence"), [("title", ["A", "B"]), ("-title", ["B", "A"]), ("", ["B", "A"])]
)
def test_sent_is_sorted_by_its_heads(client, order, sequence):
    commune, official, _reviewer = commune_people()
    for title in ("A", "B"):
        RegistrationFactory(unit=commune, submitted=True, by_official=official, title=title)
    client.force_login(official)
    page = client.get(SENT, {"order": order})
    assert [row.title for row in page.context["object_list"]] == sequence
