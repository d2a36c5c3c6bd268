"""A registration's page tells those who decide what was decided, and leads to deciding quietly."""

import pytest
from django.urls import reverse

from mobilization.accounts.states import Role
from models_registry import transitions
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people
from tests.publication.factories import PendingDecisionFactory
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def parts(client, registration, query=""):
    found = client.get(registration.get_absolute_url() + query).context["parts"]
    return {part["template"]: part for place in found.values() for part in place}


def test_page_tells_those_who_decide_what_waits_to_be_announced(client):
    commune, official, reviewer = commune_people()
    pending = PendingDecisionFactory(registration__unit=commune)
    client.force_login(reviewer)
    found = parts(client, pending.registration)
    assert found["publication/waiting.html"]["pending"] == pending
    assert found["publication/waiting.html"]["holds"]
    assert "publication/quietly.html" not in found
    for other in (official, user_with(Role.CITY_LEADER, city()), user_with(Role.AUDITOR, city())):
        client.force_login(other)
        assert not {"publication/waiting.html", "publication/quietly.html"} & set(
            parts(client, pending.registration)
        )


def test_page_says_that_a_decision_on_an_earlier_version_does_not_hold(client):
    commune, official, reviewer = commune_people()
    pending = PendingDecisionFactory(registration__unit=commune)
    sent_back = transitions.return_report(pending.registration, actor=reviewer, reason="Thiếu ảnh")
    transitions.resubmit_report(sent_back, actor=official)
    client.force_login(reviewer)
    assert not parts(client, pending.registration)["publication/waiting.html"]["holds"]


@pytest.mark.parametrize(("query", "name"), [("", "list"), ("?queue=1", "queue")])
def test_page_leads_to_deciding_on_this_one_quietly(client, query, name):
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True)
    client.force_login(reviewer)

    shown = parts(client, registration, query)["publication/quietly.html"]

    assert f"list={name}" in shown["url"]
    preview = client.get(shown["url"])
    assert [one.pk for one in preview.context["will"]] == [registration.pk]
    assert preview.context["back"].startswith(reverse(f"models_registry:{name}"))


def test_outcome_of_deciding_quietly_leads_on_to_announcing(client):
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True)
    client.force_login(reviewer)
    url = parts(client, registration, "?queue=1")["publication/quietly.html"]["url"]
    given = {"ticket": client.get(url).context["ticket"], "decision": "recognise"}

    outcome = client.post(reverse("models_registry:bulk_do"), given, follow=True)

    assert f'href="{reverse("publication:pending")}"' in outcome.content.decode().split("<main")[1]


def test_page_does_not_lead_there_where_nothing_can_be_decided(client):
    commune, _official, reviewer = commune_people()
    client.force_login(reviewer)
    for one in (
        RegistrationFactory(unit=commune, submitted=True),
        RegistrationFactory(unit=commune, reported=True, by_official=reviewer),
        RegistrationFactory(unit=commune, reported=True, level="city"),
    ):
        assert "publication/quietly.html" not in parts(client, one)
