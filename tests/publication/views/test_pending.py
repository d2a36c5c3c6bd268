"""The list of what is decided and not told: who sees it, what it counts, what nobody else sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.publication.models import PendingDecision
from models_registry.models import KindTarget, Registration, Target
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, city_staff, commune_people
from tests.publication.factories import PendingDecisionFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
LIST = reverse("publication:pending")


def shown(response):
    return [row.pk for row in response.context["object_list"]]


def test_list_reviewer_sees_what_is_decided_at_the_own_level_in_the_own_unit(client):
    commune, _official, reviewer = commune_people()
    own = PendingDecisionFactory(registration__unit=commune)
    PendingDecisionFactory(registration__unit=commune, registration__level="city")
    PendingDecisionFactory()
    client.force_login(reviewer)
    assert shown(client.get(LIST)) == [own.pk]


def test_list_city_staff_see_all_of_the_city(client):
    pendings = [PendingDecisionFactory(), PendingDecisionFactory(registration__level="city")]
    client.force_login(city_staff())
    response = client.get(LIST)
    assert shown(response) == [one.pk for one in pendings]
    assert response.context["total"] == 2


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.CITY_LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_list_is_for_nobody_else(client, role):
    client.force_login(user_with(role, city() if role != Role.OFFICIAL else UnitFactory()))
    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.AUDITOR, None])
def test_pending_outcome_shows_to_nobody_on_the_pages_of_the_registration(client, role):
    commune, _official, _reviewer = commune_people()
    pending = PendingDecisionFactory(
        registration__unit=commune, act="refuse", reason="Lý do rất kín", source="Phiên họp kín"
    )
    registration = pending.registration
    pages = [registration.model.get_absolute_url()]
    if role:
        client.force_login(user_with(role, commune))
        pages += [
            registration.get_absolute_url(),
            reverse("models_registry:list"),
            reverse("models_registry:list") + "?export=csv",
            reverse("desk:home"),
        ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        body = b"".join(response) if response.streaming else response.content
        assert "kín" not in body.decode()


@pytest.mark.parametrize("own_work", [False, True])
def test_deciding_quietly_does_not_tell_others_what_was_decided_already(client, own_work):
    commune, _official, reviewer = commune_people()
    level = {"registration__by_official": reviewer} if own_work else {"registration__level": "city"}
    pending = PendingDecisionFactory(
        registration__unit=commune, act="refuse", reason="Lý do", entered_by=city_staff(), **level
    )
    asked = {"list": "list", "act": "decide_quietly", "rows": "ticked", "id": pending.registration_id}
    client.force_login(reviewer)

    preview = client.get(reverse("models_registry:bulk"), asked)

    [(row, why)] = preview.context["cannot"]
    assert row == pending.registration
    assert pending.get_act_display() not in why
    assert pending.entered_by.full_name not in why


@pytest.mark.parametrize(
    "query",
    [
        {"campaign": "999999"},
        {"campaign": "x"},
        {"level": "nowhere"},
        {"q": "\x00"},
        {"act": "accept"},
        {"cursor": "?"},
    ],
)
def test_list_with_a_filter_that_makes_no_sense_answers(client, query):
    PendingDecisionFactory()
    client.force_login(city_staff())
    assert client.get(LIST, query).status_code == 200


def test_list_filters_by_words_level_field_and_decision(client):
    found = PendingDecisionFactory(
        registration__title="Khéo vận động hiến đất", registration__field="economy", act="recognise"
    )
    PendingDecisionFactory(
        registration__title="Khác", registration__field="culture_society", act="refuse", reason="x"
    )
    client.force_login(city_staff())
    for query in ({"q": "hien dat"}, {"field": "economy"}, {"act": "recognise"}):
        assert shown(client.get(LIST, query)) == [found.pk]


def test_list_counts_against_targets_what_would_be_recognised(client):
    campaign, commune = CampaignFactory(), UnitFactory()
    other = UnitFactory()
    Target.objects.create(campaign=campaign, unit=commune, number=7)
    KindTarget.objects.create(campaign=campaign, unit_kind=other.kind, number=3)
    RegistrationFactory(unit=commune, recognised=True)
    PendingDecisionFactory(registration__unit=commune, exemplary=True)
    PendingDecisionFactory(registration__unit=commune, act="refuse", reason="Chưa rõ")
    PendingDecisionFactory(registration__unit=other)
    client.force_login(city_staff())

    by_level, by_field, by_unit = (table[2] for table in client.get(LIST).context["tables"])

    [level] = by_level
    assert (level.recognise, level.exemplary, level.refuse, level.recognised, level.after) == (2, 1, 1, 1, 3)
    [field] = by_field
    assert (field.recognise, field.registered) == (2, 4)
    assert {line.label: (line.recognise, line.after, line.target) for line in by_unit} == {
        commune: (1, 2, 7),
        other: (1, 1, 3),
    }


def test_list_takes_the_same_number_of_statements_for_one_and_three(client):
    client.force_login(city_staff())
    PendingDecisionFactory()
    client.get(LIST)
    taken = []
    for number in (0, 2):
        for _ in range(number):
            PendingDecisionFactory()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_withdraw_takes_back_and_only_who_decides_may(client):
    commune, official, reviewer = commune_people()
    pending = PendingDecisionFactory(registration__unit=commune)
    address = reverse("publication:withdraw", args=[pending.pk])
    client.force_login(official)
    assert client.post(address).status_code == 404
    client.force_login(commune_people()[2])
    assert client.post(address).status_code == 404
    client.force_login(reviewer)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert not PendingDecision.objects.exists()
    assert Registration.objects.get().state == "reported"
    assert client.post(address).status_code == 404
