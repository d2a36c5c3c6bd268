"""Two at the same moment: real threads on real connections."""

import datetime
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dialogues import assigning, services
from dialogues.models import DialogueAttachment, Opinion, OpinionStep
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_detach_by_two_at_once_is_done_and_told_once(official):
    dialogue = DialogueFactory(unit=official.units_of()[0])
    kept = services.attach(dialogue, SimpleUploadedFile("a.pdf", PDF), kind="minutes", actor=official)
    gate, refusals = threading.Barrier(2), []

    def detach():
        try:
            seen = DialogueAttachment.objects.select_related("dialogue__unit").get(pk=kept.pk)
            gate.wait(10)
            services.detach(seen, actor=official)
        except Conflict as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=detach) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(refusals) == 1
    assert AuditEntry.objects.of_act("dialogue.detach").count() == 1
    assert not DialogueAttachment.objects.exists()


def test_assign_by_two_at_once_is_done_once(ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)
    rows = [(OpinionFactory(dialogue=dialogue).pk, 1) for _number in range(5)]
    gate, done = threading.Barrier(2), []

    def assign(days):
        try:
            gate.wait(10)
            due_on = HELD_ON + datetime.timedelta(days=days)
            visible = Opinion.objects.visible_to(official)
            done.append(len(assigning.assign(visible, rows, unit=None, due_on=due_on, actor=official).done))
        finally:
            connection.close()

    threads = [threading.Thread(target=assign, args=(days,)) for days in (10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(done) == [0, 5]
    assert OpinionStep.objects.filter(act="assign").count() == 5
    assert Opinion.objects.values("due_on").distinct().count() == 1
