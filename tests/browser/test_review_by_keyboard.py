"""A whole review without a mouse: declaring, the score sheet, walking through the queue, and the decision."""

import pytest
from django.utils import timezone

from mobilization.appraisal.models import Appraisal
from models_registry.models import Declaration
from models_registry.states import Level
from tests.accounts.factories import PASSWORD
from tests.appraisal.factories import CriterionFactory
from tests.models_registry.factories import RegistrationFactory, city_staff, load_deciding_tiers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 120


def tab_to(page, selector):
    """Press Tab until the element of ``selector`` has the focus."""
    for _press in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {selector}")


def press(page, selector, key="Enter"):
    """Go to the element of ``selector`` by Tab, press ``key`` on it, and wait for the page that follows."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


def walk(page, key, registration):
    """Press an arrow and arrive at ``registration``."""
    with page.expect_navigation():
        page.keyboard.press(key)
    assert page.url.endswith(f"/desk/registrations/{registration.pk}/?queue=1")


def test_review_from_the_queue_to_the_decision_needs_no_mouse(page, axe):
    load_deciding_tiers()
    staff = city_staff()
    first, second = (RegistrationFactory(reported=True, level=Level.CITY) for _one in range(2))
    criterion = CriterionFactory(campaign=first.campaign)
    page.goto("/accounts/login/?next=/desk/registrations/review/")
    page.fill("[name=login]", staff.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    press(page, "main .actions a.btn-primary")
    walk(page, "ArrowRight", second)
    walk(page, "ArrowLeft", first)
    assert axe(page) == []

    tab_to(page, "#declare_is_related_0")
    page.keyboard.press("Space")
    press(page, 'section:has(#declare) form[action$="/declare/"] button')
    assert not Declaration.objects.get().is_related

    press(page, 'main a[href*="/sheet/"]')
    tab_to(page, f"[name=criterion_{criterion.pk}]")
    page.keyboard.type("17,5")
    # In a field the arrows move in what was typed, and nowhere else.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert "/sheet/" in page.url
    assert axe(page) == []
    press(page, "button[name=hand_in]")
    assert Appraisal.objects.get().total == 17.5
    assert axe(page) == []

    press(page, 'main a[href*="/acts/recognise/"]')
    for name, typed in (
        ("body", "Thành ủy"),
        ("number", "9-QĐ/TU"),
        ("decided_on", f"{timezone.localdate():%d/%m/%Y}"),
    ):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(typed)
    press(page, "main form button[type=submit]")
    first.refresh_from_db()
    assert first.state == "recognised"
    assert page.url.endswith(f"/desk/registrations/{second.pk}/?queue=1")
