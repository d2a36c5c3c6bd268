"""How a test gets about in a browser: it looks at a page only when that page is there."""

from django.conf import settings
from django.test import Client

from tests.accounts.factories import PASSWORD

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 720}


def follow(page, selector):
    """Click what leads to another page, and wait until that one has come."""
    with page.expect_navigation():
        page.click(selector)


def arrive(page, address):
    """Open ``address``, and wait until what the page fetches by itself has come too."""
    page.goto(address)
    settle(page)


def settle(page):
    """Wait until what the page fetches by itself has come."""
    page.wait_for_function("!document.querySelector('[hx-trigger=load], .htmx-request, .htmx-settling')")


def arrive_narrow(page, address):
    """Open ``address`` in light colours on the narrowest screen; returns how wide the page is there."""
    page.set_viewport_size(NARROW)
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    return width(page)


def width(page):
    """Return how many pixels the page takes from left to right."""
    return page.evaluate("document.documentElement.scrollWidth")


def sign_in(page, user, address="/desk/"):
    """Sign ``user`` in with the password, and arrive at ``address``."""
    page.goto(f"/accounts/login/?next={address}")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main form button[type=submit] >> nth=0")
    assert page.url.endswith(address)
    assert "/accounts/" not in page.url


def come_signed_in(page, user, address="/desk/"):
    """Arrive at ``address`` as ``user``, who has signed in before: where signing in is not what is tried."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    here = {"url": settings.SITE_URL, "httpOnly": True}
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, **here}])
    page.goto(address)
    assert page.url.endswith(address)
