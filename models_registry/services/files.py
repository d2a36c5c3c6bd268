"""Evidence files of a registration: kept, taken away, shown on the public page and hidden again."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.files import AcceptedFile, accept_upload
from models_registry import validators
from models_registry.locks import lock, what_happened
from models_registry.models import MAX_ATTACHMENTS, MAX_TOTAL_BYTES, Attachment, Registration
from models_registry.services.drafts import refuse_closed

THUMBNAIL_SIDE = 320
_PICTURES = ("JPEG", "PNG", "WEBP")


def attach(
    registration: Registration,
    upload: UploadedFile,
    *,
    actor,
    caption: str = "",
    is_public: bool = False,
    consent_note: str = "",
) -> Attachment:
    """Keep ``upload`` with the registration, with a thumbnail where it is a picture.

    Raises ``DomainError`` for a file that is not taken, for one too many, and for one that is to be shown publicly
    without words about who agreed, and once the year is closed; ``Conflict`` when the registration is not in the
    unit's hands.
    """
    try:
        accepted = accept_upload(upload)
    except ValidationError as error:
        raise DomainError(fields={"file": error.messages}, code="file") from error
    attachment = Attachment(caption=validators.clean_text(caption), uploaded_by=actor)
    with _stored(attachment, accepted), transaction.atomic():
        locked = _in_the_units_hands(registration, actor)
        _refuse_too_much(locked, attachment.size)
        attachment.registration = locked
        if is_public:
            _show(attachment, actor, consent_note)
        attachment.save()
        log.record(
            "registration.attach",
            actor=actor,
            target=locked,
            unit=locked.unit,
            data=_told(attachment) | {"public": is_public},
        )
    return attachment


def detach(attachment: Attachment, *, actor) -> None:
    """Take a file away while its registration is in the unit's hands; of two who do it, one does."""
    with transaction.atomic():
        locked = _in_the_units_hands(attachment.registration, actor)
        there = _still_there(attachment)
        data = _told(there)
        gone = there.stored_files()
        there.delete()
        log.record("registration.detach", actor=actor, target=locked, unit=locked.unit, data=data)
        transaction.on_commit(lambda: remove(gone))


def show_file(attachment: Attachment, *, actor, consent_note: str, caption: str | None = None) -> Attachment:
    """Let a picture or a PDF stand on the public page, from the day on which its registration is public.

    Law 91/2025/QH15 asks for consent of whoever can be recognised: the note says who gave it, when and how. A picture
    needs a caption, which is read out to those who cannot see it. Raises ``DomainError`` for what is missing,
    ``Conflict`` when the file was taken away or is shown already.
    """
    with transaction.atomic():
        locked = lock(attachment.registration)
        there = _still_there(attachment)
        if there.is_public:
            raise Conflict(_("This file is shown already."), code="state")
        if caption is not None:
            there.caption = validators.clean_text(caption)
        _show(there, actor, consent_note)
        there.save(update_fields=["caption", "is_public", "consent_note", "shown_by", "shown_at"])
        log.record("registration.show_file", actor=actor, target=locked, unit=locked.unit, data=_told(there))
    return there


def describe_file(attachment: Attachment, *, actor, caption: str) -> Attachment:
    """Say what a file shows while its registration is in the unit's hands; the same words again change nothing.

    Raises ``DomainError`` once the year is closed, ``Conflict`` when the registration is not in the unit's hands any
    more or the file was taken away.
    """
    with transaction.atomic():
        locked = _in_the_units_hands(attachment.registration, actor)
        there = _still_there(attachment)
        words = validators.clean_text(caption)
        if words != there.caption:
            there.caption = words
            there.save(update_fields=["caption"])
            log.record(
                "registration.describe_file", actor=actor, target=locked, unit=locked.unit, data=_told(there)
            )
    return there


def hide_file(attachment: Attachment, *, actor) -> Attachment:
    """Take a file off the public page at once; it stays with the registration, and so does the note of consent."""
    with transaction.atomic():
        locked = lock(attachment.registration)
        there = _still_there(attachment)
        if not there.is_public:
            raise Conflict(_("This file is not shown any more."), code="state")
        there.is_public, there.shown_by, there.shown_at = False, None, None
        there.save(update_fields=["is_public", "shown_by", "shown_at"])
        log.record("registration.hide_file", actor=actor, target=locked, unit=locked.unit, data=_told(there))
    return there


def thumbnail_of(attachment: Attachment) -> FieldFile | None:
    """Return the small picture of ``attachment``, made now where it has none yet; None for other files.

    Files of the time before thumbnails get theirs when somebody first looks. Of two at once one is kept.
    """
    if attachment.thumbnail or not attachment.is_picture:
        return attachment.thumbnail or None
    try:
        with attachment.file.open("rb") as stored:
            small = small_picture(stored.read())
    except OSError:
        small = None
    if small is None:
        return None
    attachment.thumbnail.save("small.webp", ContentFile(small), save=False)
    rows = Attachment.objects.filter(pk=attachment.pk, thumbnail="")
    if not rows.update(thumbnail=attachment.thumbnail.name):
        remove([attachment.thumbnail])
        attachment.refresh_from_db(fields=["thumbnail"])
    return attachment.thumbnail


def small_picture(content: bytes) -> bytes | None:
    """Return a picture as WebP of at most ``THUMBNAIL_SIDE`` pixels a side, from its pixels alone; None if it is none."""
    try:
        with Image.open(io.BytesIO(content), formats=_PICTURES) as picture:
            picture.draft("RGB", (THUMBNAIL_SIDE * 2, THUMBNAIL_SIDE * 2))
            small = picture.convert(
                "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
            )
            small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            clean = Image.new(small.mode, small.size)
            clean.paste(small)
            output = io.BytesIO()
            clean.save(output, format="WEBP", quality=72)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return output.getvalue()


def remove(files: Iterable[FieldFile]) -> None:
    """Delete stored files whose rows are gone."""
    for file in files:
        file.storage.delete(file.name)


@contextmanager
def _stored(attachment: Attachment, accepted: AcceptedFile) -> Iterator[None]:
    """Store the file before anything is locked, and delete it again if its row is not written."""
    try:
        attachment.keep(accepted)
        small = small_picture(accepted.content) if attachment.is_picture else None
        if small:
            attachment.thumbnail.save("small.webp", ContentFile(small), save=False)
        yield
    except BaseException:
        remove(attachment.stored_files())
        raise


def _show(attachment: Attachment, actor, consent_note: str) -> None:
    problems = {}
    if not attachment.may_be_shown:
        raise DomainError(_("Only pictures and PDF files can stand on the public page."), code="kind")
    note = validators.clean_text(consent_note)
    if not note:
        problems["consent_note"] = [_("Say who agreed to be shown, when and how.")]
    if attachment.is_picture and not attachment.caption:
        problems["caption"] = [_("Say what the picture shows, for those who cannot see it.")]
    if problems:
        raise DomainError(fields=problems, code="invalid")
    attachment.is_public, attachment.consent_note = True, note
    attachment.shown_by, attachment.shown_at = actor, timezone.now()


def _refuse_too_much(registration: Registration, size: int) -> None:
    sizes = list(registration.attachments.values_list("size", flat=True))
    if len(sizes) >= MAX_ATTACHMENTS:
        too_many = _("No more than %(limit)d files.") % {"limit": MAX_ATTACHMENTS}
        raise DomainError(fields={"file": [too_many]}, code="too_many")
    if sum(sizes) + size > MAX_TOTAL_BYTES:
        limit = {"limit": MAX_TOTAL_BYTES // 1024 // 1024}
        too_large = _("All files of a registration together are %(limit)d MB at most.") % limit
        raise DomainError(fields={"file": [too_large]}, code="too_large")


def _still_there(attachment: Attachment) -> Attachment:
    """Return the file as it stands under the lock of its registration."""
    there = Attachment.objects.filter(pk=attachment.pk).first()
    if there is None:
        raise Conflict(_("This file was taken away meanwhile."), code="gone")
    return there


def _told(attachment: Attachment) -> dict:
    return {"file": attachment.pk, "sha256": attachment.sha256}


def _in_the_units_hands(registration: Registration, actor) -> Registration:
    locked = lock(registration)
    if not locked.editable_fields:
        raise Conflict(what_happened(locked, actor=actor), code="state")
    refuse_closed(locked)
    return locked
