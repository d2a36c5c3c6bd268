"""Acts on more nominations than one waits for: told once, harmless when run again, drafts that are filled further."""

import pytest
from django.urls import reverse

from awards.models import Award, Decision, Nomination
from awards.nominating import many
from awards.nominating.titling import subject_of, usual_subject
from awards.states import NominationAct
from mobilization.jobs.models import Job
from mobilization.jobs.tasks import run
from mobilization.messaging.models import Message
from tests.accounts.factories import UserFactory
from tests.awards.factories import NominationFactory, approved, examined, submitted
from tests.models_registry.factories import CampaignFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    """Two are as many as one waits for, and a portion of a job."""
    monkeypatch.setattr(many, "AT_ONCE", 2)
    monkeypatch.setattr(many, "PORTION", 2)


def seen(rows):
    return [(row.pk, row.version) for row in rows]


def states(rows):
    return sorted(Nomination.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True))


def cut_off(job):
    """Let the job look as if its worker had died after the last portion."""
    Job.objects.filter(pk=job.pk).update(state="queued", finished_at=None, result=None)
    run(str(job.pk))
    job.refresh_from_db()
    return job


def asked(act, rows, words, actor, token="t"):
    job = many.ask(act, seen(rows), words, actor=actor, back="/desk/awards/nominations/", token=token)
    run(str(job.pk))
    job.refresh_from_db()
    return job


def test_job_does_all_portions_and_tells_each_sender_once(staff):
    rows = examined(5)
    sender = UserFactory()
    Nomination.objects.update(submitted_by=sender)

    job = asked(NominationAct.APPROVE, rows, {"about": {}}, staff)

    assert (job.state, job.progress, job.result["done_count"]) == ("done", 5, 5)
    assert states(rows) == ["approved"] * 5
    assert Message.objects.filter(recipient=sender).count() == 1


def test_job_run_again_does_nothing_twice_and_tells_the_whole_outcome(staff):
    rows = examined(3)
    Nomination.objects.update(submitted_by=UserFactory())
    job = asked(NominationAct.DECLINE, rows, {"reason": "Chưa đủ tiêu chuẩn"}, staff)
    first = job.result

    again = cut_off(job)

    assert again.result == first
    assert all(row.steps.filter(act="decline").count() == 1 for row in rows)
    assert Message.objects.count() == 1


def test_job_leaves_out_with_the_reason_what_changed_and_what_is_out_of_reach(staff, commune):
    changed, gone, good = submitted(3)
    NominationFactory()
    Nomination.objects.filter(pk=changed.pk).update(version=9)
    Nomination.objects.filter(pk=gone.pk).update(granting_unit=commune)
    reviewer = UserFactory()

    nothing = asked(NominationAct.RETURN, [good], {"reason": "Thiếu"}, reviewer, token="other")
    job = asked(NominationAct.RETURN, [changed, gone, good], {"reason": "Thiếu"}, staff)

    assert nothing.result["done"] == []
    assert job.result["done"] == sorted([gone.pk, good.pk])
    assert [pk for pk, _why in job.result["skipped"]] == [changed.pk]


def test_job_draws_all_portions_into_one_draft_also_when_run_again(staff):
    rows = approved(5)

    job = asked(NominationAct.DRAW, rows, {"title": "", "into": None}, staff)
    again = cut_off(job)

    (draft,) = Decision.objects.all()
    assert job.result["drafts"] == again.result["drafts"] == [draft.pk]
    assert Award.objects.filter(decision=draft).count() == 5
    assert len(draft.title) < 500
    assert draft.title.startswith("Về việc tặng")


def test_ask_twice_is_one_job(staff):
    rows = examined(3)

    jobs = {
        many.ask(NominationAct.APPROVE, seen(rows), {"about": {}}, actor=staff, back="/", token="a").pk
        for _time in range(2)
    }

    assert len(jobs) == 1


def test_page_asks_for_the_job_and_shows_its_outcome_to_who_asked(client, staff, leader):
    rows = examined(3)
    client.force_login(staff)
    address = reverse("awards:nominations_bulk")

    page = client.get(address, {"act": "approve", "rows": "all", "q": "waits=approve"})
    answer = client.post(address, {"ticket": page.context["ticket"]})
    twice = client.post(address, {"ticket": page.context["ticket"]})

    job = Job.objects.get(kind=many.KIND)
    assert page.context["is_job"]
    assert answer.url == twice.url == reverse("awards:nominations_result", args=[job.pk])
    assert client.get(answer.url).context["done_count"] == 0
    run(str(job.pk))
    shown = client.get(answer.url)
    assert (shown.context["done_count"], len(shown.context["done"])) == (3, 3)
    assert states(rows) == ["approved"] * 3
    assert client.get(job.get_absolute_url()).context["job"].leads_to[1] == answer.url
    client.force_login(leader)
    assert client.get(answer.url).status_code == 404


def test_page_costs_the_same_for_one_row_and_three(client, staff, django_assert_max_num_queries):
    jobs = [
        asked(NominationAct.APPROVE, examined(count), {"about": {}}, staff, token=str(count))
        for count in (1, 3)
    ]
    client.force_login(staff)
    addresses = [reverse("awards:nominations_result", args=[job.pk]) for job in jobs]
    client.get(addresses[0])
    with django_assert_max_num_queries(50) as first:
        client.get(addresses[0])
    with django_assert_max_num_queries(len(first)):
        client.get(addresses[1])


def test_subject_says_form_recipients_and_year_of_the_registrations(commune):
    one, two = NominationFactory.create_batch(2)
    one.registration = RegistrationFactory(unit=commune, campaign=CampaignFactory(year=2025), recognised=True)
    two.recipient.kind = "household"
    two.proposed_on = two.proposed_on.replace(year=2026)

    name = one.form.name
    movement = "có thành tích xuất sắc trong phong trào thi đua “Dân vận khéo”"
    assert subject_of([one]) == f"Về việc tặng {name} cho tập thể {movement} năm 2025"
    assert (
        subject_of([one, two])
        == f"Về việc tặng {name} cho các tập thể và hộ gia đình {movement} năm 2025 và năm 2026"
    )
    assert "năm 2026" in usual_subject(2026)


def test_subject_praises_where_the_form_is_praise():
    row = NominationFactory()
    row.form.name = "Biểu dương"

    assert subject_of([row]).startswith("Về việc biểu dương tập thể có thành tích")


def test_draw_page_proposes_the_subject_that_may_be_changed(client, staff):
    row = approved(1)[0]
    client.force_login(staff)

    page = client.get(reverse("awards:nominations_bulk"), {"act": "draw", "id": row.pk})

    assert page.context["form"]["title"].value() == subject_of([row])
    new = client.get(reverse("awards:create"))
    assert new.context["form"]["title"].value().startswith("Về việc khen thưởng")
