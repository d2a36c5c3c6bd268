import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dialogues.models import Opinion
from dialogues.transitions import charge
from dialogues.transitions import opinion as acts
from mobilization.core.errors import DomainError
from mobilization.messaging.models import Message
from tests.dialogues.factories import DialogueFactory, OpinionFactory

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def in_charge(ward, other_ward):
    return OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=other_ward)


def test_pass_on_changes_the_unit_tells_it_and_keeps_who_and_to_whom(in_charge, ward, official, stranger):
    done = charge.pass_on(in_charge, actor=stranger, unit=ward, words="Thuộc phường Ba Đình")

    step = done.steps.get(act="pass_on")
    assert (done.unit_in_charge, step.to_unit, step.actor, step.words) == (
        ward,
        ward,
        stranger,
        "Thuộc phường Ba Đình",
    )
    assert Message.objects.get().recipient == official


@pytest.mark.parametrize("words", ["", "  "])
def test_pass_on_without_words_is_refused(in_charge, ward, stranger, words):
    with pytest.raises(DomainError):
        charge.pass_on(in_charge, actor=stranger, unit=ward, words=words)


def test_pass_on_of_a_closed_opinion_or_to_the_same_unit_is_refused(in_charge, ward, other_ward, stranger):
    with pytest.raises(DomainError):
        charge.pass_on(in_charge, actor=stranger, unit=other_ward, words="Chuyển")
    closed = acts.refer_outside(in_charge, actor=stranger, reason="Thành phố")
    with pytest.raises(DomainError):
        charge.pass_on(closed, actor=stranger, unit=ward, words="Chuyển")


def test_ask_reopen_keeps_it_closed_until_the_recording_unit_opens_it(in_charge, official, stranger):
    closed = acts.refer_outside(in_charge, actor=stranger, reason="Thành phố")
    asked = charge.ask_reopen(closed, actor=stranger, reason="Thành phố đã giao lại")
    assert (asked.is_open, asked.reopen_asked) == (False, True)
    assert Message.objects.get().recipient == official
    with pytest.raises(DomainError):
        charge.ask_reopen(asked, actor=stranger, reason="Lần nữa")

    opened = acts.reopen(asked, actor=official, reason="Đúng", due_on=datetime.date(2026, 6, 1))

    assert (opened.is_open, opened.reopen_asked, opened.reopened) == (True, False, 1)


def test_pages_unit_in_charge_asks_and_does_not_reopen_itself(client, in_charge, stranger):
    closed = acts.refer_outside(in_charge, actor=stranger, reason="Thành phố")
    client.force_login(stranger)

    assert client.get(reverse("dialogues:opinion_reopen", args=[closed.pk])).status_code == 404
    asking = reverse("dialogues:opinion_ask_reopen", args=[closed.pk])
    client.post(asking, {"reason": "Đã giao lại", "version": closed.version})

    assert Opinion.objects.get().reopen_asked


def test_pages_passing_on_leads_to_the_list_where_it_left_ones_sight(client, in_charge, ward, stranger):
    client.force_login(stranger)
    address = reverse("dialogues:opinion_pass_on", args=[in_charge.pk])

    answer = client.post(address, {"unit": ward.full_name, "words": "Của phường", "version": 1})

    assert answer["Location"] == reverse("dialogues:opinions")


def test_pages_document_is_added_by_the_unit_in_charge_and_read_by_both(
    client, in_charge, official, stranger
):
    client.force_login(stranger)
    client.post(
        reverse("dialogues:opinion_attach", args=[in_charge.pk]),
        {"file": SimpleUploadedFile("cv.pdf", PDF, content_type="application/pdf")},
    )
    kept = in_charge.documents.get()
    assert kept.uploaded_by == stranger

    client.force_login(official)
    assert client.get(reverse("dialogues:opinion_document", args=[kept.pk])).status_code == 200
