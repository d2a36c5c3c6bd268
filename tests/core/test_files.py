import io
import struct
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from mobilization.core import files
from mobilization.core.files import accept_upload, stored_path


def upload(content: bytes, name: str = "tệp.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "JPEG", **options) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(output, format=kind, **options)
    return output.getvalue()


def office(*names: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return output.getvalue()


def from_the_future() -> bytes:
    """A file that says it needs version 25.5 of the format to be unpacked."""
    content = bytearray(office("[Content_Types].xml", "word/document.xml"))
    at = content.index(b"PK\x01\x02") + 6
    content[at] = 255
    return bytes(content)


@pytest.mark.parametrize(
    ("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_accept_upload_pictures_are_known_by_content(kind, content_type):
    accepted = accept_upload(upload(picture(kind), "ảnh.exe"))
    assert (accepted.content_type, accepted.original_name) == (content_type, "ảnh.exe")


def test_accept_upload_exif_of_a_picture_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Nguyễn Văn A"
    dirty = picture(exif=exif)
    assert b"Camera" in dirty
    clean = accept_upload(upload(dirty)).content
    assert b"Camera" not in clean
    assert dict(Image.open(io.BytesIO(clean)).getexif()) == {}


def test_accept_upload_picture_is_turned_upright():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    turned = Image.open(io.BytesIO(accept_upload(upload(picture(exif=exif))).content))
    assert (turned.width, turned.height) == (30, 40)


def test_accept_upload_photo_of_a_telephone_with_a_second_picture_is_a_jpeg():
    output = io.BytesIO()
    second = Image.new("RGB", (40, 30), "blue")
    Image.new("RGB", (40, 30), "red").save(output, "MPO", save_all=True, append_images=[second])
    accepted = accept_upload(upload(output.getvalue()))
    kept = Image.open(io.BytesIO(accepted.content))
    assert (accepted.content_type, accepted.suffix, kept.format) == ("image/jpeg", ".jpg", "JPEG")
    assert kept.getpixel((0, 0))[0] > 200


def test_accept_upload_notes_of_a_camera_that_cannot_be_read_are_no_hindrance():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Camera of a telephone"
    whole = picture(exif=exif)
    make = whole.index(struct.pack(">H", ExifTags.Base.Make))
    # The maker is said to be two fractions instead of text.
    broken = whole[:make] + struct.pack(">HHI", ExifTags.Base.Make, 11, 2) + whole[make + 8 :]
    assert accept_upload(upload(broken)).content_type == "image/jpeg"


def test_accept_upload_what_hides_behind_a_picture_is_gone():
    assert b"<script>" not in accept_upload(upload(picture("PNG") + b"<script>alert(1)</script>")).content


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.7\n1 0 obj\n%%EOF\n", ".pdf"),
        (office("[Content_Types].xml", "word/document.xml"), ".docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
    ],
)
def test_accept_upload_documents_are_taken(content, suffix):
    assert accept_upload(upload(content)).suffix == suffix


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00", "unknown_kind"),
        (b"<html><script>", "unknown_kind"),
        (b"GIF89a", "unknown_kind"),
        (b"%PDF-1.7 cut", "unknown_kind"),
        (b"PK\x03\x04 broken", "unknown_kind"),
        (office("a.txt"), "unknown_kind"),
        (from_the_future(), "unknown_kind"),
        (office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (picture()[:200], "unknown_kind"),
        (b"%PDF-1.7\n" + office("a.txt") + b"%%EOF", "polyglot"),
    ],
)
def test_accept_upload_all_else_is_refused_with_a_sentence(content, code):
    with pytest.raises(ValidationError) as refusal:
        accept_upload(upload(content))
    assert refusal.value.code == code
    assert refusal.value.message


def test_accept_upload_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(ValidationError) as refusal:
        accept_upload(upload(b"x" * 11))
    assert refusal.value.code == "too_large"


def test_accept_upload_zip_bomb_is_refused():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("word/document.xml", b"0" * (files.MAX_UNPACKED_BYTES + 1))
    with pytest.raises(ValidationError) as refusal:
        accept_upload(upload(output.getvalue()))
    assert refusal.value.code == "bomb"


def test_accept_upload_name_with_a_path_keeps_the_last_part_only():
    assert accept_upload(upload(picture(), "..\\..\\C:/x/Ảnh\x00.jpg")).original_name == "Ảnh.jpg"


def test_stored_path_is_random_and_keeps_nothing_of_the_name():
    first, second = stored_path(None, "../../etc/passwd.jpg"), stored_path(None, "../../etc/passwd.jpg")
    assert first != second
    assert first.endswith(".jpg")
    assert "passwd" not in first


@settings(max_examples=150, deadline=None)
@given(
    whole=st.sampled_from(
        [picture("JPEG"), picture("PNG"), picture("WEBP"), office("[Content_Types].xml", "xl/workbook.xml")]
    ),
    where=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.integers(0, 300),
)
def test_accept_upload_damaged_file_is_taken_or_refused_with_a_sentence(whole, where, cut):
    content = bytearray(whole)
    for position, byte in where:
        content[position % len(content)] = byte
    with suppress(ValidationError):
        assert accept_upload(upload(bytes(content[: len(content) - cut]))).content
