"""From a filtered list to the outcome and back: the choice, the preview, the doing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from models_registry.models import Recognition, Registration, ReturnReason, ReviewStep
from models_registry.services import bulk
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people

pytestmark = pytest.mark.django_db
BULK, DO = reverse("models_registry:bulk"), reverse("models_registry:bulk_do")
LIST, QUEUE = reverse("models_registry:list"), reverse("models_registry:queue")


@pytest.fixture
def people(client):
    people = commune_people()
    client.force_login(people[2])
    return people


def preview(client, act="accept", **query):
    return client.get(BULK, {"list": "queue", "act": act} | query)


def states():
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def test_ticked_rows_are_done_and_the_outcome_leads_back_to_the_filtered_list(client, people):
    many = [RegistrationFactory(unit=people[0], submitted=True) for _ in range(3)]
    page = preview(client, id=[many[0].pk, many[2].pk], q="field=economy&cursor=abc")
    assert (page.context["will_count"], page.context["back"]) == (2, f"{QUEUE}?field=economy")
    assert states() == ["submitted"] * 3
    response = client.post(DO, {"ticket": page.context["ticket"]}, follow=True)
    assert states() == ["accepted", "submitted", "accepted"]
    assert (response.context["done_count"], response.context["back"]) == (2, f"{QUEUE}?field=economy")


def test_all_filtered_rows_are_done_not_those_of_the_page_only(client, people):
    for _ in range(30):
        RegistrationFactory(unit=people[0], submitted=True, steps=False)
    RegistrationFactory(unit=people[0], submitted=True, field="culture_society")
    page = preview(client, rows="all", q="field=economy&per_page=25")
    assert page.context["will_count"] == 30
    client.post(DO, {"ticket": page.context["ticket"]})
    assert sorted(states()) == ["accepted"] * 30 + ["submitted"]


def test_rows_that_cannot_be_done_are_shown_with_the_reason(client, people):
    bad = RegistrationFactory(unit=people[0], accepted=True)
    page = preview(client, list="list", id=[bad.pk])
    assert (page.context["will_count"], page.context["cannot"][0][0]) == (0, bad)
    assert str(page.context["cannot"][0][1]) in page.content.decode().replace("&quot;", '"')


def test_sent_twice_is_done_once_and_leads_to_the_same_outcome(client, people):
    one = RegistrationFactory(unit=people[0], submitted=True)
    ticket = preview(client, id=[one.pk]).context["ticket"]
    answers = {client.post(DO, {"ticket": ticket})["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert ReviewStep.objects.filter(registration=one, act="accept").count() == 1


def test_return_takes_a_reason_of_the_list_and_own_words(client, people):
    one = RegistrationFactory(unit=people[0], submitted=True)
    listed = ReturnReason.objects.create(text="Thiếu minh chứng")
    ticket = preview(client, "return", id=[one.pk]).context["ticket"]
    client.post(DO, {"ticket": ticket, "listed": listed.pk, "reason": "Bổ sung ảnh"})
    assert ReviewStep.objects.get(act="return").reason == "Thiếu minh chứng\nBổ sung ảnh"


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"reason": "\x00"},
        {"reason": "x" * 5000},
        {"reason": "Thiếu", "due_on": "01/01/2020"},
        {"listed": "999"},
    ],
)
def test_words_that_are_not_right_keep_the_choice(client, people, words):
    one = RegistrationFactory(unit=people[0], submitted=True)
    ticket = preview(client, "return", id=[one.pk]).context["ticket"]
    response = client.post(DO, {"ticket": ticket} | words)
    assert response.status_code == 422
    assert (response.context["ticket"], response.context["will_count"]) == (ticket, 1)
    assert states() == ["submitted"]


def test_recognise_under_one_decision_is_never_exemplary(client, people):
    many = [RegistrationFactory(unit=people[0], reported=True) for _ in range(2)]
    page = preview(client, "recognise", rows="all")
    today = timezone.localdate().strftime("%d/%m/%Y")
    given = {"body": "Đảng ủy", "number": "3-QĐ/ĐU", "decided_on": today, "exemplary": "on"}
    client.post(DO, {"ticket": page.context["ticket"]} | given)
    assert Recognition.objects.filter(number="3-QĐ/ĐU", exemplary=False).count() == len(many)


def test_ids_outside_of_the_list_are_never_reached(client, people):
    foreign = RegistrationFactory(submitted=True)
    own = RegistrationFactory(unit=people[0], submitted=True)
    page = preview(client, id=[foreign.pk, own.pk])
    assert [one.pk for one in page.context["will"]] == [own.pk]
    assert page.context["gone"] == 1
    assert not page.context["cannot"]


@pytest.mark.parametrize(
    "query",
    [{"list": "nowhere"}, {"act": "submit"}, {"act": ""}, {"q": "x" * 3000}],
)
def test_address_that_makes_no_sense_is_not_found(client, people, query):
    assert preview(client, **({"rows": "all"} | query)).status_code == 404


@pytest.mark.parametrize("query", [{}, {"rows": "ticked"}, {"id": ["x", "9" * 30, "-1"]}, {"rows": "all"}])
def test_nothing_chosen_leads_back_with_a_word(client, people, query):
    response = preview(client, q="level=city", **query)
    assert response["Location"] == f"{QUEUE}?level=city"


def test_more_than_the_most_is_not_begun(client, people, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 1)
    for _ in range(2):
        RegistrationFactory(unit=people[0], submitted=True)
    assert preview(client, rows="all").status_code == 302


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c"])
def test_ticket_that_is_none_leads_back(client, people, ticket):
    assert client.post(DO, {"ticket": ticket})["Location"] == LIST


def test_ticket_and_outcome_of_somebody_else_are_nothing(client, people):
    one = RegistrationFactory(unit=people[0], submitted=True)
    ticket = preview(client, id=[one.pk]).context["ticket"]
    client.force_login(city_staff())
    assert client.post(DO, {"ticket": ticket})["Location"] == LIST
    client.force_login(people[2])
    outcome = client.post(DO, {"ticket": ticket})["Location"]
    client.force_login(city_staff())
    assert client.get(outcome).status_code == 404


def test_official_is_offered_no_review_and_gets_none(client, people):
    one = RegistrationFactory(unit=people[0], submitted=True)
    client.force_login(people[1])
    assert preview(client, list="list", id=[one.pk]).status_code == 404
    assert '<option value="accept">' not in client.get(LIST).content.decode()


def test_lists_offer_the_acts_and_a_box_for_each_row(client, people):
    for _ in range(2):
        RegistrationFactory(unit=people[0], submitted=True)
    for address in (LIST, QUEUE):
        body = client.get(address, {"field": "economy"}).content.decode()
        assert body.count('form="bulk" name="id"') == 2
        assert 'name="q" value="field=economy"' in body


def test_preview_takes_the_same_number_of_statements_for_one_and_three(client, people):
    RegistrationFactory(unit=people[0], submitted=True)
    preview(client, rows="all")
    taken = []
    for number in (0, 2):
        for _ in range(number):
            RegistrationFactory(unit=people[0], submitted=True)
        with CaptureQueriesContext(connection) as queries:
            preview(client, rows="all")
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_rows_beyond_those_shown_are_left_out_by_their_codes(client, people, monkeypatch):
    monkeypatch.setattr("models_registry.views.bulk.SHOWN", 1)
    many = [RegistrationFactory(unit=people[0], submitted=True) for _ in range(4)]
    page = preview(client, rows="all")
    assert (page.context["will_count"], len(page.context["will"])) == (4, 1)
    assert 'name="leave_codes"' in page.content.decode()
    codes = f"{many[1].model.code}\n{many[3].model.code.lower().replace('-', '')}"
    data = {"ticket": page.context["ticket"], "leave_codes": codes, "leave": [many[0].pk]}
    client.post(DO, data)
    assert states() == ["submitted", "submitted", "accepted", "submitted"]


def test_code_of_a_model_that_was_not_chosen_is_named_and_nothing_is_done(client, people):
    one = RegistrationFactory(unit=people[0], submitted=True)
    other = RegistrationFactory(submitted=True)
    ticket = preview(client, id=[one.pk]).context["ticket"]
    typed = f"{one.model.code}; {other.model.code}, lạ"
    page = client.post(DO, {"ticket": ticket, "leave_codes": typed})
    assert page.status_code == 422
    [sentence] = page.context["leaving"].errors["leave_codes"]
    assert (other.model.code in sentence, "lạ" in sentence, one.model.code in sentence) == (True, True, False)
    assert page.context["leaving"]["leave_codes"].value() == typed
    assert 'name="leave_codes"' in page.content.decode()
    assert states() == ["submitted", "submitted"]


def test_everything_left_out_by_codes_leads_back(client, people):
    one = RegistrationFactory(unit=people[0], submitted=True)
    ticket = preview(client, id=[one.pk]).context["ticket"]
    assert client.post(DO, {"ticket": ticket, "leave_codes": one.model.code})["Location"] == QUEUE
    assert states() == ["submitted"]
