"""What only a browser tells of papers, certificates and registers: no barrier, nothing wider than the screen."""

import pytest
from django.urls import reverse

from awards.certificates import files
from awards.models import CertificateTemplate, NumberBook
from awards.transitions import revoke
from mobilization.jobs.tasks import run
from tests.accounts.factories import user_with
from tests.awards.certificates.factories import HandoverFactory
from tests.awards.factories import SIGNED, AwardFactory, issued
from tests.units.factories import city
from tests.visiting import NARROW, WIDE, arrive_narrow, come_signed_in, settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff():
    return user_with("city_staff", city())


@pytest.fixture
def addresses(staff) -> list[str]:
    """One address of each page, with something on it."""
    decision = issued(4, title="Về việc tặng Bằng khen phong trào thi đua “Dân vận khéo” năm 2026")
    first, second, third, _fourth = decision.awards.order_by("pk")
    HandoverFactory(award=first)
    back = HandoverFactory(award=second)
    leader = user_with("city_leader", city())
    revoke(decision, actor=leader, number="99/QĐ-UBND", signed_on=SIGNED, reason="Sai", awards=[third])
    job = files.ask(decision, "full", actor=staff)
    run(str(job.pk))
    files.ask(decision, "overlay", actor=staff)
    template = CertificateTemplate.objects.create(
        name="Bằng khen năm 2026", form_code="merit-city", valid_from="2026-01-01"
    )
    draft = AwardFactory().decision
    names = {
        "detail": [decision.pk],
        "hand_out": [decision.pk],
        "take_back": [back.pk],
        "certificates": [],
        "books": [],
        "book": [NumberBook.objects.get().pk],
        "templates": [],
        "template_edit": [template.pk],
    }
    pages = [reverse(f"awards:{name}", args=args) for name, args in names.items()]
    yearly = f"{reverse('awards:yearly')}?year=2026"
    return [*pages, yearly, draft.get_absolute_url(), job.get_absolute_url(), f"/verify/{third.verify_code}/"]


def test_pages_fit_320_pixels_and_have_no_barrier(addresses, staff, page, axe):
    come_signed_in(page, staff, addresses[0])
    widths, found = {}, {}
    for address in addresses:
        widths[address] = arrive_narrow(page, address)
        page.set_viewport_size(WIDE)
        settle(page)
        if barriers := axe(page):
            found[address] = barriers
    assert {address: width for address, width in widths.items() if width > NARROW["width"]} == {}
    assert found == {}
