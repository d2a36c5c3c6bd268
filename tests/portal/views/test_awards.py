"""Public pages of decisions and certificates."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.certificates import codes
from awards.transitions import correct, issue, revoke
from mobilization.portal.views.awards import GUESSES, LONGEST_SHOWN
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import AwardFactory, DecisionFactory, issue_past, issued
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_guessed():
    cache.delete_many(f"throttle:verify:{place}" for place in ("127.0.0.1", "198.51.100.1", "198.51.100.2"))


def test_draft_is_not_seen(client):
    draft = AwardFactory().decision
    assert list(client.get("/awards/").context["object_list"]) == []
    assert client.get(f"/awards/decisions/{draft.pk}/").status_code == 404


def test_issued_decision_is_seen_with_its_awards(client):
    decision = issued(2)
    assert [row.rewarded for row in client.get("/awards/").context["object_list"]] == [2]
    assert len(client.get(f"/awards/decisions/{decision.pk}/").context["object_list"]) == 2


def test_list_finds_by_recipient_and_by_unit_of_the_recipient(client):
    unit = UnitFactory()
    decision = DecisionFactory()
    AwardFactory(decision=decision, recipient_name="Bà Đỗ Thị Hòa", unit=unit)
    issue_past(decision, actor=user_with("city_leader", city()))
    issued()
    for query in ({"q": "do thi hoa"}, {"unit": unit.pk}):
        assert [row.pk for row in client.get("/awards/", query).context["object_list"]] == [decision.pk]


def test_detail_links_the_model_only_while_it_is_published(client):
    shown, hidden = RegistrationFactory(recognised=True), RegistrationFactory(submitted=True)
    decision = DecisionFactory()
    for registration in (shown, hidden):
        AwardFactory(decision=decision, registration=registration)
    issue_past(decision, actor=user_with("city_leader", city()))
    page = client.get(f"/awards/decisions/{decision.pk}/").content.decode()
    assert shown.model.code in page
    assert hidden.model.code not in page


def test_verify_valid_certificate_says_so(client):
    award = issued().awards.get()
    response = client.get(f"/verify/{award.verify_code}/")
    assert response.context["award"] == award
    assert f"thành phố {city().name}" in response.content.decode()
    assert "state--valid" in response.content.decode()


def test_verify_revoked_certificate_says_by_which_decision(client):
    decision = issued()
    code = decision.awards.get().verify_code
    revoke(
        decision,
        actor=UserFactory(),
        number="99/QĐ-UBND",
        signed_on=datetime.date(2026, 5, 4),
        signer="Trần Sỹ Thanh",
        signer_post="Chủ tịch",
        reason="Khai sai thành tích",
    )
    page = client.get(f"/verify/{code}/").content.decode()
    assert "state--revoked" in page
    assert "99/QĐ-UBND" in page


def test_verify_unknown_code_is_404_with_the_form(client):
    response = client.get("/verify/nosuchcode/")
    assert response.status_code == 404
    assert 'name="code"' in response.content.decode()


def test_verify_form_leads_to_the_code(client):
    assert client.get("/verify/", {"code": " ABCD-efgh jk23 "}).url == "/verify/abcdefghjk23/"


def test_verify_typed_as_printed_is_found(client):
    award = issued().awards.get()
    response = client.get(f"/verify/{codes.grouped(award.verify_code)}/")
    assert response.context["award"] == award
    assert codes.grouped(award.verify_code) in response.content.decode()


def test_verify_code_of_earlier_years_is_found(client, monkeypatch):
    monkeypatch.setattr(codes, "LENGTH", 16)
    award = issued().awards.get()
    assert len(award.verify_code) == 16
    assert client.get(f"/verify/{codes.grouped(award.verify_code)}/").context["award"] == award


@pytest.mark.parametrize(
    "code", ["a\x00b", "x" * 30_000, "ÔÔÔÔ", "' OR 1=1 --", "%F0%9F%92%A9", "0O1I", "..", "{{7*7}}"]
)
def test_verify_bad_input_is_answered_as_unknown(client, code):
    response = client.get("/verify/", {"code": code}, follow=True)
    assert response.status_code == 404
    assert len(response.context["typed"]) <= LONGEST_SHOWN


def test_verify_wrong_codes_of_any_kind_ask_the_same_question(client):
    asked = []
    for code in ("abcdefghjkmnpqrstuvw", "nosuch", "ÔÔÔ", "0" * 24):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/verify/{code}/").status_code == 404
        asked.append([query["sql"].partition('verify_code" = ')[0] for query in queries])
    assert asked == [asked[0]] * 4
    assert len(asked[0]) == 1


def test_verify_after_too_many_wrong_codes_has_to_wait(client, settings):
    settings.TRUSTED_PROXIES = 1
    award = issued().awards.get()
    at, other = {"X-Forwarded-For": "198.51.100.1"}, {"X-Forwarded-For": "198.51.100.1, 198.51.100.2"}
    for _time in range(GUESSES.limit):
        assert client.get("/verify/wrong/", headers=at).status_code == 404
    for code in ("wrong", award.verify_code):
        response = client.get(f"/verify/{code}/", headers=at)
        assert response.status_code == 429
        assert int(response["Retry-After"]) == GUESSES.seconds
        assert award.recipient_name not in response.content.decode()
    assert client.get(f"/verify/{award.verify_code}/", headers=other).status_code == 200
    assert client.get("/verify/", headers=at).status_code == 200


def test_verify_right_codes_are_not_counted(client):
    award = issued().awards.get()
    for _time in range(GUESSES.limit + 2):
        assert client.get(f"/verify/{award.verify_code}/").status_code == 200


def test_verify_is_not_indexed_nor_kept(client):
    response = client.get(f"/verify/{issued().awards.get().verify_code}/")
    assert "noindex" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_verify_corrected_certificate_tells_by_which(client):
    decision = issued()
    old = decision.awards.get()
    draft = correct(decision, actor=UserFactory(), awards=[old], reason="Sai tên")
    AwardFactory._meta.model.objects.filter(decision=draft).update(recipient_name="Tên đã sửa")
    for name, value in {
        "number": "77/QĐ",
        "signed_on": decision.signed_on,
        "signer": "A",
        "signer_post": "B",
    }.items():
        setattr(draft, name, value)
    draft.save()
    assert "77/QĐ" not in client.get(f"/verify/{old.verify_code}/").content.decode()
    issue(draft, actor=user_with("city_leader", city()))
    page = client.get(f"/verify/{old.verify_code}/").content.decode()
    assert "state--corrected" in page
    assert "77/QĐ" in page
    assert "Tên đã sửa" in page
    assert draft.awards.get().verify_code not in page


def test_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    for count in (1, 3):
        decision = issued(count)
        with django_assert_max_num_queries(3):
            client.get("/awards/")
        with django_assert_max_num_queries(5):
            client.get(f"/awards/decisions/{decision.pk}/")
