"""Evidence files in a browser: several at once with progress, one bad among them, the line down and up again."""

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from models_registry import services, transitions
from models_registry.models import Attachment
from tests.models_registry.factories import RegistrationFactory, commune_people, load_deciding_tiers
from tests.visiting import come_signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROW = "[data-uploads] .upload"


@pytest.fixture(autouse=True)
def _as_loaded(transactional_db):
    load_deciding_tiers()
    cache.clear()


@pytest.fixture
def draft(page):
    commune, official, _reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, by_official=official)
    come_signed_in(page, official, step_of_evidence(registration))
    return registration


def step_of_evidence(registration):
    return reverse("models_registry:attach", args=[registration.pk])


def picture(name):
    output = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(output, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": output.getvalue()}


def choose(page, *files):
    page.set_input_files("[data-upload] input[type=file]", list(files))


def test_several_files_go_up_one_by_one_and_a_bad_one_says_why(page, draft, complaints, axe):
    bad = {"name": "hỏng.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    choose(page, picture("một.png"), bad, picture("hai.png"))
    for place, state in enumerate(["kept", "refused", "kept"]):
        expect(page.locator(ROW).nth(place)).to_have_attribute("data-state", state, timeout=20_000)
    expect(page.locator("[data-file-list] .file")).to_have_count(2)
    expect(page.locator("[data-file-count]")).to_have_text("2")
    assert len(page.locator(f"{ROW} >> nth=1").locator(".upload-says").inner_text()) > 20
    assert [file.original_name for file in Attachment.objects.all()] == ["một.png", "hai.png"]
    assert axe(page) == []
    # The refused file is answered 422.
    complaints.clear()
    page.fill("[name=caption]", "Họp dân")
    page.check("[name=is_public]")
    page.click("button[name=next]")
    # Who agreed has to be said: asked at the field, before anything is sent.
    assert page.evaluate("document.activeElement.name") == "consent_note"
    # What was just added follows the tick; no second way to the same is offered beside it.
    added = page.locator("[data-file-list] .is-added")
    expect(added).to_have_count(2)
    expect(added.locator(".to-be-public")).to_have_count(2)
    for place in range(2):
        expect(added.locator(".to-be-public").nth(place)).to_be_visible()
        expect(added.locator(".not-public").nth(place)).to_be_hidden()
        expect(added.locator(".show-file").nth(place)).to_be_hidden()
    # What is most often true is written by a tap, and can be changed.
    page.click("[data-fill] >> nth=0")
    assert page.evaluate("document.activeElement.name") == "consent_note"
    page.keyboard.type(" Hỏi ngày 5/2.")
    page.click("button[name=next]")
    page.wait_for_url("**/preview/")
    agreed = "Trong ảnh không nhận ra ai. Hỏi ngày 5/2."
    assert set(Attachment.objects.values_list("caption", "is_public", "consent_note")) == {
        ("Họp dân", True, agreed)
    }
    pictures = page.locator(".file-picture img")
    expect(pictures).to_have_count(2)
    assert pictures.evaluate_all("all => all.every((one) => one.complete && one.naturalWidth > 0)")
    expect(page.locator('form[action$="/acts/submit/"] button')).to_be_in_viewport(ratio=1)
    assert axe(page) == []


def test_file_that_did_not_arrive_is_sent_again(page, draft, complaints):
    page.context.set_offline(True)
    choose(page, picture("một.png"))
    expect(page.locator(ROW)).to_have_attribute("data-state", "failed", timeout=20_000)
    page.context.set_offline(False)
    page.click("[data-retry]")
    expect(page.locator(ROW)).to_have_attribute("data-state", "kept", timeout=20_000)
    assert Attachment.objects.count() == 1
    # The line was down.
    complaints.clear()


def test_button_pressed_while_a_file_is_on_its_way_waits_for_it(page, draft):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/files/", hold, times=1)
    choose(page, picture("một.png"))
    page.fill("[name=caption]", "Họp dân")
    page.click("button[name=next]")
    assert page.url.endswith("/files/")
    held.pop().continue_()
    page.wait_for_url("**/preview/")
    assert Attachment.objects.get().caption == "Họp dân"


def test_file_cancelled_on_its_way_is_not_kept(page, draft):
    page.route("**/files/", lambda _route: None)
    choose(page, picture("một.png"))
    page.click("[data-cancel]")
    expect(page.locator(ROW)).to_have_attribute("data-state", "cancelled")
    expect(page.locator("[data-retry]")).to_be_visible()
    assert not Attachment.objects.exists()


def test_without_javascript_all_go_up_at_once(new_context, draft, page):
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(step_of_evidence(draft))
    choose(plain, picture("một.png"), picture("hai.png"))
    plain.click("button[name=stay]")
    expect(plain.locator(".file")).to_have_count(2)
    assert Attachment.objects.count() == 2


def test_review_of_what_came_back_is_clear_to_everybody(new_context, axe):
    """Remarks, differences, versions, showing a file: axe finds nothing, at a phone's width too."""
    commune, official, reviewer = commune_people()
    row = RegistrationFactory(unit=commune, by_official=official, submitted=True, aim="Mở đường thôn")
    row = transitions.return_(
        row, actor=reviewer, reason="Sửa", remarks={"aim": "Rõ hơn", "households": "Bao nhiêu?"}
    )
    kept = services.attach(
        row, SimpleUploadedFile("a.png", picture("a.png")["buffer"]), actor=official, caption="Ngõ"
    )
    saved = services.save_draft(row, {"aim": "Mở đường liên thôn"}, actor=official)
    mending = new_context(viewport={"width": 390, "height": 844}).new_page()
    come_signed_in(mending, official, reverse("models_registry:edit", args=[row.pk, "content"]))
    assert axe(mending) == []
    transitions.resubmit(saved, actor=official)
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    come_signed_in(page, reviewer, row.get_absolute_url())
    expect(page.locator("ins")).to_have_text("liên")
    for address in (
        row.get_absolute_url(),
        reverse("models_registry:versions", args=[row.pk]),
        reverse("models_registry:file_show", args=[kept.pk]),
        reverse("models_registry:act", args=[row.pk, "return"]),
    ):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
