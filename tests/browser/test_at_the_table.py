"""A whole conference entered by keyboard, over a server that dies in between."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from dialogues.models import Opinion
from dialogues.states import OpinionStatus
from mobilization.accounts.states import Role
from tests.accounts.factories import PASSWORD, user_with
from tests.dialogues.factories import DialogueFactory
from tests.mortal import Portal
from tests.units.factories import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OPINIONS = 60
TEXT = "Số {}: đổ rác"
SAYS = "[data-table-says]"


@pytest.fixture
def portal(tmp_path):
    cache.clear()
    portal = Portal(tmp_path)
    yield portal
    if portal.process and portal.process.poll() is None:
        portal.kill()


def enter(page, number):
    """Type one opinion without touching the mouse; the focus stands in the text again afterwards."""
    keys = page.keyboard
    keys.type(TEXT.format(number))
    keys.press("Tab")
    keys.type("environment")
    if number % 3 == 0:
        for _field in range(4):
            keys.press("Tab")
        keys.press("Space")
    keys.press("Control+Enter")
    assert page.evaluate("document.activeElement.name") == "text"
    assert page.input_value("[name=text]") == ""


def test_sixty_opinions_by_keyboard_survive_the_death_of_the_server(
    portal, new_context, complaints, settings, axe
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    commune = UnitFactory()
    official = user_with(Role.OFFICIAL, commune)
    dialogue = DialogueFactory(unit=commune, held=True)
    address = f"/desk/dialogues/{dialogue.pk}/table/"
    portal.start()
    page = new_context(base_url=portal.url).new_page()
    page.goto(f"/accounts/login/?next={address}")
    page.fill("[name=login]", official.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(SAYS)).to_have_attribute("data-state", "saved")
    assert axe(page) == []
    loads = []
    page.on("framenavigated", lambda _frame: loads.append(page.url))

    for number in range(1, 21):
        enter(page, number)
    portal.kill()
    for number in range(21, 41):
        enter(page, number)
    expect(page.locator(SAYS)).to_have_attribute("data-state", "unsent", timeout=20_000)
    page.keyboard.type("Nửa chừng")
    assert loads == []
    portal.start()
    # The page is opened again in between: what waits and what was half typed is still there.
    page.reload()
    assert page.input_value("[name=text]") == "Nửa chừng"
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    loads.clear()
    for number in range(41, OPINIONS + 1):
        enter(page, number)
    expect(page.locator("[data-table-entered] > li")).to_have_count(OPINIONS, timeout=60_000)
    expect(page.locator(SAYS)).to_have_attribute("data-state", "saved")

    assert loads == []
    texts = list(Opinion.objects.order_by("order").values_list("text", flat=True))
    assert texts == [TEXT.format(number) for number in range(1, OPINIONS + 1)]
    assert Opinion.objects.with_status(OpinionStatus.ANSWERED_ON_SPOT).count() == OPINIONS // 3
    assert Opinion.objects.filter(unit_in_charge=commune).count() == OPINIONS
    complaints.clear()
