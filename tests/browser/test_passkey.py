"""A passkey, with the browser's own make-believe key: set up, then used instead of the password."""

import pytest
from playwright.sync_api import expect

from mobilization.accounts.states import Role
from tests.accounts.factories import PASSWORD, user_with
from tests.units.factories import city
from tests.visiting import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key_at_hand(context, page):
    """A key built into the device, which confirms without being touched."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.usefixtures("key_at_hand")
def test_passkey_is_set_up_where_it_is_required_and_then_signs_in_alone(page, axe, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user_with(Role.CITY_STAFF, city(), email="ha@example.vn")

    page.goto("/accounts/login/")
    assert axe(page) == []
    page.fill("[name=login]", "ha@example.vn")
    page.fill("[name=password]", PASSWORD)
    follow(page, "main form[action='/accounts/login/'] button[type=submit]")
    follow(page, "a[href='/accounts/2fa/webauthn/add/']")
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")
    page.fill("[name=name]", "Máy bàn")
    page.check("[name=passwordless]")
    assert axe(page) == []
    page.click("#mfa_webauthn_add")
    expect(page.locator("main code").first).to_be_visible()

    page.goto("/desk/")
    expect(page).to_have_url("http://" + page.url.split("/")[2] + "/desk/")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    expect(page.locator(".desk")).to_be_visible()
