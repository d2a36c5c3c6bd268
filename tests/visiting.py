"""How a test gets about in a browser: it looks at a page only when that page is there."""

from tests.accounts.factories import PASSWORD


def follow(page, selector):
    """Click what leads to another page, and wait until that one has come."""
    with page.expect_navigation():
        page.click(selector)


def sign_in(page, user, address="/desk/"):
    """Sign ``user`` in with the password, and arrive at ``address``."""
    page.goto(f"/accounts/login/?next={address}")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main form button[type=submit] >> nth=0")
    assert page.url.endswith(address)
    assert "/accounts/" not in page.url
