import pytest

from awards.certificates import files
from awards.models import CertificateFile, CertificateTemplate
from awards.states import Variant
from awards.transitions import revoke
from mobilization.core.errors import DomainError
from mobilization.jobs.models import Job
from mobilization.jobs.tasks import run
from tests.awards.factories import SIGNED, AwardFactory, issued

pytestmark = pytest.mark.django_db


def made(decision, staff, variant=Variant.FULL):
    """Ask for the file and do the job as a worker does; return the job."""
    job = files.ask(decision, variant, actor=staff)
    run(str(job.pk))
    job.refresh_from_db()
    return job


def test_job_makes_the_file_and_tells_where_it_is(staff, pdf_text):
    decision = issued(3)

    job = made(decision, staff)

    kept = CertificateFile.objects.get()
    assert (job.state, job.result["certificates"], kept.certificates) == ("done", 3, 3)
    assert job.leads_to[1].startswith(f"/desk/awards/{decision.pk}/")
    assert (job.progress, job.total) == (7, 7)
    with kept.file.open() as file:
        assert len(pdf_text(file.read())) == 4
    assert (kept.content_type, kept.uploaded_by) == ("application/pdf", staff)


def test_job_tells_nothing_of_recipients(staff):
    decision = issued(1)
    name = decision.awards.get().recipient_name

    job = made(decision, staff)

    assert name not in f"{job.payload} {job.result} {job.message}"


def test_job_asked_for_twice_is_one(staff):
    decision = issued()

    jobs = {files.ask(decision, variant, actor=staff).pk for variant in ("full", "full", "overlay")}

    assert len(jobs) == 2


def test_job_run_again_after_it_was_cut_off_leaves_one_file(staff, settings):
    decision = issued(2)
    job = made(decision, staff)
    first = CertificateFile.objects.get()

    Job.objects.filter(pk=job.pk).update(state="queued", finished_at=None)
    run(str(job.pk))

    assert CertificateFile.objects.get() == first
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db(transaction=True)
def test_file_made_anew_replaces_the_former(staff, leader, settings):
    decision = issued(2)
    made(decision, staff)
    former = CertificateFile.objects.get()
    assert not files.is_outdated(former)
    revoke(
        decision,
        actor=leader,
        number="99/QĐ",
        signed_on=SIGNED,
        reason="Sai",
        awards=decision.awards.order_by("pk")[:1],
    )
    assert files.is_outdated(former)

    made(decision, staff)

    kept = CertificateFile.objects.get()
    assert (kept.certificates, former.certificates) == (1, 2)
    assert kept.fingerprint != former.fingerprint
    assert not files.is_outdated(kept)
    assert [path.name for path in settings.MEDIA_ROOT.rglob("*.pdf")] == [kept.file.name.rpartition("/")[2]]


def test_file_is_made_anew_when_its_template_changes(staff):
    decision = issued()
    made(decision, staff)
    former = CertificateFile.objects.get().fingerprint

    CertificateTemplate.objects.create(name="Năm 2026", valid_from="2026-01-01", border="none")
    made(decision, staff)

    assert CertificateFile.objects.get().fingerprint != former


def test_file_that_cannot_be_set_leaves_nothing_behind(staff, settings, monkeypatch):
    decision = issued()
    monkeypatch.setattr(CertificateFile, "save", lambda *_args, **_kwargs: 1 / 0)

    job = made(decision, staff)

    assert job.state == "failed"
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["draft", "revocation"])
def test_ask_for_what_grants_nothing_refused(staff, leader, kind):
    decision = AwardFactory().decision
    if kind == "revocation":
        decision = revoke(issued(), actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Sai")

    with pytest.raises(DomainError):
        files.ask(decision, Variant.FULL, actor=staff)

    assert not Job.objects.exists()
