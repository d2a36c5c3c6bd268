"""Public pages kept for those who are not signed in."""

import gzip
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from mobilization.portal import page_cache
from models_registry.transitions import accept
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/models/"


@pytest.fixture(autouse=True)
def _kept_pages(settings):
    settings.PAGE_CACHE_SECONDS = 60
    page_cache._at_hand.clear()
    yield
    cache.clear()


def page(client: Client, address: str = LIST, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def test_page_is_kept_and_a_published_change_shows_at_once(client, django_assert_num_queries):
    commune, _official, reviewer = commune_people()[:3]
    first = RegistrationFactory(accepted=True, unit=commune)
    second = RegistrationFactory(submitted=True, unit=commune)
    made = page(client)
    with django_assert_num_queries(1):
        assert page(client) == made
    assert first.title in made
    assert second.title not in made
    accept(second, actor=reviewer)
    assert second.title in page(client)


def test_what_is_rolled_back_or_not_shown_leaves_the_page_kept(client, django_assert_num_queries):
    page(client)
    with transaction.atomic():
        RegistrationFactory(accepted=True)
        transaction.set_rollback(True)
    commune = UnitFactory()
    page(client)
    RegistrationFactory(submitted=True, unit=commune, model__unit=commune)
    page(client)
    with django_assert_num_queries(1):
        page(client)


def test_page_is_kept_for_each_language_and_address(client):
    english = Client()
    english.cookies["django_language"] = "en"
    pages = {page(client), page(english), page(client, "/models/?year=2020"), page(client, "/units/")}
    assert len(pages) == 4
    assert 'lang="vi"' in page(client)
    assert 'lang="en"' in page(english)


def test_who_is_signed_in_gets_a_page_of_his_own_that_nobody_else_gets(client):
    user = user_with("official", UnitFactory(), full_name="Lê Thị Riêng")
    own = Client()
    own.force_login(user)
    assert "Lê Thị Riêng" in page(own)
    assert "Lê Thị Riêng" not in page(client)
    assert "Lê Thị Riêng" in page(own)
    assert "ETag" not in own.get(LIST)


def test_page_sets_no_cookie_and_says_how_long_it_holds(client):
    for _ in range(2):
        answer = client.get(LIST)
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-cache"
        assert "Cookie" in answer["Vary"]
        assert answer["Content-Language"] == "vi"
        assert "default-src" in answer["Content-Security-Policy"]


def test_page_that_a_browser_holds_is_not_sent_again(client):
    tag = client.get(LIST)["ETag"]
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 304
    RegistrationFactory(accepted=True)
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 200


def test_page_is_kept_compressed_and_unpacked_for_who_does_not_take_it(client, django_assert_num_queries):
    plain = page(client)
    with django_assert_num_queries(1):
        answer = client.get(LIST, headers={"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert int(answer["Content-Length"]) == len(answer.content) < len(plain)
    assert gzip.decompress(answer.content).decode() == plain
    bare = client.get(LIST)
    assert "Content-Encoding" not in bare
    assert int(bare["Content-Length"]) == len(bare.content)
    assert bare["ETag"] == answer["ETag"]
    assert "Accept-Encoding" in bare["Vary"]
    assert "Accept-Encoding" in answer["Vary"]
    packed = client.get(LIST, headers={"Accept-Encoding": "gzip", "If-None-Match": answer["ETag"]})
    assert packed.status_code == 304


def test_head_answers_as_get_does(client):
    assert client.head(LIST)["ETag"] == client.get(LIST)["ETag"] == client.head(LIST)["ETag"]


def test_post_is_answered_by_no_kept_page(client):
    page(client)
    assert client.post(LIST).status_code == 405
    assert client.get(LIST).status_code == 200


def test_what_is_missing_is_not_kept(client):
    address = "/models/DVK-9999999/"
    assert client.get(address).status_code == client.get(address).status_code == 404
    assert "ETag" not in client.get(address)


@pytest.mark.parametrize("address", ["/accounts/login/", "/verify/", "/healthz", "/nowhere/"])
def test_pages_that_are_not_marked_are_left_alone(client, address, django_assert_num_queries):
    client.get(address)
    with django_assert_num_queries(0):
        assert "ETag" not in client.get(address)


def test_messages_of_somebody_are_shown_to_nobody_else(client):
    page(client)
    client.cookies["messages"] = "anything"
    assert "ETag" not in client.get(LIST)


def test_pages_of_the_release_before_are_not_shown(client, monkeypatch):
    made = page(client)
    monkeypatch.setattr(page_cache, "_release", lambda: "another")
    key = page_cache._slot((("http", "testserver", LIST, "vi", ""),))
    assert cache.get(key).identity[2] != "another"
    assert page(client) == made
    assert cache.get(key).identity[2] == "another"


def test_release_is_another_one_when_only_a_style_sheet_changed(monkeypatch):
    releases = []
    for known in ("one", "other"):
        monkeypatch.setattr(page_cache, "staticfiles_storage", SimpleNamespace(manifest_hash=known))
        page_cache._release.cache_clear()
        releases.append(page_cache._release())
    page_cache._release.cache_clear()
    assert releases[0] != releases[1]


def test_room_is_bounded():
    addresses = ((("http", "testserver", f"{LIST}?q={number}", "vi", ""),) for number in range(20_000))
    assert len({page_cache._slot(address) for address in addresses}) <= page_cache.SLOTS


def test_pages_at_hand_are_few(client):
    for number in range(page_cache.AT_HAND + 5):
        page_cache._lay_at_hand(str(number), page_cache.Page((), {}, b""))
    assert len(page_cache._at_hand) == page_cache.AT_HAND
    large = b"x" * (page_cache.ROOM_AT_HAND // 3)
    for number in range(5):
        page_cache._lay_at_hand(f"large {number}", page_cache.Page((), {}, large))
    assert list(page_cache._at_hand) == ["large 2", "large 3", "large 4"]


def test_page_made_by_another_process_is_taken_from_the_cache(client, django_assert_num_queries):
    made = page(client)
    page_cache._at_hand.clear()
    with django_assert_num_queries(1):
        assert page(client) == made


def test_long_addresses_are_not_kept(client):
    assert "ETag" not in client.get(reverse("portal:model_list"), {"q": "a" * 600})
