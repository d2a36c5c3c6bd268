import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dialogues import services
from mobilization.core.errors import DomainError
from tests.dialogues.factories import DialogueFactory

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


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
