"""Where several rows change together: files of a dialogue, documents of an answer."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.models import Dialogue, DialogueAttachment, Opinion, OpinionDocument
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.files import AcceptedFile, accept_upload

if TYPE_CHECKING:
    from mobilization.accounts.models import User

MAX_ATTACHMENTS = 20


def attach_document(opinion: Opinion, upload: UploadedFile, *, actor: "User") -> OpinionDocument:
    """Keep a document of the answer with the opinion, for good; raises ``DomainError`` as ``attach`` does."""
    accepted = _accepted(upload)
    with transaction.atomic():
        Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
        if opinion.documents.count() >= MAX_ATTACHMENTS:
            refusal = _("An opinion carries at most %(limit)s documents.") % {"limit": MAX_ATTACHMENTS}
            raise DomainError("", code="too_many", fields={"file": [refusal]})
        document = OpinionDocument(opinion=opinion, uploaded_by=actor)
        document.keep(accepted)
        document.save(force_insert=True)
        data = {"attachment": document.pk, "sha256": document.sha256}
        log.record("opinion.attach", actor=actor, target=opinion, unit=opinion.unit, data=data)
    return document


def attach(dialogue: Dialogue, upload: UploadedFile, *, kind: str, actor: "User") -> DialogueAttachment:
    """Keep a file with the dialogue.

    Raises ``DomainError`` where the file is not taken (see ``core.files``) or there are too many.
    """
    accepted = _accepted(upload)
    with transaction.atomic():
        Dialogue.objects.select_for_update(of=("self",)).get(pk=dialogue.pk)
        if dialogue.attachments.count() >= MAX_ATTACHMENTS:
            refusal = _("A dialogue carries at most %(limit)s files.") % {"limit": MAX_ATTACHMENTS}
            raise DomainError("", code="too_many", fields={"file": [refusal]})
        attachment = DialogueAttachment(dialogue=dialogue, kind=kind, uploaded_by=actor)
        attachment.keep(accepted)
        attachment.save(force_insert=True)
        data = {"attachment": attachment.pk, "kind": kind, "sha256": attachment.sha256}
        log.record("dialogue.attach", actor=actor, target=dialogue, unit=dialogue.unit, data=data)
    return attachment


def detach(attachment: DialogueAttachment, *, actor: "User") -> None:
    """Take a file away from its dialogue; the stored bytes go once the act is safely in the database.

    Raises ``Conflict`` where somebody else was first.
    """
    with transaction.atomic():
        current = DialogueAttachment.objects.select_for_update().filter(pk=attachment.pk).first()
        if current is None:
            raise Conflict(_("This file was taken away already."))
        dialogue, stored = attachment.dialogue, current.file
        data = {"attachment": current.pk, "kind": current.kind, "sha256": current.sha256}
        log.record("dialogue.detach", actor=actor, target=dialogue, unit=dialogue.unit, data=data)
        current.delete()
        transaction.on_commit(lambda: stored.storage.delete(stored.name))


def _accepted(upload: UploadedFile) -> AcceptedFile:
    try:
        return accept_upload(upload)
    except ValidationError as error:
        raise DomainError("", code="bad_file", fields={"file": error.messages}) from error
