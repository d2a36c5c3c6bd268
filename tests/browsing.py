"""A real Chromium for tests: the system's own, never one that is downloaded.

The one without a window of its own is taken where it is installed: it draws the same pages with two thirds of the work.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium-headless-shell", "chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Without a card there is nothing to part: one process less begins, and no frame goes over to it.
    "--in-process-gpu",
]
# WCAG 2.1 AA
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# Of these, what other colours can break.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Addresses of each element, and all that is well, took half of axe's time.
BRIEFLY = {"resultTypes": ["violations"], "selectors": False}
LONGEST_TOLD = 4_000
_opened = pytest.StashKey[list]()
"""Of a test: the visitors it has opened."""


@pytest.fixture(scope="session")
def browser():
    """One browser for the run; without Chromium its tests are skipped."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.skip("No Chromium on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where there is a browser

    # Playwright's loop lives in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()
        # While that loop runs, Django keeps other connections in this thread; afterwards nobody would find them.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_portal(live_server, settings):
    """The portal on a port of its own, with its static files; returns its address.

    Nobody has tried anything yet: what the tests before have signed in counts for none of them.
    """
    cache.clear()
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def complaints():
    """What the browser complained about; a test that provokes a complaint clears the list."""
    return []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell of a test that fails in a browser what stood on its pages: another machine's screen is not to be seen."""
    report = yield
    if report.when == "call" and report.failed:
        for context in item.stash.get(_opened, []):
            report.sections += [(f"Page {page.url}", _told(page)) for page in context.pages]
    return report


def _told(page):
    from playwright.sync_api import Error  # noqa: PLC0415 -- only where there is a browser

    try:
        return page.locator("body").inner_text(timeout=5_000)[:LONGEST_TOLD]
    except Error as error:
        return f"It does not answer: {error}"


@pytest.fixture
def new_context(request, browser, live_portal, complaints):
    """Return the function that opens one more visitor (a context of its own); takes Playwright's options."""
    opened = request.node.stash[_opened] = []

    def open_context(**options):
        options = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "base_url": live_portal} | options
        context = browser.new_context(**options)
        context.set_default_timeout(30_000)
        context.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def context(new_context):
    return new_context(viewport={"width": 1440, "height": 900})


@pytest.fixture
def page(context):
    """A page at desk width; the test fails when the console shows an error."""
    return context.new_page()


@pytest.fixture
def phone(new_context):
    """A page as wide as a phone."""
    return new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def axe():
    """Return the function that lists what axe finds on a page: (rule, element) pairs, empty when all is well."""

    def check(page, rules=RULES):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        outcome = page.evaluate("how => axe.run(how)", {"runOnly": rules, **BRIEFLY})
        return [(rule["id"], node["html"]) for rule in outcome["violations"] for node in rule["nodes"]]

    return check
