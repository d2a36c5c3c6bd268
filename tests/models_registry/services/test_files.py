"""What is kept, what is refused, what is shown to whom: bad files, too many, consent, thumbnails."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from models_registry import services
from models_registry.models import MAX_ATTACHMENTS, Attachment
from models_registry.services import files
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
AGREED = "Bà Nguyễn Thị Hoa đồng ý, ngày 02/03/2026"


def picture(size=(640, 480), **options):
    output = io.BytesIO()
    Image.new("RGB", size, "red").save(output, options.pop("kind", "JPEG"), **options)
    return SimpleUploadedFile("ảnh.jpg", output.getvalue())


def pdf(name="a.pdf"):
    return SimpleUploadedFile(name, PDF)


def stored(attachment):
    return [file.storage.exists(file.name) for file in attachment.stored_files()]


@pytest.fixture
def people():
    return commune_people()


@pytest.fixture
def draft(people):
    return RegistrationFactory(unit=people[0], by_official=people[1])


def test_attach_picture_gets_a_small_webp_without_what_the_camera_wrote(people, draft):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Nguyễn Văn A"
    kept = services.attach(draft, picture((1600, 900), exif=exif), actor=people[1])
    small = kept.thumbnail.open("rb").read()
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (320, 180))
        assert dict(shown.getexif()) == {}
    assert b"Camera" not in small


def test_attach_file_that_is_no_picture_has_no_thumbnail(people, draft):
    kept = services.attach(draft, pdf(), actor=people[1])
    assert (bool(kept.thumbnail), services.thumbnail_of(kept)) == (False, None)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_small_picture_of_every_kind(kind):
    with Image.open(io.BytesIO(files.small_picture(picture((500, 900), kind=kind).read()))) as shown:
        assert max(shown.size) == files.THUMBNAIL_SIDE


def test_small_picture_of_what_is_none_is_none():
    assert files.small_picture(b"no picture") is None
    assert files.small_picture(picture().read()[:300]) is None


def test_thumbnail_of_an_older_row_is_made_when_it_is_first_looked_at(people, draft):
    kept = services.attach(draft, picture(), actor=people[1])
    Attachment.objects.update(thumbnail="")
    first, second = Attachment.objects.get(), Attachment.objects.get()
    made = services.thumbnail_of(first)
    assert made.storage.exists(made.name)
    assert services.thumbnail_of(second).name == made.name == Attachment.objects.get().thumbnail.name
    assert kept.pk == first.pk


def polyglot():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("word/document.xml", "x")
    return output.getvalue()


def bomb():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("word/document.xml", b"0" * 110_000_000)
    return output.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: b"", id="empty"),
        pytest.param(lambda: b"%PDF-1.7\n" + polyglot() + b"\n%%EOF", id="pdf and docx"),
        pytest.param(lambda: PDF + polyglot(), id="pdf before docx"),
        pytest.param(lambda: b"PK\x03\x04%PDF-1.7" + polyglot(), id="docx with the beginning of a pdf"),
        pytest.param(bomb, id="zip bomb"),
        pytest.param(lambda: b"<html><script>alert(1)</script>", id="html"),
    ],
)
def test_attach_bad_file_is_refused_with_a_sentence_and_leaves_nothing(people, draft, content):
    with pytest.raises(DomainError) as refusal:
        services.attach(draft, SimpleUploadedFile("a.pdf", content()), actor=people[1])
    assert refusal.value.fields["file"]
    assert not Attachment.objects.exists()


def test_attach_one_too_many_or_too_much_leaves_no_file_behind(people, draft, monkeypatch):
    removed = []
    monkeypatch.setattr(files, "remove", lambda gone: removed.extend(file.name for file in gone))
    monkeypatch.setattr(files, "MAX_TOTAL_BYTES", 2 * len(PDF))
    services.attach(draft, pdf(), actor=people[1])
    services.attach(draft, pdf(), actor=people[1])
    with pytest.raises(DomainError) as refusal:
        services.attach(draft, pdf(), actor=people[1])
    assert (refusal.value.code, len(removed)) == ("too_large", 1)
    monkeypatch.setattr(files, "MAX_TOTAL_BYTES", 10**9)
    for _number in range(MAX_ATTACHMENTS - 2):
        services.attach(draft, pdf(), actor=people[1])
    with pytest.raises(DomainError) as refusal:
        services.attach(draft, pdf(), actor=people[1])
    assert (refusal.value.code, len(removed)) == ("too_many", 2)


def test_show_file_asks_for_consent_and_for_words_about_the_picture(people, draft):
    kept = services.attach(draft, picture(), actor=people[1])
    for given, field in (
        ({"consent_note": " ", "caption": "Họp dân"}, "consent_note"),
        ({"consent_note": AGREED, "caption": ""}, "caption"),
    ):
        with pytest.raises(DomainError) as refusal:
            services.show_file(kept, actor=people[1], **given)
        assert set(refusal.value.fields) == {field}
    shown = services.show_file(kept, actor=people[1], consent_note=AGREED, caption="Họp dân")
    assert (shown.is_public, shown.shown_by, shown.caption) == (True, people[1], "Họp dân")
    assert AuditEntry.objects.get(act="registration.show_file").data["file"] == kept.pk
    assert "Hoa" not in str(AuditEntry.objects.get(act="registration.show_file").data)


def test_attach_public_without_consent_is_refused(people, draft):
    with pytest.raises(DomainError) as refusal:
        services.attach(draft, pdf(), actor=people[1], is_public=True)
    assert set(refusal.value.fields) == {"consent_note"}
    assert not Attachment.objects.exists()


def test_show_file_of_a_word_document_is_refused(people, draft):
    kept = services.attach(draft, SimpleUploadedFile("a.docx", polyglot()), actor=people[1])
    with pytest.raises(DomainError):
        services.show_file(kept, actor=people[1], consent_note=AGREED)


def test_show_and_hide_at_any_time_and_only_once(people):
    registration = RegistrationFactory(unit=people[0], by_official=people[1], accepted=True)
    kept = services.attach(registration, pdf(), actor=people[1])
    services.show_file(kept, actor=people[2], consent_note=AGREED)
    assert list(Attachment.objects.public()) == [kept]
    with pytest.raises(Conflict):
        services.show_file(kept, actor=people[2], consent_note=AGREED)
    hidden = services.hide_file(kept, actor=people[1])
    assert not Attachment.objects.public().exists()
    assert (hidden.shown_by, hidden.shown_at, hidden.consent_note) == (None, None, AGREED)
    with pytest.raises(Conflict):
        services.hide_file(kept, actor=people[1])


def test_public_without_a_note_is_refused_by_the_table(people, draft):
    services.attach(draft, pdf(), actor=people[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(is_public=True)


def test_detach_takes_the_thumbnail_along_and_the_second_reads_why(
    people, draft, django_capture_on_commit_callbacks
):
    kept = services.attach(draft, picture(), actor=people[1])
    assert stored(kept) == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(kept, actor=people[1])
    assert stored(kept) == [False, False]
    for act in (services.detach, services.hide_file):
        with pytest.raises(Conflict):
            act(kept, actor=people[1])


def test_discard_draft_takes_thumbnails_along(people, draft, django_capture_on_commit_callbacks):
    kept = services.attach(draft, picture(), actor=people[1])
    with django_capture_on_commit_callbacks(execute=True):
        services.discard_draft(draft, actor=people[1])
    assert stored(kept) == [False, False]
