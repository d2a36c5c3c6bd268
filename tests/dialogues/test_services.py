import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from dialogues import services
from dialogues.models import Dialogue
from dialogues.states import State
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import DomainError
from tests.dialogues.factories import HELD_ON, DialogueFactory

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def past(unit, **facts):
    return Dialogue(
        unit=unit, **{"topic": "An ninh trật tự", "held_on": HELD_ON, "state": State.HELD} | facts
    )


def test_record_many_saves_all_with_step_and_entry(ward, official):
    rows = [past(ward), past(ward, summary_only=True, opinions_total=12, opinions_on_spot=9)]

    saved = services.record_many(rows, actor=official)

    assert Dialogue.objects.held().count() == 2
    assert [row.steps.get().to_state for row in saved] == [State.HELD, State.HELD]
    assert AuditEntry.objects.filter(act="dialogue.record", actor=official).count() == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.PLANNED},
        {"state": State.PUBLISHED},
        {"topic": ""},
        {"held_on": datetime.date(2099, 1, 1)},
    ],
)
def test_record_many_saves_none_if_one_is_wrong(ward, official, facts):
    with pytest.raises(ValidationError):
        services.record_many([past(ward), past(ward, **facts)], actor=official)

    assert not Dialogue.objects.exists()


def test_attach_keeps_the_file_and_detach_removes_it(ward, official, django_capture_on_commit_callbacks):
    dialogue = DialogueFactory(unit=ward)

    attachment = services.attach(
        dialogue, SimpleUploadedFile("Biên bản.pdf", PDF), kind="minutes", actor=official
    )
    assert attachment.original_name == "Biên bản.pdf"
    storage, name = attachment.file.storage, attachment.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        services.detach(attachment, actor=official)
    assert not storage.exists(name)
    assert not dialogue.attachments.exists()


def test_attach_of_a_program_is_refused(ward, official):
    with pytest.raises(DomainError) as refusal:
        services.attach(
            DialogueFactory(unit=ward), SimpleUploadedFile("a.pdf", b"MZ\x90"), kind="minutes", actor=official
        )

    assert set(refusal.value.fields) == {"file"}
