import pytest
from django.urls import reverse

from awards.certificates import files
from awards.models import CertificateFile
from mobilization.audit.models import AuditEntry
from mobilization.jobs.models import Job
from mobilization.jobs.tasks import run
from tests.accounts.factories import user_with
from tests.awards.factories import AwardFactory, DecisionFactory, issue_past, issued
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def made(decision, actor):
    job = files.ask(decision, "full", actor=actor)
    run(str(job.pk))
    return job


def test_certificate_is_a_pdf_that_nobody_keeps_and_the_log_tells(client, staff):
    client.force_login(staff)
    award = issued().awards.get()

    answer = client.get(url("certificate", award.decision_id, award.pk, "full"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF-")
    entry = AuditEntry.objects.get(act="certificate.print")
    assert (entry.actor, entry.data) == (staff, {"variant": "full"})


def test_certificate_of_a_draft_is_a_preview_and_not_logged(client, staff):
    client.force_login(staff)
    award = AwardFactory()

    assert client.get(url("certificate", award.decision_id, award.pk, "overlay")).status_code == 200
    assert not AuditEntry.objects.filter(act="certificate.print").exists()


def test_certificate_of_another_decision_is_not_there(client, staff):
    client.force_login(staff)
    one, other = issued(), issued()

    assert client.get(url("certificate", one.pk, other.awards.get().pk, "full")).status_code == 404


def test_certificate_is_not_printed_by_who_is_only_rewarded(client, commune):
    client.force_login(user_with("official", commune))
    decision = DecisionFactory()
    AwardFactory(decision=decision, unit=commune)

    issue_past(decision, actor=user_with("city_leader", decision.unit))

    page = client.get(url("detail", decision.pk))
    assert page.status_code == 200
    assert url("certificate", decision.pk, decision.awards.get().pk, "full") not in page.content.decode()
    assert client.get(url("certificate", decision.pk, decision.awards.get().pk, "full")).status_code == 404
    assert client.post(url("certificates_make", decision.pk, "full")).status_code == 404


def test_make_starts_one_job_and_shows_it(client, staff):
    client.force_login(staff)
    decision = issued()

    answers = [client.post(url("certificates_make", decision.pk, "full")) for _time in range(2)]

    job = Job.objects.get()
    assert [answer.url for answer in answers] == [job.get_absolute_url()] * 2
    assert job.get_absolute_url() in client.get(url("detail", decision.pk)).content.decode()


def test_make_of_a_draft_or_of_unknown_paper_is_not_there(client, staff):
    client.force_login(staff)

    assert client.post(url("certificates_make", AwardFactory().decision.pk, "full")).status_code == 404
    assert client.post(url("certificates_make", issued().pk, "gold")).status_code == 404


def test_file_is_served_to_who_may_print_only(client, staff):
    decision = issued(2)
    made(decision, staff)
    page = url("certificates_file", decision.pk, "full")

    client.force_login(staff)
    answer = client.get(page)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(act="certificate.download").data == {"variant": "full", "certificates": 2}
    assert (
        url("certificates_file", decision.pk, "full")
        in client.get(url("detail", decision.pk)).content.decode()
    )

    client.force_login(user_with("official", UnitFactory()))
    assert client.get(page).status_code == 404
    client.logout()
    assert client.get(page).status_code == 302


def test_file_whose_bytes_are_gone_is_not_there(client, staff):
    client.force_login(staff)
    decision = issued()
    made(decision, staff)
    kept = CertificateFile.objects.get()
    kept.file.storage.delete(kept.file.name)

    assert client.get(url("certificates_file", decision.pk, "full")).status_code == 404


def test_finished_job_leads_to_the_file(client, staff):
    client.force_login(staff)
    decision = issued()
    job = made(decision, staff)

    assert f"{decision.get_absolute_url()}#papers" in client.get(job.get_absolute_url()).content.decode()


def test_detail_asks_the_same_questions_for_one_and_many(client, staff, django_assert_max_num_queries):
    client.force_login(staff)
    decisions = [issued(1), issued(3)]
    client.get(url("detail", decisions[0].pk))
    for decision in decisions:
        with django_assert_max_num_queries(24):
            client.get(url("detail", decision.pk))
