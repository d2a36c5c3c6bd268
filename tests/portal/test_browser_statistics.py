"""Pages of figures in a browser: no barrier, charts that are drawn again in their place, a map for the keyboard."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from mobilization.portal import page_cache
from mobilization.statistics.services import rebuild_year
from mobilization.units.models import Unit
from tests.browsing import COLOURS
from tests.statistics.factories import World, scatter
from tests.units.factories import city
from tests.visiting import NARROW, WIDE, arrive_narrow, width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEARS = (2024, 2025)
PAPER = {"width": 718, "height": 1000}
"""A4 upright with the margins of a browser."""


@pytest.fixture
def world():
    # A test begins with the numbers of the one before: its pages must not be taken for this one's.
    page_cache._at_hand.clear()
    cache.clear()
    world = World(city())
    for place, unit in enumerate((world.first, world.second, world.third, world.north, world.south)):
        Unit.objects.filter(pk=unit.pk).update(lat=21, lon=105 + place / 10)
    for year in YEARS:
        scatter(year, world.filing, year)
        rebuild_year(year, city=world.city)
    return world


@pytest.fixture
def addresses(world):
    return [
        "/statistics/?year=2025&basis=current",
        "/statistics/?about=dialogues",
        "/statistics/?about=awards&scope=own",
        "/statistics/compare/",
        "/statistics/records/?measure=registered",
        "/statistics/records/?measure=opinions_received",
        f"/units/{world.first.pk}/",
        f"/units/{world.north.pk}/",
    ]


def test_pages_of_figures_fit_screen_and_paper_and_have_no_barrier_in_light_and_dark(addresses, page, axe):
    widths, found = {}, {}
    for address in addresses:
        widths["320 pixels", address] = NARROW["width"], arrive_narrow(page, address)
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        widths["paper", address] = PAPER["width"], width(page)
        page.emulate_media(media="screen")
        page.set_viewport_size(WIDE)
        for chart in page.locator("[data-chart]").all():
            chart.scroll_into_view_if_needed()
            expect(chart).to_have_class("chart is-live")
        found["light", address] = axe(page)
        if address in addresses[:3]:
            page.emulate_media(color_scheme="dark")
            found["dark", address] = axe(page, COLOURS)
    assert {where: asked for where, asked in widths.items() if asked[1] > asked[0]} == {}
    assert {where: barriers for where, barriers in found.items() if barriers} == {}


def test_chart_is_drawn_again_without_moving_anything(world, page):
    page.goto("/statistics/?basis=current")
    chart = page.locator("[data-chart]").last
    before = page.evaluate("document.body.scrollHeight")
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".chart-live svg")).to_be_visible()
    assert chart.locator(".chart-drawn").evaluate("node => getComputedStyle(node).visibility") == "hidden"
    assert page.evaluate("document.body.scrollHeight") == before
    page.emulate_media(media="print")
    expect(chart.locator(".chart-live")).to_be_hidden()
    assert chart.locator(".chart-drawn").evaluate("node => getComputedStyle(node).visibility") == "visible"


def test_arrow_keys_walk_over_the_map(world, page):
    page.goto("/statistics/?basis=current&year=2025")
    tiles = page.locator("[data-tilemap] a")
    names = tiles.locator(".tile-name").all_text_contents()
    assert names == [world.first.name, world.second.name, world.third.name]
    tiles.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(tiles.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**unit={world.first.pk}**")


def test_page_without_scripts_tells_the_same(world, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/statistics/?year=2025&basis=current")
    expect(page.locator(".chart-drawn").first).to_be_visible()
    page.locator("#id_measure").select_option("recognised")
    with page.expect_navigation():
        page.locator(".shade-by button").click()
    assert "measure=recognised" in page.url
    page.locator(".chart-table summary").first.click()
    expect(page.locator(".chart-table table").first).to_be_visible()
