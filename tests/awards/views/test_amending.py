"""Of two who amend one decision the second is told, and keeps what was typed."""

import pytest
from django.urls import reverse

from awards.models import Decision
from awards.transitions import correct, issue, revoke
from tests.accounts.factories import PASSWORD, UserFactory
from tests.awards.factories import SIGNED, issued

pytestmark = pytest.mark.django_db
REVOCATION = {
    "number": "99/QĐ-UBND",
    "signed_on": SIGNED.strftime("%d/%m/%Y"),
    "signer": "Trần Sỹ Thanh",
    "signer_post": "Chủ tịch",
}


@pytest.fixture
def leading(client, leader):
    """A browser of the leader, with the password just given."""
    client.post(reverse("account_login"), {"login": leader.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def words(decision, awards, **more):
    return {
        "reason": "Ghi sai tên",
        "awards": [one.pk for one in awards],
        "seen_version": decision.version,
        **more,
    }


def shown(answer, decision):
    """Check that the page asks again with what was typed, for the decision as it stands, and return what it lists."""
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.non_field_errors()
    assert form["reason"].value() == "Ghi sai tên"
    decision.refresh_from_db()
    assert form["seen_version"].value() == str(decision.version)
    return list(answer.context["amendments"])


def test_correct_after_somebody_began_one_is_told_and_sent_again_is_done(client, staff):
    decision = issued(2)
    address, (one, other) = reverse("awards:correct", args=[decision.pk]), decision.awards.order_by("pk")
    first = correct(decision, actor=UserFactory(), awards=[one], reason="Sai")
    client.force_login(staff)

    answer = client.post(address, words(decision, [other]))

    assert shown(answer, decision) == [first]
    assert first.get_absolute_url() in answer.content.decode()
    client.post(address, words(decision, [other]))
    assert decision.amendments.count() == 2


def test_revoke_after_another_award_was_revoked_is_told_and_sent_again_is_done(leading, leader):
    decision = issued(3)
    address, (one, other, _third) = (
        reverse("awards:revoke", args=[decision.pk]),
        decision.awards.order_by("pk"),
    )
    first = revoke(decision, actor=leader, number="98/QĐ", signed_on=SIGNED, reason="Sai", awards=[one])

    answer = leading.post(address, words(decision, [other], **REVOCATION))

    assert shown(answer, decision) == [first]
    assert answer.context["form"]["number"].value() == REVOCATION["number"]
    leading.post(address, words(decision, [other], **REVOCATION))
    other.refresh_from_db()
    assert other.state == "revoked"


def test_revoke_what_was_revoked_meanwhile_says_so_at_the_list(leading, leader):
    decision = issued(2)
    one, _other = decision.awards.order_by("pk")
    revoke(decision, actor=leader, number="98/QĐ", signed_on=SIGNED, reason="Sai", awards=[one])

    answer = leading.post(reverse("awards:revoke", args=[decision.pk]), words(decision, [one], **REVOCATION))

    assert answer.context["form"].errors["awards"]
    assert answer.context["form"]["reason"].value() == "Ghi sai tên"


def test_correct_that_tells_no_version_is_refused_in_words(client, staff):
    decision = issued()
    client.force_login(staff)
    data = words(decision, decision.awards.all())
    del data["seen_version"]

    answer = client.post(reverse("awards:correct", args=[decision.pk]), data)

    assert answer.context["form"].non_field_errors()
    assert Decision.objects.count() == 1


def test_issued_decision_counts_each_amendment_and_keeps_its_content(leader):
    decision = issued(2)
    one, _other = decision.awards.order_by("pk")
    before = decision.version
    draft = correct(decision, actor=UserFactory(), awards=[one], reason="Sai")
    draft.number, draft.signed_on, draft.signer, draft.signer_post = "99/QĐ", SIGNED, "A", "Chủ tịch"
    draft.save()
    issue(draft, actor=leader)

    decision.refresh_from_db()
    assert decision.version == before + 2
    assert decision.title == "Về việc tặng Bằng khen"
