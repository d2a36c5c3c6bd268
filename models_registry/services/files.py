"""Evidence files of a registration: kept, taken away."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.files import accept_upload
from models_registry import validators
from models_registry.locks import lock, what_happened
from models_registry.models import MAX_ATTACHMENTS, Attachment, Registration


def attach(
    registration: Registration,
    upload: UploadedFile,
    *,
    actor,
    caption: str = "",
    is_public: bool = False,
) -> Attachment:
    """Keep ``upload`` with the registration. Raises ``DomainError`` for a file that is not taken, or one too many."""
    try:
        accepted = accept_upload(upload)
    except ValidationError as error:
        raise DomainError(fields={"file": error.messages}, code="file") from error
    with transaction.atomic():
        locked = _in_the_units_hands(registration, actor)
        if locked.attachments.count() >= MAX_ATTACHMENTS:
            raise DomainError(
                fields={"file": [_("No more than %(limit)d files.") % {"limit": MAX_ATTACHMENTS}]},
                code="file",
            )
        attachment = Attachment(
            registration=locked,
            caption=validators.clean_text(caption),
            is_public=is_public,
            uploaded_by=actor,
        )
        attachment.keep(accepted)
        attachment.save()
        log.record(
            "registration.attach",
            actor=actor,
            target=locked,
            unit=locked.unit,
            data={"file": attachment.pk, "sha256": attachment.sha256, "public": is_public},
        )
    return attachment


def detach(attachment: Attachment, *, actor) -> None:
    """Take a file away while its registration is in the unit's hands."""
    with transaction.atomic():
        locked = _in_the_units_hands(attachment.registration, actor)
        data = {"file": attachment.pk, "sha256": attachment.sha256}
        attachment.delete()
        log.record("registration.detach", actor=actor, target=locked, unit=locked.unit, data=data)
        transaction.on_commit(lambda: attachment.file.storage.delete(attachment.file.name))


def _in_the_units_hands(registration: Registration, actor) -> Registration:
    locked = lock(registration)
    if not locked.editable_fields:
        raise Conflict(what_happened(locked, actor=actor), code="state")
    return locked
