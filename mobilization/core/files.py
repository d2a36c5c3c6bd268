"""Files that people hand in: known by content, cleaned, stored outside the web root under random names.

OWASP ASVS 5, chapter V5. Each app keeps its own table of files (a file belongs to one record and is served after the
permission check of that record); this abstract row and the door ``accept_upload`` are the same for all.
"""

import hashlib
import io
import secrets
import struct
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, UnidentifiedImageError

from mobilization.core.exports import attachment
from mobilization.core.text import nfc

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_PACKED_FILES = 2_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 2_400
_PICTURES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "WEBP": ("image/webp", ".webp")}
# What cameras note of how they were held, and how the picture is turned upright again.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
}


@dataclass(frozen=True)
class AcceptedFile:
    """A file that passed: the bytes to store, what they are, and the name that its owner gave it."""

    content: bytes
    content_type: str
    suffix: str
    original_name: str

    @property
    def sha256(self) -> str:
        """Return the hash of the stored bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def accept_upload(upload: UploadedFile) -> AcceptedFile:
    """Return the cleaned file behind ``upload``, or raise ``ValidationError`` with a sentence for its owner.

    PDF, JPEG, PNG, WebP, DOCX and XLSX are known by content, never by name. Pictures are made anew from their pixels,
    so that neither EXIF (place, person, device) nor anything hidden behind the picture is kept.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(limit)s MB."), "too_large", {"limit": MAX_BYTES // 1024 // 1024}
        )
    content = upload.read(MAX_BYTES + 1)
    name = _display_name(upload.name or "")
    if not content:
        raise ValidationError(_("This file is empty."), "empty")
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        _refuse_second_kind(zipfile.is_zipfile(io.BytesIO(content)))
        return AcceptedFile(content, "application/pdf", ".pdf", name)
    if content.startswith(b"PK\x03\x04"):
        # Readers of PDF look for its beginning in the first kilobyte.
        _refuse_second_kind(b"%PDF-" in content[:1024])
        content_type, suffix = _office_kind(content)
        return AcceptedFile(content, content_type, suffix, name)
    return _picture(content, name)


def stored_path(_instance: models.Model, filename: str) -> str:
    """Return a random path; of the owner's name only the checked suffix is kept."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token[2:4]}/{token}{PurePath(filename).suffix}"


class StoredFile(models.Model):
    """A file of a record. Concrete tables add the foreign key to their record."""

    file = models.FileField(_("file"), upload_to=stored_path, max_length=120)
    original_name = models.CharField(_("file name"), max_length=150)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name

    def keep(self, accepted: AcceptedFile) -> None:
        """Take over ``accepted``; the caller saves the row."""
        self.original_name = accepted.original_name
        self.content_type = accepted.content_type
        self.size = len(accepted.content)
        self.sha256 = accepted.sha256
        self.file.save(f"file{accepted.suffix}", ContentFile(accepted.content), save=False)

    @property
    def is_picture(self) -> bool:
        """Tell whether the file can be shown as a picture."""
        return self.content_type.startswith("image/")

    def as_attachment(self) -> FileResponse:
        """Return the answer that hands the file over; the caller has checked the permission of its record."""
        response = FileResponse(self.file.open("rb"), content_type=self.content_type)
        response["Content-Disposition"] = attachment(self.original_name)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


def _display_name(name: str) -> str:
    name = nfc(PurePath(name.replace("\\", "/")).name)
    return "".join(c for c in name if c.isprintable())[-150:] or "file"


def inline_picture(stored: FieldFile, content_type: str, *, cache: str) -> FileResponse:
    """Return the answer that shows a picture the portal itself has made; the caller has checked the permission."""
    response = FileResponse(stored.open("rb"), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = cache
    return response


def _refuse_second_kind(is_polyglot: bool) -> None:  # noqa: FBT001 -- what was found
    if is_polyglot:
        raise ValidationError(_("This file is of two kinds at once. Please save it anew."), "polyglot")


def _office_kind(content: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    # NotImplementedError: a file that says it needs a later version of the format.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _unknown() from error
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_PACKED_FILES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise ValidationError(_("This file unpacks to more than the portal takes."), "bomb")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("Files with macros are not taken. Please save it without macros."), "macros")
    for mark, kind in _OFFICE.items():
        if mark in names and "[Content_Types].xml" in names:
            return kind
    raise _unknown()


def _picture(content: bytes, name: str) -> AcceptedFile:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("This picture has too many pixels."), "too_large")
            # Telephones put a second picture behind the first (depth, brightness); the first one is what was taken.
            kind = "JPEG" if picture.format == "MPO" else picture.format
            upright = _upright(picture)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
                upright = upright.convert("RGB")
            clean = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                clean.putpalette(upright.getpalette())
            clean.paste(upright)
            output = io.BytesIO()
            clean.save(output, format=kind, quality=85)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _unknown() from error
    content_type, suffix = _PICTURES[kind]
    return AcceptedFile(output.getvalue(), content_type, suffix, name)


def _upright(picture: Image.Image) -> Image.Image:
    """Return the picture as it was seen. Notes of a camera that cannot be read are no reason to refuse it."""
    try:
        turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except (OSError, SyntaxError, ValueError, TypeError, struct.error):
        turn = None
    return picture if turn is None else picture.transpose(turn)


def _unknown() -> ValidationError:
    return ValidationError(_("Only PDF, JPEG, PNG, WebP, DOCX and XLSX files are taken."), "unknown_kind")
