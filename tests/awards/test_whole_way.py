"""The whole way: from recognised registrations to certificates in one file, with two who issue at once."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from awards.certificates import files
from awards.models import Award, CertificateFile, Decision, Nomination
from awards.nominating.drawing import draw
from awards.nominating.judging import approve_many, examine
from awards.nominating.proposing import propose_from_registrations, submit_many
from awards.services import change_draft
from awards.transitions import issue
from mobilization.jobs.tasks import run
from models_registry.models import Registration
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import examination, form_on
from tests.awards.test_races import together
from tests.models_registry.factories import CampaignFactory, RegistrationFactory
from tests.units.factories import UnitFactory, city

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MANY = 300


def rows(**which):
    return list(Nomination.objects.filter(**which).order_by("pk").values_list("pk", "version"))


def test_300_recognised_registrations_become_300_certificates():
    today, commune = timezone.localdate(), UnitFactory()
    staff, judge = (user_with("city_staff", city()) for _time in range(2))
    leaders = [user_with("city_leader", city()) for _time in range(2)]
    official = UserFactory()
    alike = {"campaign": CampaignFactory(), "by_official": official, "by_reviewer": official, "steps": False}
    for number in range(MANY):
        name = f"Chi hội Phụ nữ thôn {number}"
        RegistrationFactory(recognised=True, unit=commune, registrant=name, **alike)
    form = form_on("city", today, name="Bằng khen")

    registrations = list(Registration.objects.select_related("unit__heir"))
    assert not propose_from_registrations(registrations, form, actor=staff).skipped
    assert not submit_many(rows(), actor=staff).skipped
    submitted = rows()
    votes = {pk: (10, 0) for pk, _version in submitted}
    examine(examination(unit=city()), votes, dict(submitted), actor=judge)
    assert not approve_many(rows(), actor=judge, words={}).skipped
    (draft,) = draw(rows(), actor=staff).decisions
    draft.refresh_from_db()
    draft.number, draft.signed_on, draft.signer, draft.signer_post = "1/QĐ-UBND", today, "A", "Chủ tịch"
    change_draft(draft, actor=staff, seen_version=draft.version)
    answers = together(*(lambda one=one: issue(Decision(pk=draft.pk), actor=one) for one in leaders))

    assert sorted(bool(answer) for answer in answers) == [False, True]
    awards = Award.objects.filter(decision=draft)
    assert sorted(awards.values_list("golden_book_number", flat=True)) == list(range(1, MANY + 1))
    assert awards.values("verify_code").distinct().count() == MANY
    job = files.ask(Decision.objects.get(), "full", actor=staff)
    run(str(job.pk))
    with CertificateFile.objects.get().file.open() as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    assert len(pages) > MANY
    for award, page in list(zip(awards.in_annex_order(), pages, strict=False))[::37]:
        assert award.recipient_name in " ".join(page.extract_text().split())
