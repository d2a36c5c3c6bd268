"""Public pages of decisions and certificates."""

import datetime

import pytest

from awards.transitions import issue, revoke
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import AwardFactory, DecisionFactory, issued
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


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
    issue(decision, actor=user_with("city_leader", city()))
    issued()
    for query in ({"q": "do thi hoa"}, {"unit": unit.pk}):
        assert [row.pk for row in client.get("/awards/", query).context["object_list"]] == [decision.pk]


def test_detail_links_the_model_only_while_it_is_published(client):
    shown, hidden = RegistrationFactory(recognised=True), RegistrationFactory(submitted=True)
    decision = DecisionFactory()
    for registration in (shown, hidden):
        AwardFactory(decision=decision, registration=registration)
    issue(decision, actor=user_with("city_leader", city()))
    page = client.get(f"/awards/decisions/{decision.pk}/").content.decode()
    assert shown.model.code in page
    assert hidden.model.code not in page


def test_verify_valid_certificate_says_so(client):
    award = issued().awards.get()
    response = client.get(f"/verify/{award.verify_code}/")
    assert response.context["award"] == award
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
    assert client.get("/verify/", {"code": " abc/d "}).url == "/verify/abcd/"


def test_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    for count in (1, 3):
        decision = issued(count)
        with django_assert_max_num_queries(3):
            client.get("/awards/")
        with django_assert_max_num_queries(5):
            client.get(f"/awards/decisions/{decision.pk}/")
