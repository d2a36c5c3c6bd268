"""Nothing that is typed is lost: the server killed, the line down, the session over, two people in one draft."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from mobilization.accounts.states import Role
from models_registry.models import Registration, WorkingCopy
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, load_deciding_tiers
from tests.mortal import Portal
from tests.units.factories import UnitFactory
from tests.visiting import come_signed_in, follow, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = "[data-typing-says]"
AIM = "Mở rộng đường liên thôn, không để ai phải đi vòng"
METHOD = "Họp dân ba buổi, ghi ý kiến từng hộ; ai hiến đất được ghi tên ở nhà văn hóa"
CONTENT = "Đổ bê tông 350 m, rộng 5 m"


@pytest.fixture(autouse=True)
def _as_loaded(transactional_db):
    load_deciding_tiers()
    cache.clear()


@pytest.fixture
def commune():
    CampaignFactory()
    return UnitFactory()


def edit(registration, step="content"):
    return f"/desk/registrations/{registration.pk}/edit/{step}/"


def says(page, state):
    expect(page.locator(SAYS)).to_have_attribute("data-state", state, timeout=20_000)


def type_into(page, name, text):
    page.click(f"[name={name}]")
    page.keyboard.type(text, delay=4)


def kept(user, step="content"):
    copy = WorkingCopy.objects.filter(person=user, step=step).first()
    return copy.typed if copy else {}


def until_kept(user, step="content", **typed):
    """Wait until the server has every letter of ``typed``."""
    until = time.monotonic() + 20
    while {name: kept(user, step).get(name) for name in typed} != typed and time.monotonic() < until:
        time.sleep(0.1)
    assert {name: kept(user, step).get(name) for name in typed} == typed


@pytest.fixture
def portal(tmp_path):
    portal = Portal(tmp_path)
    yield portal
    if portal.process and portal.process.poll() is None:
        portal.kill()


@pytest.mark.slow
def test_half_a_form_survives_the_death_of_the_server(portal, commune, new_context, complaints, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    official = user_with(Role.OFFICIAL, commune)
    draft = RegistrationFactory(
        unit=commune, by_official=official, aim="", method="", starts_on=None, person_phone=""
    )
    portal.start()
    context = new_context(base_url=portal.url)
    page = context.new_page()
    sign_in(page, official, edit(draft))
    type_into(page, "aim", AIM)
    type_into(page, "starts_on", "5/2")
    until_kept(official, aim=AIM, starts_on="5/2")

    type_into(page, "method", METHOD[:30])
    portal.kill()
    page.keyboard.type(METHOD[30:], delay=4)
    page.click(".more-fields > summary")
    type_into(page, "content", CONTENT)
    says(page, "unsent")
    page.close()

    portal.start()
    context.clear_cookies()
    page = context.new_page()
    page.goto(edit(draft))
    assert "/accounts/login/" in page.url
    sign_in(page, official, edit(draft))
    assert page.input_value("[name=aim]") == AIM
    assert page.input_value("[name=starts_on]") == "5/2"
    expect(page.locator("[name=content]")).to_be_hidden()
    page.click("[data-take]")
    expect(page.locator("[name=content]")).to_be_visible()
    typed = {"aim": AIM, "method": METHOD, "content": CONTENT, "starts_on": "5/2"}
    assert {name: page.input_value(f"[name={name}]") for name in typed} == typed
    until_kept(official, **typed)
    complaints.clear()


def test_typing_while_the_line_is_down_arrives_when_it_is_back(phone, commune, complaints, axe):
    official = user_with(Role.OFFICIAL, commune)
    come_signed_in(phone, official, "/desk/registrations/new/")
    type_into(phone, "title", "Khéo trong vận động")
    says(phone, "saved")
    assert axe(phone) == []
    phone.context.set_offline(True)
    for name, text in (("place", "Thôn Đoài, xã Vĩnh Thanh"), ("registrant", "Chi hội Phụ nữ thôn Đoài")):
        type_into(phone, name, text)
        says(phone, "unsent")
    # A save that cannot arrive leaves the page as it is.
    phone.click("form[data-autosave] button[type=submit] >> nth=0")
    assert phone.input_value("[name=registrant]") == "Chi hội Phụ nữ thôn Đoài"
    phone.context.set_offline(False)
    says(phone, "saved")
    typed = kept(official, "identity")
    assert (typed["title"], typed["place"], typed["registrant"]) == (
        "Khéo trong vận động",
        "Thôn Đoài, xã Vĩnh Thanh",
        "Chi hội Phụ nữ thôn Đoài",
    )
    phone.click("form[data-autosave] button[type=submit] >> nth=0")
    phone.wait_for_url("**/edit/content/")
    draft = Registration.objects.get()
    assert draft.registrant == "Chi hội Phụ nữ thôn Đoài"
    # What has arrived is not offered again.
    phone.goto(edit(draft, "identity"))
    expect(phone.locator("[data-offer]")).to_be_hidden()
    assert not WorkingCopy.objects.exists()
    complaints.clear()


def test_typing_after_the_session_ended_is_kept_and_sent_after_signing_in_again(page, commune, complaints):
    official = user_with(Role.OFFICIAL, commune)
    draft = RegistrationFactory(unit=commune, by_official=official, aim="")
    come_signed_in(page, official, edit(draft))
    Session.objects.all().delete()
    cache.clear()
    type_into(page, "aim", AIM)
    says(page, "signed-out")
    tab = page.context.new_page()
    sign_in(tab, official, edit(draft))
    tab.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    says(page, "saved")
    assert kept(official)["aim"] == AIM
    follow(page, "button[name=stay]")
    draft.refresh_from_db()
    assert draft.aim == AIM
    complaints.clear()


def test_signing_out_leaves_nothing_in_the_browser(page, commune):
    official = user_with(Role.OFFICIAL, commune)
    draft = RegistrationFactory(unit=commune, by_official=official, aim="")
    come_signed_in(page, official, edit(draft))
    type_into(page, "aim", AIM)
    page.click(".site-tools details.menu summary")
    follow(page, "form[action$='/logout/'] button")
    expect(page.locator("form[action$='/logout/']")).to_have_count(0)
    assert AIM not in page.evaluate("JSON.stringify(localStorage)")
    assert kept(official)["aim"] == AIM


def test_signing_out_waits_for_what_is_on_its_way(page, commune):
    official = user_with(Role.OFFICIAL, commune)
    draft = RegistrationFactory(unit=commune, by_official=official, aim="", method="")
    come_signed_in(page, official, edit(draft))
    held = []
    page.route("**/autosave/**", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/autosave/**"):
        type_into(page, "aim", "Đường")
        page.click("[name=method]")
    type_into(page, "method", METHOD)
    page.click(".site-tools details.menu summary")
    with page.expect_navigation():
        page.click("form[action$='/logout/'] button")
        held[0].continue_()
    expect(page.locator("form[action$='/logout/']")).to_have_count(0)
    typed = kept(official)
    assert (typed["aim"], typed["method"]) == ("Đường", METHOD)


def test_two_people_in_one_draft_merge_by_keyboard(new_context, commune, complaints, axe):
    mine, other = (user_with(Role.OFFICIAL, commune, full_name=name) for name in ("Lê An", "Trần Thị Bình"))
    draft = RegistrationFactory(unit=commune, by_official=mine, aim="Cũ", partners="", households=None)
    pages = [new_context().new_page() for _person in range(2)]
    for page, person in zip(pages, (mine, other), strict=True):
        come_signed_in(page, person, edit(draft))
    here, there = pages
    there.fill("[name=aim]", "Của Bình")
    there.fill("[name=households]", "1.250")
    says(there, "saved")
    here.fill("[name=aim]", "Của An")
    here.fill("[name=partners]", "Hội Phụ nữ")
    says(here, "saved")
    expect(here.locator("[data-typing-others]")).to_contain_text("Trần Thị Bình")
    follow(there, "button[name=stay]")

    here.click("button[name=stay]")
    here.wait_for_selector("#clashes")
    assert axe(here) == []
    assert here.input_value("[name=households]") == "1250"
    expect(here.locator("[data-offer]")).to_be_hidden()
    here.focus("#mine_aim")
    here.keyboard.press("ArrowDown")
    assert here.is_checked("#theirs_aim")
    here.keyboard.press("Enter")
    here.wait_for_selector("#clashes", state="detached")
    draft.refresh_from_db()
    assert (draft.aim, draft.partners, draft.households) == ("Của Bình", "Hội Phụ nữ", 1250)
    complaints.clear()


def test_slips_are_told_on_leaving_the_field_and_no_longer_once_mended(phone, commune, complaints, axe):
    official = user_with(Role.OFFICIAL, commune)
    registration = RegistrationFactory(unit=commune, typed_by=official)
    come_signed_in(phone, official, edit(registration))
    expect(phone.locator(".form-steps-folded summary")).to_be_visible()
    expect(phone.locator(".form-steps-wide")).to_be_hidden()
    for name, wrong, right in (("starts_on", "31/02/2026", "28/02/2026"), ("households", "chừng 120", "120")):
        field = phone.locator(f"[name={name}]")
        told = phone.locator(f".mb-3:has([name={name}]) .invalid-feedback")
        field.fill(wrong)
        field.blur()
        expect(told).to_be_visible()
        assert field.get_attribute("aria-invalid") == "true"
        assert axe(phone) == []
        field.fill(right)
        field.blur()
        expect(told).to_have_count(0)
        assert field.get_attribute("aria-invalid") is None
        assert "slip_" not in (field.get_attribute("aria-describedby") or "")
    # What the server understands is not refused here.
    for understood in ("2026-02-05", "5/2/2026"):
        phone.fill("[name=starts_on]", understood)
        phone.locator("[name=starts_on]").blur()
        expect(phone.locator(".mb-3:has([name=starts_on]) .invalid-feedback")).to_have_count(0)
    # What the server refuses is taken back in the same way.
    phone.locator("[name=households]").fill("9" * 12)
    follow(phone, "form[data-autosave] button[name=stay]")
    told = phone.locator(".mb-3:has([name=households]) .invalid-feedback")
    expect(told).to_be_visible()
    phone.locator("[name=households]").fill("12")
    expect(told).to_have_count(0)
    # The answer to what is refused is 422, which the console tells.
    complaints.clear()
