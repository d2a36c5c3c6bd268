"""What was revoked or corrected is told in the same way everywhere, once the one job of statistics has run."""

import pytest

from awards.transitions import correct, issue, revoke
from mobilization.statistics import tasks
from mobilization.statistics.models import Figure
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import SIGNED, issued
from tests.units.factories import city

pytestmark = pytest.mark.django_db

YEAR = SIGNED.year


def figure(unit, code):
    """Return the stored figure of the whole city."""
    rows = Figure.objects.filter(year=YEAR, unit=unit, measure=code, dimension="none", basis="as_filed")
    return sum(rows.values_list("subtree", flat=True))


def told(client, award):
    """Return what each place says of ``award``: verify page, public page."""
    award.refresh_from_db()
    verify = client.get(f"/verify/{award.verify_code}/").content.decode()
    public = client.get(f"/awards/decisions/{award.decision_id}/").content.decode()
    return [
        next(state for state in ("valid", "corrected", "revoked") if f"state--{state}" in page)
        for page in (verify, public)
    ]


def test_revoked_award_is_told_alike_after_one_job(client):
    leader = user_with("city_leader", city())
    one, other = (issued(1).awards.select_related("recipient").get() for _time in range(2))
    tasks.refresh_year(YEAR, city().pk)
    assert figure(city(), "awards_collective") == 2
    assert told(client, one) == ["valid", "valid"]

    revoke(one.decision, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Khai man")
    tasks.refresh_year(YEAR, city().pk)

    assert told(client, one) == ["revoked", "revoked"]
    assert told(client, other) == ["valid", "valid"]
    assert figure(city(), "awards_collective") == 1
    client.force_login(user_with("city_staff", city()))
    history = client.get(f"/desk/awards/recipients/{one.recipient_id}/").content.decode()
    assert "state--revoked" in history
    yearly = client.get(f"/desk/awards/yearly/?year={YEAR}").context
    assert [award.pk for award in yearly["object_list"]] == [other.pk]
    assert yearly["total"] == figure(city(), "awards_collective")


def test_corrected_award_counts_once_after_one_job(client):
    leader = user_with("city_leader", city())
    old = issued(1).awards.get()
    draft = correct(old.decision, actor=UserFactory(), awards=[old], reason="Sai tên")
    draft.number, draft.signed_on, draft.signer, draft.signer_post = "98/QĐ", SIGNED, "A", "Chủ tịch"
    draft.save()
    new = issue(draft, actor=leader).awards.get()

    tasks.refresh_year(YEAR, city().pk)

    assert told(client, old) == ["corrected", "corrected"]
    assert told(client, new) == ["valid", "valid"]
    assert figure(city(), "awards_collective") == 1
    client.force_login(user_with("city_staff", city()))
    assert client.get(f"/desk/awards/yearly/?year={YEAR}").context["total"] == 1
