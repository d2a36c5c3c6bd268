"""The code on a certificate is read by a real reader, from the page as it is printed."""

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings

from awards.certificates import printing
from awards.models import CertificateTemplate
from awards.states import Variant
from awards.transitions import revoke
from tests.awards.factories import SIGNED, issued

pytestmark = pytest.mark.django_db
PRINTED, SCREEN = 300 / 72, 110 / 72
"""Dots to a point: of an office printer, of a picture taken from some way off."""


def read(content, scale):
    """Return what a reader finds on each page of a PDF, and what it calls the codes."""
    with pypdfium2.PdfDocument(content) as paper:
        return [
            [(str(one.format), one.text) for one in zxingcpp.read_barcodes(page.render(scale=scale).to_pil())]
            for page in paper
        ]


def address(award):
    return f"{settings.SITE_URL.rstrip('/')}/verify/{award.verify_code}/"


@pytest.mark.parametrize("scale", [PRINTED, SCREEN])
@pytest.mark.parametrize("variant", Variant.values)
def test_code_is_read_off_the_page_and_leads_to_the_page_that_verifies(client, variant, scale):
    award = issued(1).awards.get()

    (found,) = read(printing.one(award, variant), scale)

    assert [text for _kind, text in found] == [address(award)]
    assert "QR" in found[0][0]
    told = client.get(found[0][1].removeprefix(settings.SITE_URL.rstrip("/")))
    assert award.recipient_name in told.content.decode()


@pytest.mark.parametrize("border", ["single", "double", "ornate"])
def test_code_is_read_whatever_border_stands_beside_it(border):
    CertificateTemplate.objects.create(
        name="Viền", valid_from="2026-01-01", border=border, left=14, bottom=14
    )
    award = issued(1).awards.get()

    (found,) = read(printing.one(award), SCREEN)

    assert [text for _kind, text in found] == [address(award)]


def test_code_is_read_under_the_mark_of_a_revoked_certificate(leader):
    decision = issued(1)
    revoke(decision, actor=leader, number="99/QĐ-UBND", signed_on=SIGNED, reason="Sai")
    award = decision.awards.get()

    (found,) = read(printing.one(award), PRINTED)

    assert [text for _kind, text in found] == [address(award)]


def test_each_page_of_a_decision_bears_the_code_of_its_own_award():
    decision = issued(3)

    pages = read(printing.whole(printing.whole_data(decision, Variant.FULL)), SCREEN)

    awards = list(decision.awards.in_annex_order())
    assert [[text for _kind, text in found] for found in pages] == [*([address(one)] for one in awards), []]
