"""The public list of models, and the life of one."""

import datetime
import html
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from models_registry.models import Attachment
from models_registry.states import Level, State
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import AwardFactory, DecisionFactory, issue_past
from tests.dialogues.factories import DialogueFactory
from tests.models_registry.factories import (
    CampaignFactory,
    RecognitionFactory,
    RegistrationFactory,
    SkilledModelFactory,
)
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db

LIST = "/models/"


def titles(response) -> list[str]:
    return [row["title"] for row in response.context["object_list"]]


@pytest.mark.parametrize("rest", ["", "files/1/", "files/1/thumbnail/"])
def test_address_that_names_no_code_is_404(client, rest):
    assert client.get(f"/models/DVK-%00/{rest}").status_code == 404


@pytest.mark.parametrize(("asked", "is_open"), [("", True), ("?field=economy", False), ("?cursor=x", False)])
def test_list_as_it_begins_is_for_search_engines_what_is_filtered_is_not(client, asked, is_open):
    RegistrationFactory.create_batch(30, accepted=True)
    page = client.get(f"{LIST}{asked}").content.decode()
    assert ('content="noindex' not in page) is is_open


@pytest.mark.parametrize("state", sorted(State.values))
def test_list_shows_published_states_only(client, state):
    registration = RegistrationFactory(state=state)
    shown = titles(client.get(LIST))
    assert shown == ([registration.title] if state in State.PUBLIC else [])


def test_list_newest_year_first(client):
    old = RegistrationFactory(accepted=True, campaign=CampaignFactory(year=2023))
    new = RegistrationFactory(accepted=True, campaign=CampaignFactory(year=2025))
    assert titles(client.get(LIST)) == [new.title, old.title]
    assert titles(client.get(LIST, {"order": "oldest"})) == [old.title, new.title]


@pytest.mark.parametrize("words", ["hien dat", "HIẾN ĐẤT", "đường liên xã", "duong hien"])
def test_list_search_finds_without_accents(client, words):
    found = RegistrationFactory(accepted=True, title="Hiến đất mở đường liên xã")
    RegistrationFactory(accepted=True, title="Camera an ninh", aim="Giữ bình yên")
    assert titles(client.get(LIST, {"q": words})) == [found.title]


def test_list_search_for_a_code_finds_that_model(client):
    found = RegistrationFactory(accepted=True)
    RegistrationFactory(accepted=True)
    assert titles(client.get(LIST, {"q": found.model.code.lower()})) == [found.title]


def test_list_search_without_letters_finds_nothing(client):
    RegistrationFactory(accepted=True)
    assert titles(client.get(LIST, {"q": "!?"})) == []


@pytest.mark.parametrize(
    ("name", "value", "fields"),
    [
        ("field", "economy", {"field": "defence_security"}),
        ("level", "grassroots", {"level": "city"}),
        ("kind", "model", {"kind": "work"}),
        ("subject", "collective", {"subject": "individual"}),
        ("recognised", "1", {"state": State.ACCEPTED, "exemplary": False}),
        ("exemplary", "1", {"exemplary": False}),
    ],
)
def test_list_filter_keeps_only_what_fits(client, name, value, fields):
    kept = RegistrationFactory(recognised=True, exemplary=True)
    RegistrationFactory(**{"state": State.RECOGNISED, "exemplary": True} | fields)
    response = client.get(LIST, {name: value})
    assert titles(response) == [kept.title]
    assert len(response.context["chips"]) == 1


def test_list_filter_by_year_keeps_that_year(client):
    RegistrationFactory(accepted=True, campaign=CampaignFactory(year=2023))
    kept = RegistrationFactory(accepted=True, campaign=CampaignFactory(year=2024))
    assert titles(client.get(LIST, {"year": "2024"})) == [kept.title]


def test_list_filter_by_unit_keeps_what_lies_below_it(client):
    district = UnitFactory(kind="rural_district", name="Sóc Sơn")
    kept = RegistrationFactory(accepted=True, unit=UnitFactory(parent=district))
    RegistrationFactory(accepted=True)
    assert titles(client.get(LIST, {"unit": district.pk})) == [kept.title]


def test_list_filter_by_unit_of_today_finds_what_its_predecessors_filed(client):
    old, new = UnitFactory(), UnitFactory(valid_from=datetime.date(2025, 7, 1))
    kept = RegistrationFactory(accepted=True, unit=old, campaign=CampaignFactory(year=2024))
    RegistrationFactory(accepted=True)
    succeed(old, new, on=datetime.date(2025, 7, 1))
    assert titles(client.get(LIST, {"unit": new.pk})) == [kept.title]


@pytest.mark.parametrize(
    "query",
    [
        "year=abc",
        "year=99999999999999999999",
        "unit=-1",
        "unit=%00",
        "field=<b>",
        "cursor=AAAA",
        "q=%00",
        "q=%F0%9F%98%80",
    ],
)
def test_list_with_nonsense_in_the_address_answers(client, query):
    RegistrationFactory(accepted=True)
    assert client.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *(f"{LIST}?{query}" for query in ("year=1999", "year=abc", "unit=999999", "field=x", "recognised=2")),
        *(f"/dialogues/?{query}" for query in ("year=1999", "kind=x", "unit=0&kind=periodic")),
    ],
)
def test_filter_that_makes_no_sense_lists_nothing_and_says_so(client, address):
    RegistrationFactory(accepted=True)
    DialogueFactory(published=True)
    assert client.get(address.partition("?")[0]).context["object_list"]
    page = client.get(address)
    assert not page.context["object_list"]
    (wrong,) = page.context["filter"].form.errors.values()
    assert str(wrong[0]) in html.unescape(page.content.decode())


def test_counts_beside_a_filter_that_makes_no_sense_are_none(client):
    RegistrationFactory(accepted=True)
    assert client.get("/models/counts/").context["object_list"]
    assert not client.get("/models/counts/?year=1999").context["object_list"]


def test_list_pages_by_key_through_all_rows(client):
    made = RegistrationFactory.create_batch(27, accepted=True, unit=UnitFactory(), steps=False)
    first = client.get(LIST)
    second = client.get(LIST, {"cursor": first.context["page"].next})
    assert len(titles(first)) == 25
    assert sorted(titles(first) + titles(second)) == sorted(registration.title for registration in made)
    assert second.context["page"].next is None


@pytest.mark.parametrize("path", [LIST, "/models/counts/"])
def test_list_queries_do_not_grow_with_rows(client, path, django_assert_num_queries):
    # The list: bounds of the years, rows, their recognitions, units to choose from.
    # The counts: bounds, the number of the last change, groups.
    for number in (1, 2):
        RegistrationFactory.create_batch(number, recognised=True)
        with django_assert_num_queries(3 if "counts" in path else 4):
            client.get(path)


def test_counts_heed_other_filters_but_not_their_own(client):
    RegistrationFactory(recognised=True, field="economy", kind="model")
    RegistrationFactory(accepted=True, field="economy", kind="work")
    RegistrationFactory(accepted=True, field="culture_society", kind="work")
    RegistrationFactory(submitted=True, field="economy", kind="work")
    facets = client.get("/models/counts/", {"field": "economy"}).context["object_list"]
    counted = {(facet.label, value.label): value.count for facet in facets for value in facet.values}
    by_value = {label: count for (_facet, label), count in counted.items()}
    with_field = [value.count for value in facets[1].values]
    assert sorted(with_field) == [1, 2]
    assert sorted(value.count for value in facets[3].values) == [1, 1]
    assert sum(by_value.values()) > 0
    assert [value.chosen for value in facets[1].values].count(True) == 1


def test_counts_follow_a_change_at_once(client):
    registration = RegistrationFactory(submitted=True)
    assert client.get("/models/counts/").context["object_list"] == []
    type(registration).objects.filter(pk=registration.pk).update(state=State.ACCEPTED)
    assert client.get("/models/counts/").context["object_list"][0].values[0].count == 1


def test_counts_link_chooses_and_leaves_a_value(client):
    RegistrationFactory(accepted=True, field="economy")
    chosen = (
        client.get("/models/counts/", {"field": "economy", "q": "hien"}).context["object_list"][1].values[0]
    )
    free = client.get("/models/counts/", {"q": "hien"}).context["object_list"][1].values[0]
    assert chosen.query == "q=hien"
    assert free.query == "q=hien&field=economy"


def detail(client, model):
    return client.get(reverse("portal:model_detail", args=[model.code]))


@pytest.mark.parametrize("state", sorted(State.values))
def test_detail_of_what_is_not_published_is_404(client, state):
    registration = RegistrationFactory(state=state)
    assert detail(client, registration.model).status_code == (200 if state in State.PUBLIC else 404)


def test_detail_shows_published_years_only_latest_first(client):
    model = SkilledModelFactory()
    first = RegistrationFactory(recognised=True, model=model, campaign=CampaignFactory(year=2024))
    second = RegistrationFactory(accepted=True, model=model, campaign=CampaignFactory(year=2025))
    RegistrationFactory(submitted=True, model=model, campaign=CampaignFactory(year=2026))
    response = detail(client, model)
    assert [year.pk for year in response.context["years"]] == [second.pk, first.pk]
    assert response.context["latest"].pk == second.pk


def test_detail_never_names_the_person_in_charge(client):
    registration = RegistrationFactory(
        recognised=True, person_name="Lê Thị Kín", person_post="Chi hội trưởng kín", person_phone="0987111222"
    )
    page = detail(client, registration.model).content.decode()
    assert not re.search("Kín|Chi hội trưởng kín|0987111222", page)
    assert not re.search("Kín|0987111222", client.get(LIST).content.decode())


def test_detail_queries_are_at_most_eight_however_much_it_shows(client, django_assert_max_num_queries):
    original = RegistrationFactory(recognised=True).model
    model = SkilledModelFactory(replicated_from=original)
    for year in (2023, 2024, 2025):
        registration = RegistrationFactory(recognised=True, model=model, campaign=CampaignFactory(year=year))
        RecognitionFactory(registration=registration, level=Level.CITY)
        RegistrationFactory(recognised=True, model=SkilledModelFactory(replicated_from=model))
        decision = DecisionFactory()
        AwardFactory(decision=decision, registration=registration)
        issue_past(decision, actor=user_with("city_leader", city()))
    with django_assert_max_num_queries(8):
        response = detail(client, model)
    family = response.context["family"]
    assert len(response.context["awards"]) == len(family.own.children) == 3
    assert family.root.model == original


def test_detail_hides_replications_that_are_not_published(client):
    model = RegistrationFactory(recognised=True).model
    RegistrationFactory(submitted=True, model=SkilledModelFactory(replicated_from=model))
    assert detail(client, model).context["family"] is None


def test_detail_shows_the_family_of_the_model_as_a_tree(client):
    first = RegistrationFactory(recognised=True).model
    second = RegistrationFactory(recognised=True, model=SkilledModelFactory(replicated_from=first))
    third = RegistrationFactory(accepted=True, model=SkilledModelFactory(replicated_from=second.model))
    page = detail(client, second.model)
    assert [one.model for one in page.context["family"].root.all()] == [first, second.model, third.model]
    for relative in (first, third.model):
        assert f'href="{relative.get_absolute_url()}"' in page.content.decode()


def test_detail_word_files_are_never_public(client):
    registration = RegistrationFactory(recognised=True)
    kept = attachment(registration, public=True)
    Attachment.objects.update(
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    assert detail(client, registration.model).context["files"] == []
    assert (
        client.get(reverse("portal:model_file", args=[registration.model.code, kept.pk])).status_code == 404
    )


def attachment(registration, *, public: bool) -> Attachment:
    return Attachment.objects.create(
        registration=registration,
        file=ContentFile(b"%PDF-1.4 ...", name="x.pdf"),
        original_name="kế hoạch.pdf",
        content_type="application/pdf",
        size=12,
        sha256="0" * 64,
        uploaded_by=UserFactory(),
        is_public=public,
        consent_note="Bà Hoa đồng ý, ngày 02/03/2026" if public else "",
    )


@pytest.mark.parametrize(
    ("public", "state", "code"),
    [(True, State.RECOGNISED, 200), (False, State.RECOGNISED, 404), (True, State.SUBMITTED, 404)],
)
def test_file_only_what_was_made_public_of_what_is_published(client, public, state, code):
    registration = RegistrationFactory(state=state)
    file = attachment(registration, public=public)
    answer = client.get(reverse("portal:model_file", args=[registration.model.code, file.pk]))
    assert answer.status_code == code
    if code == 200:
        assert answer["Content-Disposition"].startswith("attachment")


def test_file_of_another_model_is_404(client):
    file = attachment(RegistrationFactory(recognised=True), public=True)
    other = RegistrationFactory(recognised=True).model
    assert client.get(reverse("portal:model_file", args=[other.code, file.pk])).status_code == 404
