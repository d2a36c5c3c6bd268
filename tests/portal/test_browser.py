"""What only a browser tells: no barrier, nothing wider than the screen, no complaint of the content policy."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from playwright.sync_api import expect

from awards.models import AwardForm
from awards.states import AwardState
from mobilization.statistics.services import rebuild_year
from tests.awards.factories import issued
from tests.browsing import COLOURS
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import city
from tests.visiting import NARROW, WIDE, arrive_narrow, settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def catalogue() -> None:
    """Write the shipped forms of award again where a test with real transactions has emptied the tables."""
    if not AwardForm.objects.exists():
        import_module("awards.migrations.0003_catalogue").load(apps, None)


@pytest.fixture
def addresses(catalogue) -> list[str]:
    """One address of each kind of public page, with something on it."""
    registration = RegistrationFactory(
        recognised=True,
        exemplary=True,
        title="Khéo vận động nhân dân " * 8,
        place="Thônkhôngcódấucáchnàocả" * 4,
    )
    dialogue = DialogueFactory(published=True)
    OpinionFactory(
        dialogue=dialogue, is_public=True, public_text="Đề nghị sửa ngõ 12", due_on=datetime.date(2026, 4, 1)
    )
    decision = issued(2)
    award = decision.awards.filter(state=AwardState.VALID).first()
    rebuild_year(registration.year, city=city())
    return [
        *("/", "/models/?q=kheo", "/models/counts/", f"/models/{registration.model.code}/"),
        *("/dialogues/", f"/dialogues/{dialogue.pk}/"),
        *("/awards/", f"/awards/decisions/{decision.pk}/", "/verify/", f"/verify/{award.verify_code}/"),
        *("/units/", f"/units/{registration.unit_id}/", "/open-data/"),
    ]


def test_public_pages_fit_320_pixels_and_have_no_barrier_in_light_and_dark(addresses, page, axe):
    widths, found = {}, {}
    for address in addresses:
        widths[address] = arrive_narrow(page, address)
        page.set_viewport_size(WIDE)
        settle(page)
        found["light", address] = axe(page)
        page.emulate_media(color_scheme="dark")
        found["dark", address] = axe(page, COLOURS)
    assert {address: width for address, width in widths.items() if width > NARROW["width"]} == {}
    assert {where: barriers for where, barriers in found.items() if barriers} == {}


def test_list_is_searched_and_filtered_without_script(addresses, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_role("searchbox").first.fill("van dong")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page.locator(".record")).to_have_count(1)
    page.locator("select[name=field]").select_option("culture_society")
    page.locator(".filters .actions button").click()
    expect(page.locator(".record")).to_have_count(0)
    with page.expect_navigation():
        page.locator(".chip").first.click()
    assert "van+dong" not in page.url


def test_counts_come_into_the_list(addresses, page):
    page.goto("/models/")
    page.locator("aside .facet a").first.wait_for()
    page.locator("aside .facet a").first.click()
    expect(page.locator(".chip")).to_have_count(1)


def test_chosen_colours_are_kept(live_portal, new_context):
    context = new_context(color_scheme="light")
    page = context.new_page()
    page.goto("/")
    page.locator("[data-theme-switch]").click()
    page.goto("/models/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.locator("[data-theme-switch]").get_attribute("aria-pressed") == "true"


def test_language_is_switched_in_place(live_portal, page):
    page.goto("/dialogues/")
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    assert page.url.endswith("/dialogues/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_page_is_at_once_where_a_link_leads(addresses, page):
    """While a page glides, a button moves away from under the pointer, and its click is lost."""
    page.set_viewport_size({"width": 390, "height": 300})
    page.goto("/models/")
    at_once = "() => { const top = scrollY; scrollTo(0, 200); return [top, scrollY]; }"
    assert page.evaluate(at_once) == [0, 200]
