"""The front page, units, and what all public pages share."""

import datetime

import pytest
from django.test import override_settings

from mobilization.portal.views.pages import MODELS_PER_MAP
from mobilization.statistics.services import rebuild_year
from tests.accounts.factories import user_with
from tests.dialogues.factories import DialogueFactory
from tests.models_registry.factories import CampaignFactory, RegistrationFactory
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db

PAGES = ("/", "/models/", "/models/counts/", "/dialogues/", "/awards/", "/verify/", "/units/", "/open-data/")


@pytest.mark.parametrize("path", PAGES)
def test_page_of_an_empty_portal_answers_without_a_cookie(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_page_carries_no_inline_script_or_style(client, path):
    page = client.get(path).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " on" + "click=" not in page
    assert page.count("<script") == page.count('<script src="')


@pytest.mark.parametrize("path", PAGES)
def test_page_for_somebody_signed_in_answers(client, path):
    client.force_login(user_with("city_staff", city()))
    assert client.get(path).status_code == 200


def test_demonstration_is_marked_on_every_page(client):
    with override_settings(DEMONSTRATION=True):
        assert all("demo-banner" in client.get(path).content.decode() for path in PAGES)
    assert "demo-banner" not in client.get("/").content.decode()


def test_language_is_chosen_by_a_form_without_script(client):
    answer = client.post("/language/choose/", {"language": "en", "next": "/models/"})
    assert answer.url == "/models/"
    assert '<html lang="en">' in client.get("/models/").content.decode()


def test_language_form_does_not_lead_elsewhere(client):
    assert client.post("/language/choose/", {"language": "en", "next": "https://example.com/"}).url == "/"


def test_home_shows_newest_recognised_models_only(client):
    recognised = RegistrationFactory(recognised=True)
    RegistrationFactory(accepted=True)
    (line,) = client.get("/").context["newest"]
    assert recognised.title in line


def test_home_shows_the_figures_as_they_were_computed(client):
    campaign = CampaignFactory(year=2026)
    RegistrationFactory(recognised=True, campaign=campaign, field="economy")
    RegistrationFactory(submitted=True, campaign=campaign, field="economy")
    DialogueFactory(held=True)
    assert client.get("/").context["year"] is None
    rebuild_year(2026, city=city())
    context = client.get("/").context
    assert [value for _line, value in context["year"].headlines] == [2, 1, 0, 1, 0, 0]
    assert {code: number for code, _label, number in context["fields"]}["economy"] == 2


def test_home_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    rebuild_year(2026, city=city())
    for number in (1, 2):
        RegistrationFactory.create_batch(number, recognised=True)
        with django_assert_max_num_queries(5):
            client.get("/")


def test_unit_list_search_finds_units_of_the_past(client):
    past = UnitFactory(name="Sóc Sơn", valid_to=datetime.date(2025, 7, 1))
    UnitFactory(name="Đa Phúc")
    assert past not in client.get("/units/").context["object_list"]
    assert list(client.get("/units/", {"q": "soc son"}).context["object_list"]) == [past]


def test_unit_page_tells_where_it_came_from_and_went(client):
    on = datetime.date(2025, 7, 1)
    old, new = UnitFactory(), UnitFactory(valid_from=on)
    succeed(old, new, on=on)
    (became,) = client.get(f"/units/{old.pk}/").context["lineage"].became
    assert [one.unit for one in became.kin] == [new]
    (formed_from,) = client.get(f"/units/{new.pk}/").context["lineage"].formed_from
    assert [one.unit for one in formed_from.kin] == [old]


def test_unit_page_shows_published_records_of_itself_and_its_predecessors(client):
    on = datetime.date(2025, 7, 1)
    old, new = UnitFactory(), UnitFactory(valid_from=on)
    earlier = RegistrationFactory(recognised=True, unit=old, campaign=CampaignFactory(year=2024))
    RegistrationFactory(submitted=True, unit=new)
    succeed(old, new, on=on)
    rebuild_year(2024, city=city())
    context = client.get(f"/units/{new.pk}/").context
    (line,) = context["models"]
    assert earlier.title in line
    (year,) = context["figures"].years
    recognised = [measure.code for measure in context["figures"].columns].index("recognised")
    assert (year.year, year.numbers[recognised][0].total) == (2024, 1)


def test_unit_page_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    unit = UnitFactory()
    for number in (1, 2):
        RegistrationFactory.create_batch(number, recognised=True, unit=unit)
        DialogueFactory.create_batch(number, published=True, unit=unit)
        with django_assert_max_num_queries(11):
            client.get(f"/units/{unit.pk}/")


def test_sitemap_of_models_names_the_published_ones(client, django_assert_num_queries):
    shown = RegistrationFactory(accepted=True).model
    hidden = RegistrationFactory(submitted=True).model
    address = f"/sitemap/models/{shown.pk // MODELS_PER_MAP}.xml"
    assert address in client.get("/sitemap/models.xml").content.decode()
    with django_assert_num_queries(1):
        named = client.get(address).content.decode()
    assert f"/models/{shown.code}/<" in named
    assert hidden.code not in named
    assert "/sitemap/models.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("part", [10**12, 10**17, 10**40])
def test_sitemap_part_without_models_is_404(client, part):
    RegistrationFactory(accepted=True)
    assert client.get(f"/sitemap/models/{part}.xml").status_code == 404


def test_sitemap_and_robots_answer(client):
    unit = UnitFactory()
    assert f"/units/{unit.pk}/" in client.get("/sitemap.xml").content.decode()
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()


def test_unknown_address_is_404_in_the_portals_look(client):
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "site-header" in response.content.decode()


def test_server_error_page_needs_no_database(client, django_assert_num_queries):
    from django.template.loader import render_to_string  # noqa: PLC0415 -- rendered as Django does when all else fails

    with django_assert_num_queries(0):
        assert "site-header" in render_to_string("500.html")
