import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards import dossier
from awards.models import DossierFile, Nomination
from awards.models.dossier import MAX_FILES
from awards.states import DossierPart
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import user_with
from tests.awards.factories import NominationFactory, RecipientFactory, approved, examined

pytestmark = pytest.mark.django_db


def pdf(name="to-trinh.pdf", content=b"%PDF-1.7\n%%EOF\n"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_checklist_tells_what_is_missing(staff):
    row = NominationFactory()

    assert len(dossier.missing(row)) == 3
    dossier.attach([row], pdf(), "report", actor=staff)

    assert [(paper.part, paper.is_missing) for paper in dossier.checklist(row)] == [
        (DossierPart.PROPOSAL, True),
        (DossierPart.REPORT, False),
        (DossierPart.MINUTES, True),
        (DossierPart.OTHER, False),
    ]
    assert list(Nomination.objects.lacking_papers()) == [row]


def test_dossier_with_all_three_is_whole(staff):
    row = NominationFactory()
    for part in ("proposal", "report", "minutes"):
        dossier.attach([row], pdf(), part, actor=staff)

    assert list(Nomination.objects.with_all_papers()) == [row]


def test_one_paper_of_many_goes_with_the_last(staff, django_capture_on_commit_callbacks):
    rows = NominationFactory.create_batch(2)
    paper = dossier.attach(rows, pdf(), "proposal", actor=staff)
    storage, name = paper.file.storage, paper.file.name

    with django_capture_on_commit_callbacks(execute=True):
        dossier.detach(paper, rows[0], actor=staff)
        assert storage.exists(name)
        dossier.detach(paper, rows[1], actor=staff)

    assert not storage.exists(name)
    assert not DossierFile.objects.exists()
    assert AuditEntry.objects.filter(act="nomination.detach").count() == 2
    with pytest.raises(Conflict):
        dossier.detach(paper, rows[0], actor=staff)


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90", b"%PDF-1.7 without an end"])
def test_file_that_is_none_of_the_kinds_refused(staff, content):
    with pytest.raises(DomainError) as refusal:
        dossier.attach([NominationFactory()], pdf(content=content), "report", actor=staff)

    assert set(refusal.value.fields) == {"file"}
    assert not DossierFile.objects.exists()


def test_one_file_too_many_refused_and_nothing_left_in_the_storage(staff):
    row = NominationFactory()
    for _paper in range(MAX_FILES):
        dossier.attach([row], pdf(), "other", actor=staff)

    with pytest.raises(DomainError) as refusal:
        dossier.attach([row], pdf(), "other", actor=staff)

    assert refusal.value.code == "too_many"
    assert row.files.count() == MAX_FILES


def test_attach_and_detach_by_the_pages(client, commune):
    client.force_login(user_with("official", commune))
    row = NominationFactory(recipient=RecipientFactory(unit=commune))

    client.post(reverse("awards:nomination_attach", args=[row.pk]), {"part": "report", "file": pdf()})
    paper = DossierFile.objects.get()
    answer = client.get(reverse("awards:paper", args=[paper.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    client.post(reverse("awards:nomination_detach", args=[row.pk, paper.pk]))

    assert not DossierFile.objects.exists()


def test_papers_stay_on_file_once_it_was_decided_on_them(client, staff):
    (row,) = approved()
    paper = dossier.attach([row], pdf(), "minutes", actor=staff)
    client.force_login(staff)
    assert (
        reverse("awards:nomination_detach", args=[row.pk, paper.pk])
        not in client.get(row.get_absolute_url()).content.decode()
    )

    with pytest.raises(Conflict) as refusal:
        dossier.detach(paper, row, actor=staff)

    assert refusal.value.code == "decided"
    assert row.files.get() == paper


def test_signed_minutes_are_kept_with_all_that_they_cover(client, staff):
    client.force_login(staff)
    rows = examined(2)
    examination = rows[0].vote.examination

    client.post(reverse("awards:examination_attach", args=[examination.pk]), {"file": pdf("bien-ban.pdf")})

    paper = DossierFile.objects.get()
    assert (paper.part, paper.nominations.count()) == ("minutes", 2)


def test_paper_of_another_unit_is_not_there(client, commune, staff):
    paper = dossier.attach([NominationFactory()], pdf(), "report", actor=staff)
    client.force_login(user_with("official", commune))

    assert client.get(reverse("awards:paper", args=[paper.pk])).status_code == 404


def test_paper_taken_out_by_somebody_who_only_reads_is_not_there(client, commune, staff):
    row = NominationFactory(recipient=RecipientFactory(unit=commune))
    paper = dossier.attach([row], pdf(), "report", actor=staff)
    client.force_login(user_with("auditor", commune))

    assert client.post(reverse("awards:nomination_detach", args=[row.pk, paper.pk])).status_code == 404
    assert DossierFile.objects.exists()
