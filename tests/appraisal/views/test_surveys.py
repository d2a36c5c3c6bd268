"""Surveys on site and their files."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.urls import reverse
from PIL import Image

from mobilization.appraisal.models import Survey, SurveyFile
from mobilization.appraisal.services import record_survey
from mobilization.core.errors import DomainError, NotAllowed
from tests.accounts.factories import UserFactory
from tests.appraisal.factories import SurveyFileFactory
from tests.models_registry.factories import DeclarationFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db
SAID = {"held_on": "01/06/2025", "members": "Lê Thị Hoa", "findings": "Đúng như báo cáo"}


def url(name, obj):
    return reverse(f"appraisal:{name}", args=[obj.pk])


def picture():
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "JPEG", exif=b"Exif\x00\x00secret place")
    return SimpleUploadedFile("hiện trường.jpg", content.getvalue())


def pdf():
    return SimpleUploadedFile("Biên bản.pdf", b"%PDF-1.4\n%%EOF")


def stored_files():
    return {path for path in Path(default_storage.location).rglob("*") if path.is_file()}


@pytest.fixture
def reported():
    commune, official, reviewer = commune_people()
    return RegistrationFactory(unit=commune, reported=True), official, reviewer


def test_survey_keeps_its_pictures_and_minutes_and_hands_them_over(client, reported):
    registration, _official, reviewer = reported
    client.force_login(reviewer)
    answer = client.post(url("survey", registration), SAID | {"files": [picture(), pdf()]})
    assert answer.status_code == 302
    kept = list(Survey.objects.get().files.all())
    assert [one.original_name for one in kept] == ["hiện trường.jpg", "Biên bản.pdf"]
    page = client.get(registration.get_absolute_url()).content.decode()
    assert all(url("survey_file", one) in page for one in kept)
    content = b"".join(client.get(url("survey_file", kept[0])).streaming_content)
    assert b"secret" not in content


@pytest.mark.parametrize("state", ["accepted", "reported"])
def test_survey_by_whoever_must_not_decide_is_refused_in_page_and_act(client, state):
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, state=state)
    client.force_login(reviewer)
    assert url("survey", registration) in client.get(registration.get_absolute_url()).content.decode()
    DeclarationFactory(registration=registration, reviewer=reviewer, is_related=True, relation="Em trai")
    assert url("survey", registration) not in client.get(registration.get_absolute_url()).content.decode()
    asked = client.get(url("survey", registration), follow=True)
    assert asked.redirect_chain == [(registration.get_absolute_url(), 302)]
    assert [str(told) for told in asked.context["messages"]] != []
    assert client.post(url("survey", registration), SAID).status_code == 422
    with pytest.raises(NotAllowed):
        record_survey(
            registration,
            actor=reviewer,
            held_on=registration.created_at.date(),
            members="Hoa",
            findings="Đúng",
        )
    assert not Survey.objects.exists()


def test_survey_with_a_file_that_is_not_taken_keeps_nothing_but_what_was_typed(client, reported):
    registration, _official, reviewer = reported
    client.force_login(reviewer)
    bad = SimpleUploadedFile("ghi chú.txt", b"text")
    page = client.post(url("survey", registration), SAID | {"files": [pdf(), bad]})
    assert page.status_code == 422
    assert ["ghi chú.txt" in sentence for sentence in page.context["form"].errors["files"]] == [True]
    assert page.context["form"]["findings"].value() == SAID["findings"]
    assert not Survey.objects.exists()


def test_survey_that_cannot_be_written_leaves_no_file_behind(reported):
    registration, _official, reviewer = reported
    before = stored_files()
    words = {"held_on": registration.created_at.date(), "members": "Hoa", "findings": "Đúng"}
    # Nobody has this account: the row cannot be written once the files are stored.
    nobody = UserFactory.build(pk=reviewer.pk + 1_000_000)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(Error), transaction.atomic():
        record_survey(registration, actor=nobody, files=[pdf()], **words)
    assert stored_files() == before
    record_survey(registration, actor=reviewer, files=[pdf()], **words)
    assert len(stored_files()) == len(before) + 1


def test_survey_with_too_many_files_is_refused(reported):
    registration, _official, reviewer = reported
    words = {"held_on": registration.created_at.date(), "members": "Hoa", "findings": "Đúng"}
    with pytest.raises(DomainError) as refusal:
        record_survey(registration, actor=reviewer, files=[pdf() for _ in range(21)], **words)
    assert set(refusal.value.fields) == {"files"}


def test_survey_file_is_for_those_who_read_surveys(client, reported):
    registration, official, reviewer = reported
    file = SurveyFileFactory(survey__registration=registration)
    _commune, _official, stranger = commune_people()
    for user, code in ((reviewer, 200), (official, 404), (stranger, 404)):
        client.force_login(user)
        assert client.get(url("survey_file", file)).status_code == code


def test_survey_file_is_kept_as_it_is(reported):
    file = SurveyFileFactory(survey__registration=reported[0])
    for change in (lambda: SurveyFile.objects.update(size=1), lambda: SurveyFile.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()
    assert default_storage.exists(file.file.name)
