"""The minutes as a document: what they say, that they can be searched, and that typed marks stay text."""

import re
import zlib

import pytest
from django.utils import translation

from mobilization.appraisal import minutes, services
from mobilization.appraisal.states import Verdict
from models_registry.models import Registration
from tests.appraisal.factories import sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    """A session in which one item is recognised and one is refused."""
    session, chair = sitting(items=2)
    first, second = session.items.in_order()
    services.vote_rest(session, actor=chair)
    no = {"votes_for": 1, "votes_against": 2, "abstained": 0, "verdict": Verdict.REFUSE}
    services.vote(second, actor=chair, reason="Chưa có sản phẩm cụ thể", **no)
    Registration.objects.filter(pk=first.registration_id).update(title="#set text(red) *khéo* $x$ @a <b>")
    return session, chair


def test_facts_are_vietnamese_and_whole(held):
    session, chair = held
    with translation.override("en"):
        told = minutes.facts(session)

    assert told["draft"]
    assert (told["recognised"], told["refused"], told["open"]) == (1, 1, 0)
    assert told["chair"] == chair.full_name
    assert [one["conclusion"] for one in told["items"]] == ["Công nhận", "Không công nhận"]
    assert len(told["present"]) == 4


def test_facts_of_a_closed_session_carry_its_number(held):
    session, chair = held

    told = minutes.facts(services.close(session, minutes_number="12/BB-HĐ", actor=chair))

    assert not told["draft"]
    assert told["number"] == "12/BB-HĐ"


def test_pdf_is_made_and_its_letters_can_be_searched(held):
    content = minutes.as_pdf(held[0])

    assert content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    unpacked = b"".join(_unpacked(stream) for stream in streams)
    # The fonts say which letters their marks are: Ộ (U+1ED8) stands in the national name.
    assert b"begincmap" in unpacked
    assert b"1ED8" in unpacked.upper()


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
