"""Many at once, in a real browser: ticked, looked at, decided quietly, announced; by keyboard, and without scripts."""

import pytest
from django.utils import timezone

from mobilization.publication.models import PendingDecision, Publication
from models_registry.models import Registration
from tests.models_registry.factories import RegistrationFactory, commune_people, load_deciding_tiers
from tests.visiting import come_signed_in, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/desk/registrations/review/"


@pytest.fixture
def reviewer(transactional_db):
    """A reviewer with three reports that wait for the decision."""
    load_deciding_tiers()
    commune, official, reviewer = commune_people()
    for _ in range(3):
        RegistrationFactory(unit=commune, reported=True, by_official=official)
    return reviewer


def enter(page, selector):
    """Press the Enter key on a button that leads to another page."""
    page.locator(selector).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill_document(page):
    for name, text in {
        "body": "Đảng ủy",
        "number": "7-QĐ/ĐU",
        "decided_on": f"{timezone.localdate():%d/%m/%Y}",
    }.items():
        page.fill(f"[name={name}]", text)


def test_many_are_decided_quietly_and_announced_by_keyboard(phone, axe, reviewer):
    page = phone
    come_signed_in(page, reviewer, QUEUE)
    for box in page.locator("[name=id]").all():
        box.focus()
        page.keyboard.press("Space")
    assert page.locator("[data-tick-count]").inner_text().strip() == "(3)"
    assert axe(page) == []
    page.select_option("#bulk-act", "decide_quietly")
    enter(page, "button[value=ticked]")
    assert axe(page) == []
    page.locator("[name=decision][value=recognise]").focus()
    page.keyboard.press("Space")
    enter(page, "main form button[type=submit]")
    page.wait_for_url("**/bulk/*-*/")
    assert axe(page) == []
    assert PendingDecision.objects.pending().count() == 3
    page.goto("/desk/registrations/review/")
    assert page.locator("[name=id]").count() == 0, "what is decided leaves the queue"
    enter(page, "main a[href='/desk/publication/']")
    assert axe(page) == []
    enter(page, "button[value=all]")
    assert axe(page) == []
    fill_document(page)
    enter(page, "main form button[type=submit]")
    page.wait_for_url("**/announced/*/")
    assert axe(page) == []
    assert Publication.objects.get().counts["total"] == 3


def test_head_box_ticks_the_page_and_shows_when_some_are_ticked(page, reviewer):
    come_signed_in(page, reviewer, QUEUE)
    head = page.locator("[data-tick-all]")
    head.check()
    assert page.locator("[name=id]:checked").count() == 3
    page.locator("[name=id] >> nth=0").uncheck()
    assert head.evaluate("box => box.indeterminate")


def test_many_are_returned_without_scripts(new_context, reviewer):
    page = new_context(java_script_enabled=False).new_page()
    come_signed_in(page, reviewer, QUEUE)
    page.locator("[name=id] >> nth=0").check()
    page.select_option("#bulk-act", "return")
    follow(page, "button[value=ticked]")
    page.fill("[name=reason]", "Thiếu số liệu")
    follow(page, "main form button[type=submit]")
    assert "/bulk/" in page.url
    assert sorted(Registration.objects.values_list("state", flat=True)) == [
        "report_returned",
        "reported",
        "reported",
    ]
