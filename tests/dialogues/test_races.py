"""Two at the same moment: real threads on real connections."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dialogues import services
from dialogues.models import DialogueAttachment
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict
from tests.dialogues.factories import DialogueFactory

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
