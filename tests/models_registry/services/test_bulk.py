"""Many at once: told beforehand by the rules of the single act, done row by row, nothing twice."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict
from mobilization.jobs.models import Job
from mobilization.jobs.progress import OvertakenError
from mobilization.jobs.services import do_now
from mobilization.messaging.models import Message
from mobilization.units import closed_years
from mobilization.units.models import ClosedYear
from models_registry import transitions
from models_registry.models import Assignment, Recognition, Registration, ReviewStep
from models_registry.services import bulk
from models_registry.services.assigning import assign, reviewers_beside
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.models_registry.factories import (
    CampaignWindowFactory,
    ProposalFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import city

pytestmark = pytest.mark.django_db
ALL = Registration.objects.order_by("pk")
DOCUMENT = {"body": "Đảng ủy", "number": "1-QĐ/ĐU", "decided_on": "2026-01-15"}


@pytest.fixture
def people():
    return commune_people()


def rows(*registrations):
    return [(one.pk, one.version) for one in registrations]


def done(code, registrations, actor, **words):
    return bulk.run(bulk.find(code), rows(*registrations), words, actor=actor)


def reasons(code, actor):
    return [reason for _row, reason in bulk.preview(ALL, bulk.find(code), actor=actor).cannot]


def test_accept_many_leaves_a_step_a_version_and_a_record_for_each(people):
    commune, official, reviewer = people
    many = [RegistrationFactory(unit=commune, submitted=True) for _ in range(3)]
    outcome = done("accept", many, reviewer)
    assert Message.objects.filter(kind="registration.accepted", recipient=official).count() == 3
    assert (sorted(outcome.done), outcome.skipped) == ([one.pk for one in many], [])
    assert set(ALL.values_list("state", "version")) == {(State.ACCEPTED, 3)}
    assert ReviewStep.objects.filter(act="accept", actor=reviewer).count() == 3
    assert AuditEntry.objects.filter(act="registration.accept").count() == 3
    assert AuditEntry.objects.get(act="registration.bulk").data["done"] == 3


def test_return_many_returns_submissions_and_reports_with_one_reason(people):
    commune, official, reviewer = people
    many = [
        RegistrationFactory(unit=commune, state=state, by_official=official)
        for state in ("submitted", "reported")
    ]
    due = timezone.localdate() + datetime.timedelta(days=7)
    done("return", many, reviewer, reason="Thiếu số liệu", due_on=due.isoformat())
    assert list(ALL.values_list("state", flat=True)) == [State.RETURNED, State.REPORT_RETURNED]
    returned = ReviewStep.objects.returns().filter(reason="Thiếu số liệu", due_on=due)
    assert returned.count() == Message.objects.filter(kind="registration.returned").count() == 2


def test_recognise_many_writes_one_decision_at_each_ones_level():
    own, proposed = RegistrationFactory(reported=True), ProposalFactory(level="city").registration
    done("recognise", [own, proposed], city_staff(), **DOCUMENT)
    found = Recognition.objects.filter(number="1-QĐ/ĐU", exemplary=False)
    assert set(found.values_list("registration", "level")) == {(own.pk, "grassroots"), (proposed.pk, "city")}


def test_assign_many_gives_them_to_one_reviewer_and_twice_changes_nothing(people):
    commune, _official, reviewer = people
    colleague = user_with(Role.REVIEWER, commune)
    many = [RegistrationFactory(unit=commune, submitted=True) for _ in range(2)]
    for _ in range(2):
        assert len(done("assign", many, reviewer, reviewer=colleague.pk).done) == 2
    assert (
        list(Assignment.objects.values_list("reviewer", "assigned_by")) == [(colleague.pk, reviewer.pk)] * 2
    )
    assert AuditEntry.objects.filter(act="registration.assign").count() == 2


def test_assign_to_who_may_not_decide_is_left_out_with_the_reason(people):
    commune, _official, reviewer = people
    colleague = user_with(Role.REVIEWER, commune)
    own = RegistrationFactory(unit=commune, submitted=True, by_official=colleague)
    above = RegistrationFactory(unit=commune, submitted=True, level="city")
    outcome = done("assign", [own, above], reviewer, reviewer=colleague.pk)
    assert [pk for pk, _reason in outcome.skipped] == [own.pk, above.pk]
    stranger = commune_people()[2]
    assert not reviewers_beside(reviewer).filter(pk=stranger.pk).exists()
    assert done("assign", [own], reviewer, reviewer=stranger.pk).done == []
    assert not Assignment.objects.exists()


def test_assign_what_does_not_wait_is_refused(people):
    with pytest.raises(Conflict):
        assign(RegistrationFactory(unit=people[0], accepted=True), people[2], actor=people[2])


def test_preview_names_each_reason_and_the_act_refuses_just_those(people):
    commune, _official, reviewer = people
    good = RegistrationFactory(unit=commune, submitted=True)
    bad = [
        RegistrationFactory(unit=commune, accepted=True),
        RegistrationFactory(unit=commune, submitted=True, by_official=reviewer),
        RegistrationFactory(unit=commune, submitted=True, level="city"),
        RegistrationFactory(submitted=True),
    ]
    shown = bulk.preview(ALL, bulk.find("accept"), actor=reviewer)
    assert shown.will == [good]
    assert [one for one, _reason in shown.cannot] == bad
    outcome = done("accept", [good, *bad], reviewer)
    assert outcome.done == [good.pk]
    assert [pk for pk, _reason in outcome.skipped] == [one.pk for one in bad]


def test_preview_of_recognising_asks_for_the_window(people):
    commune, _official, reviewer = people
    one = RegistrationFactory(unit=commune, reported=True)
    assert reasons("recognise", reviewer) == []
    opens = timezone.localdate() + datetime.timedelta(days=2)
    CampaignWindowFactory(campaign=one.campaign, stage="recognition", level="grassroots", opens_on=opens)
    [reason] = reasons("recognise", reviewer)
    assert opens.strftime("%d/%m/%Y") in reason


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("accept", "submitted"),
        ("recognise", "reported"),
        ("decide_quietly", "reported"),
        ("conclude", "accepted"),
    ],
)
def test_preview_says_that_the_year_is_closed_but_for_what_may_be_corrected(people, code, state):
    commune, _official, reviewer = people
    *closed, other = (RegistrationFactory(unit=commune, state=state) for _ in range(4))
    ClosedYear.objects.create(city=city(), year=other.year)
    closed_years.grant(commune, other.year, closed_years.key_of(other))
    reviewer.positions_in_force()
    taken = []
    for some in (ALL.filter(pk=closed[0].pk), ALL):
        with CaptureQueriesContext(connection) as queries:
            shown = bulk.preview(some, bulk.find(code), actor=reviewer)
        taken.append(len(queries))
    assert shown.will == [other]
    assert [(row, str(other.year) in reason) for row, reason in shown.cannot] == [
        (row, True) for row in closed
    ]
    assert taken[0] == taken[1]


@pytest.mark.parametrize("code", ["accept", "recognise", "assign", "decide_quietly"])
def test_preview_takes_the_same_number_of_statements_for_one_and_three(people, code):
    commune, _official, reviewer = people
    reviewer.positions_in_force()
    taken = []
    for number in (1, 2):
        for state in ["submitted", "reported", "accepted"] * number:
            RegistrationFactory(unit=commune, state=state)
        with CaptureQueriesContext(connection) as queries:
            bulk.preview(ALL, bulk.find(code), actor=reviewer)
        taken.append(len(queries))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("code", ["recognise", "decide_quietly"])
def test_preview_of_proposals_takes_the_same_number_of_statements_for_one_and_three(code):
    staff, taken = city_staff(), []
    staff.positions_in_force()
    for number in (1, 2):
        for _ in range(number):
            ProposalFactory()
        with CaptureQueriesContext(connection) as queries:
            shown = bulk.preview(ALL, bulk.find(code), actor=staff)
        taken.append(len(queries))
    assert len(shown.will) == 3
    assert taken[0] == taken[1]


def test_accept_many_takes_a_bounded_number_of_statements_a_row(people):
    commune, _official, reviewer = people
    taken = []
    for number in (2, 12):
        many = [RegistrationFactory(unit=commune, submitted=True, steps=False) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            done("accept", many, reviewer)
        taken.append(len(queries))
    assert (taken[1] - taken[0]) / 10 <= 9


def test_what_changed_since_the_preview_is_left_out_and_told(people):
    commune, _official, reviewer = people
    one, other = (RegistrationFactory(unit=commune, submitted=True) for _ in range(2))
    seen = rows(one, other)
    staff = city_staff()
    transitions.return_(one, actor=staff, reason="Thiếu")
    outcome = bulk.run(bulk.find("accept"), seen, {}, actor=reviewer)
    assert outcome.done == [other.pk]
    [(pk, reason)] = outcome.skipped
    assert pk == one.pk
    assert staff.full_name in reason


def test_run_again_after_a_cut_does_nothing_twice_and_tells_the_whole_outcome(people):
    commune, _official, reviewer = people
    many = [RegistrationFactory(unit=commune, submitted=True) for _ in range(4)]
    seen, act = rows(*many), bulk.find("accept")

    def cut(_steps):
        raise OvertakenError

    with pytest.raises(OvertakenError):
        bulk.run(act, seen, {}, actor=reviewer, chunk=2, advance=cut)
    assert ReviewStep.objects.filter(act="accept", actor=reviewer).count() == 2
    outcome = bulk.run(act, seen, {}, actor=reviewer, chunk=2)
    assert len(outcome.done) == ReviewStep.objects.filter(act="accept", actor=reviewer).count() == 4


def test_few_are_done_at_once_and_many_are_a_job(people, monkeypatch, django_capture_on_commit_callbacks):
    commune, _official, reviewer = people
    many = [RegistrationFactory(unit=commune, submitted=True) for _ in range(3)]
    asked = {"actor": reviewer, "back": "/", "token": "a"}
    job = bulk.carry_out(bulk.find("accept"), rows(many[0]), {}, **asked)
    assert (job.state, job.result["done"]) == ("done", [many[0].pk])
    assert bulk.carry_out(bulk.find("accept"), rows(many[0]), {}, **asked) == job

    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    asked["token"] = "b"
    waiting = bulk.carry_out(bulk.find("accept"), rows(*many[1:]), {}, **asked)
    assert waiting.state == "queued"
    assert bulk.carry_out(bulk.find("accept"), rows(*many[1:]), {}, **asked) == waiting
    from mobilization.jobs.tasks import run  # noqa: PLC0415 -- the worker's side

    run(str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.result["done_count"], waiting.progress) == ("done", 2, 2)
    assert bulk.carry_out(bulk.find("accept"), rows(*many[1:]), {}, **asked) == waiting
    assert Job.objects.count() == 2


def test_do_now_that_breaks_leaves_nothing(people):
    with pytest.raises(AttributeError):
        do_now(
            bulk.BULK,
            actor=people[2],
            payload={"rows": [[1, 1]], "act": "none", "words": {}},
            key="k",
            told={},
        )
    assert not Job.objects.exists()


def test_offered_are_acts_that_the_user_may_do_somewhere(people):
    # Rooms above offer acts of their own, which their tests hold.
    assert [
        act for act in bulk.offered(people[1]) if act.perm == "models_registry.review_registrations"
    ] == []
    assert {act.code for act in bulk.offered(people[2])} >= {"accept", "return", "recognise", "assign"}


def test_conclude_many_sets_one_outcome_and_leaves_out_what_it_cannot():
    commune, official, reviewer = commune_people()
    rows = [RegistrationFactory(unit=commune, recognised=True, by_official=official) for _n in range(3)]
    submitted = RegistrationFactory(unit=commune, submitted=True)
    act = bulk.find("conclude")
    shown = bulk.preview(Registration.objects.all(), act, actor=reviewer)
    assert {one.pk for one in shown.will} == {one.pk for one in rows}
    assert [one.pk for one, _why in shown.cannot] == [submitted.pk]

    seen = [(one.pk, one.version) for one in shown.will]
    outcome = bulk.run(act, seen, {"outcome": "end", "reason": "Hết việc"}, actor=reviewer)

    assert sorted(outcome.done) == sorted(one.pk for one in rows)
    assert set(Registration.objects.filter(pk__in=outcome.done).values_list("outcome", "outcome_reason")) == {
        ("end", "Hết việc")
    }
    assert len(bulk.run(act, seen, {"outcome": "end", "reason": ""}, actor=reviewer).done) == len(rows)


def test_assigning_many_tells_the_reviewer_once():
    commune, _official, reviewer = commune_people()
    colleague = user_with("reviewer", commune)
    rows = [
        (one.pk, one.version) for one in RegistrationFactory.create_batch(3, unit=commune, submitted=True)
    ]

    for _twice in range(2):
        bulk.run(bulk.find("assign"), rows, {"reviewer": colleague.pk}, actor=reviewer)
    bulk.run(bulk.find("assign"), rows, {"reviewer": reviewer.pk}, actor=reviewer)

    message = colleague.messages.get()
    assert (message.kind, message.data["count"]) == ("registration.assigned", 3)
    assert message.url == reverse("models_registry:queue") + "?assigned=me"
    assert not reviewer.messages.exists(), "whoever takes work himself knows"
