"""Each act: what it changes, what it leaves, what it refuses."""

import datetime

import pytest
from django.utils import timezone

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.units.models import ClosedYear
from models_registry import transitions
from models_registry.models import Proposal, Recognition, Registration, ReviewStep
from models_registry.states import Act, Level, Outcome, ProposalState, Stage, State
from tests.accounts.factories import PositionFactory, UserFactory, user_with
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    DeclarationFactory,
    ExtensionFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db
DECISION = {"body": "Đảng ủy xã", "number": "12-QĐ/ĐU", "decided_on": datetime.date(2026, 1, 5)}


@pytest.fixture
def people():
    return commune_people()


def registered(people, state: str, **fields) -> Registration:
    commune, official, reviewer = people
    return RegistrationFactory(
        state=state, unit=commune, by_official=official, by_reviewer=reviewer, **fields
    )


def test_submit_complete_draft_is_filed_under_the_actor(people):
    _commune, official, _reviewer = people
    draft = registered(people, State.DRAFT)

    submitted = transitions.submit(draft, actor=official, seen_version=1)

    stored = Registration.objects.get(pk=draft.pk)
    assert (stored.state, stored.submitted_by, stored.late, stored.version) == (
        "submitted",
        official,
        False,
        2,
    )
    assert (submitted.state, submitted.version, submitted.awaits) == ("submitted", 2, "grassroots")
    step = ReviewStep.objects.get()
    assert (step.act, step.from_state, step.to_state, step.actor, step.version) == (
        "submit", "draft", "submitted", official, 2,
    )  # fmt: skip
    entry = AuditEntry.objects.get(act="registration.submit")
    assert (entry.actor, entry.unit, entry.data) == (
        official,
        draft.unit,
        {"from": "draft", "to": "submitted", "version": 2},
    )


def test_submit_incomplete_draft_names_each_missing_field(people):
    draft = registered(people, State.DRAFT, title="", starts_on=None, aim="  ")

    with pytest.raises(DomainError) as refusal:
        transitions.submit(draft, actor=people[1])

    assert set(refusal.value.fields) == {"title", "starts_on", "aim"}
    assert ReviewStep.objects.count() == 0
    assert Registration.objects.get().state == "draft"


def test_submit_draft_of_a_unit_that_ended_is_filed_under_its_heir(people):
    commune, official, _reviewer = people
    draft = registered(people, State.DRAFT)
    successor = UnitFactory(valid_from=timezone.localdate())
    succeed(commune, successor, on=timezone.localdate())

    assert transitions.submit(draft, actor=official).unit == successor


def test_submit_before_the_campaign_is_opened_is_refused(people):
    campaign = CampaignFactory(opened_on=None)
    draft = registered(people, State.DRAFT, campaign=campaign)

    with pytest.raises(DomainError) as refusal:
        transitions.submit(draft, actor=people[1])

    assert refusal.value.code == "not_open"


@pytest.mark.parametrize(
    ("opened", "due", "closed", "expected"),
    [(-9, 1, 2, False), (-9, 0, 0, False), (-9, -1, 0, True), (-9, -2, -1, "closed"), (1, 2, 3, "not_open")],
)
def test_submit_window_counts_late_and_blocks_closed(people, opened, due, closed, expected):
    today = timezone.localdate()
    dates = [today + datetime.timedelta(days=days) for days in (opened, due, closed)]
    draft = registered(people, State.DRAFT)
    CampaignWindowFactory(campaign=draft.campaign, opens_on=dates[0], due_on=dates[1], closes_on=dates[2])

    if isinstance(expected, bool):
        submitted = transitions.submit(draft, actor=people[1])
        assert (submitted.late, submitted.steps.get().late) == (expected, expected)
    else:
        with pytest.raises(DomainError) as refusal:
            transitions.submit(draft, actor=people[1])
        assert refusal.value.code == expected


@pytest.mark.parametrize(
    ("unit", "stage", "days", "passes"),
    [
        ("own", Stage.REGISTRATION, 0, True),
        ("other", Stage.REGISTRATION, 5, False),
        ("own", Stage.RESULTS, 5, False),
        ("own", Stage.REGISTRATION, -1, False),
    ],
)
def test_submit_closed_window_opens_only_for_an_extension_in_force(people, unit, stage, days, passes):
    today = timezone.localdate()
    draft = registered(people, State.DRAFT)
    long_ago = today - datetime.timedelta(days=30)
    CampaignWindowFactory(campaign=draft.campaign, opens_on=long_ago, due_on=long_ago, closes_on=long_ago)
    ExtensionFactory(
        campaign=draft.campaign,
        unit=draft.unit if unit == "own" else UnitFactory(),
        stage=stage,
        until=today + datetime.timedelta(days=days),
    )

    if passes:
        assert transitions.submit(draft, actor=people[1]).late is True
    else:
        with pytest.raises(DomainError):
            transitions.submit(draft, actor=people[1])


def test_withdraw_submitted_leaves_the_campaign(people):
    submitted = registered(people, State.SUBMITTED)

    assert transitions.withdraw(submitted, actor=people[1], reason="Trùng").state == "withdrawn"
    assert Registration.objects.registered().count() == 0


def test_return_carries_reason_remarks_and_due_day(people):
    _commune, _official, reviewer = people
    submitted = registered(people, State.SUBMITTED)
    due_on = timezone.localdate() + datetime.timedelta(days=5)

    returned = transitions.return_(
        submitted,
        actor=reviewer,
        reason=" Thiếu số liệu ",
        remarks={"aim": "Nói rõ", "title": " "},
        due_on=due_on,
    )

    assert (returned.state, returned.returned_by, returned.return_due_on, returned.rounds) == (
        "returned", reviewer, due_on, 1,
    )  # fmt: skip
    step = returned.steps.get(act=Act.RETURN)
    assert (step.reason, step.remarks, step.due_on) == ("Thiếu số liệu", {"aim": "Nói rõ"}, due_on)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "Thiếu", "remarks": {"lessons": "x"}}, "remarks"),
        ({"reason": "Thiếu", "remarks": {"state": "x"}}, "remarks"),
        ({"reason": "Thiếu", "due_on": datetime.date(2020, 1, 1)}, "due_on"),
        ({"reason": "Thiếu\x00"}, "reason"),
        ({"reason": "x" * 3000}, "reason"),
    ],
)
def test_return_with_wrong_words_is_refused(people, words, field):
    submitted = registered(people, State.SUBMITTED)

    with pytest.raises(DomainError) as refusal:
        transitions.return_(submitted, actor=people[2], **words)

    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("act", ["decline", "refuse", "return_", "return_report"])
def test_saying_no_without_a_reason_is_refused(people, act):
    start = State.SUBMITTED if act in {"decline", "return_"} else State.REPORTED
    registration = registered(people, start)

    with pytest.raises(DomainError) as refusal:
        getattr(transitions, act)(registration, actor=people[2], reason="")

    assert set(refusal.value.fields) == {"reason"}


def test_resubmit_goes_back_to_the_same_reviewer(people):
    _commune, official, reviewer = people
    returned = registered(people, State.RETURNED)

    again = transitions.resubmit(returned, actor=official)

    assert (again.state, again.returned_by, again.return_due_on, again.rounds) == (
        "submitted",
        reviewer,
        None,
        1,
    )
    other = user_with(Role.REVIEWER, people[0])
    assert list(Registration.objects.awaiting_review_by(reviewer)) == [again]
    assert list(Registration.objects.awaiting_review_by(other)) == []


def test_resubmit_when_the_returner_decides_no_more_goes_to_all_who_do(people):
    returned = registered(people, State.RETURNED)
    reviewer = returned.returned_by
    reviewer.positions.update(valid_to=timezone.localdate())
    other = user_with(Role.REVIEWER, people[0])

    again = transitions.resubmit(returned, actor=people[1])

    assert again.returned_by is None
    assert list(Registration.objects.awaiting_review_by(other)) == [again]


def _moves_elsewhere(reviewer, _registration):
    reviewer.positions.update(unit=UnitFactory())


def _account_is_closed(reviewer, _registration):
    reviewer.is_active = False
    reviewer.save(update_fields=["is_active"])


def _declares_a_relation(reviewer, registration):
    DeclarationFactory(registration=registration, reviewer=reviewer, is_related=True)


@pytest.mark.parametrize("happens", [_moves_elsewhere, _account_is_closed, _declares_a_relation])
@pytest.mark.parametrize("state", [State.RETURNED, State.REPORT_RETURNED])
def test_what_came_back_to_a_returner_who_cannot_take_it_up_goes_to_all_who_decide(people, state, happens):
    returned = registered(people, state)
    resubmit = transitions.resubmit if state == State.RETURNED else transitions.resubmit_report
    again = resubmit(returned, actor=people[1])
    other = user_with(Role.REVIEWER, people[0])
    assert list(Registration.objects.awaiting_review_by(other)) == []

    happens(people[2], again)

    assert list(Registration.objects.awaiting_review_by(other)) == [again]
    gone = User.objects.get(pk=people[2].pk)
    assert list(Registration.objects.awaiting_review_by(gone)) == []


@pytest.mark.parametrize(
    ("act", "state", "decision"),
    [
        ("submit", State.DRAFT, Act.ACCEPT),
        ("resubmit", State.RETURNED, Act.ACCEPT),
        ("report", State.ACCEPTED, Act.REFUSE),
        ("resubmit_report", State.REPORT_RETURNED, Act.REFUSE),
    ],
)
def test_whoever_handed_in_what_others_typed_never_reviews_it(people, act, state, decision):
    commune, official, _reviewer = people
    both = user_with(Role.REVIEWER, commune)
    PositionFactory(user=both, unit=commune, role=Role.OFFICIAL)
    handed_in = getattr(transitions, act)(registered(people, state, result_summary="Đạt"), actor=both)
    if act in {"submit", "resubmit"}:  # sent back, and handed in by somebody else since
        sent_back = transitions.return_(handed_in, actor=city_staff(), reason="Thiếu ảnh")
        handed_in = transitions.resubmit(sent_back, actor=official)

    with pytest.raises(NotAllowed):
        getattr(transitions, decision)(handed_in, actor=both, reason="Tự xét")
    assert not Registration.objects.awaiting_review_by(both).exists()


def test_resubmit_by_the_returner_himself_goes_to_all_who_decide(people):
    commune, _official, reviewer = people
    PositionFactory(user=reviewer, unit=commune, role=Role.OFFICIAL)
    returned = registered(people, State.RETURNED)

    again = transitions.resubmit(returned, actor=User.objects.get(pk=reviewer.pk))

    assert again.returned_by is None
    other = user_with(Role.REVIEWER, commune)
    assert list(Registration.objects.awaiting_review_by(other)) == [again]


def test_resubmit_after_the_due_day_is_late_on_its_step_only(people):
    returned = registered(
        people, State.RETURNED, return_due_on=timezone.localdate() - datetime.timedelta(days=1)
    )

    again = transitions.resubmit(returned, actor=people[1])

    assert (again.late, again.steps.get(act=Act.RESUBMIT).late) == (False, True)


def test_accept_names_the_model_and_publishes(people):
    submitted = registered(people, State.SUBMITTED)
    submitted.model.title = "Tên cũ"
    submitted.model.save()

    accepted = transitions.accept(submitted, actor=people[2])

    accepted.model.refresh_from_db()
    assert (accepted.state, accepted.model.title) == ("accepted", accepted.title)
    assert list(Registration.objects.published()) == [accepted]


def test_accept_own_work_is_refused(people):
    commune, official, _reviewer = people
    both = user_with(Role.REVIEWER, commune)
    typed = registered(people, State.SUBMITTED, typists=[official.pk, both.pk])
    handed_in = registered(people, State.SUBMITTED, submitted_by=both)

    for registration in (typed, handed_in):
        with pytest.raises(NotAllowed):
            transitions.accept(registration, actor=both)
    assert list(Registration.objects.awaiting_review_by(both)) == []


def test_accept_by_city_staff_says_for_whom(people):
    submitted = registered(people, State.SUBMITTED)

    transitions.accept(submitted, actor=city_staff())
    other = registered(people, State.SUBMITTED)
    transitions.accept(other, actor=people[2])

    assert submitted.steps.get(act=Act.ACCEPT).acting_for == people[0]
    assert other.steps.get(act=Act.ACCEPT).acting_for is None


def test_accept_at_city_level_by_city_staff_is_for_nobody_else(people):
    submitted = registered(people, State.SUBMITTED, level=Level.CITY)

    transitions.accept(submitted, actor=city_staff())

    assert submitted.steps.get(act=Act.ACCEPT).acting_for is None


def test_report_needs_results(people):
    accepted = registered(people, State.ACCEPTED)

    with pytest.raises(DomainError) as refusal:
        transitions.report(accepted, actor=people[1])

    assert set(refusal.value.fields) == {"result_summary"}


def test_report_is_late_after_the_due_day_of_results(people):
    accepted = registered(people, State.ACCEPTED, result_summary="2 km")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    CampaignWindowFactory(
        campaign=accepted.campaign, stage=Stage.RESULTS, due_on=yesterday, closes_on=timezone.localdate()
    )

    reported = transitions.report(accepted, actor=people[1])

    assert (reported.state, reported.report_late, reported.late) == ("reported", True, False)
    assert reported.reported_at is not None


def test_return_report_and_resubmit_come_back_to_the_same_reviewer(people):
    _commune, official, reviewer = people
    reported = registered(people, State.REPORTED)

    returned = transitions.return_report(
        reported, actor=reviewer, reason="Thiếu", remarks={"product": "Ảnh?"}
    )
    again = transitions.resubmit_report(returned, actor=official)

    assert (returned.state, again.state, again.returned_by, again.rounds) == (
        "report_returned", "reported", reviewer, 1,
    )  # fmt: skip


def test_recognise_records_the_decision(people):
    reported = registered(people, State.REPORTED)

    recognised = transitions.recognise(reported, actor=people[2], exemplary=True, **DECISION)

    recognition = Recognition.objects.get()
    assert (recognition.level, recognition.body, recognition.number, recognition.decided_on) == (
        "grassroots", *DECISION.values(),
    )  # fmt: skip
    assert (recognised.state, recognised.exemplary, recognition.recorded_by) == (
        "recognised",
        True,
        people[2],
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": " "}, "body"),
        ({"number": ""}, "number"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": datetime.date(2999, 1, 1)}, "decided_on"),
        ({"decided_on": datetime.date(1, 1, 1)}, "decided_on"),
        ({"number": "x" * 61}, "number"),
    ],
)
def test_recognise_with_a_wrong_decision_is_refused(people, wrong, field):
    reported = registered(people, State.REPORTED)

    with pytest.raises(DomainError) as refusal:
        transitions.recognise(reported, actor=people[2], **DECISION | wrong)

    assert set(refusal.value.fields) == {field}
    assert Registration.objects.get().state == "reported"


def test_refuse_ends_without_recognition(people):
    reported = registered(people, State.REPORTED)

    assert transitions.refuse(reported, actor=people[2], reason="Chưa lan tỏa").state == "not_recognised"
    assert Recognition.objects.count() == 0


def test_propose_and_accept_add_a_second_recognition(people):
    recognised = registered(people, State.RECOGNISED)
    staff = city_staff()

    proposed = transitions.propose(recognised, actor=people[2], level=Level.CITY, reason="Tốt")
    assert list(Registration.objects.awaiting_review_by(staff)) == [proposed]
    accepted = transitions.accept_proposal(proposed, actor=staff, exemplary=True, **DECISION)

    assert (accepted.state, accepted.proposed_to, accepted.exemplary) == ("recognised", "", True)
    assert sorted(accepted.recognitions.values_list("level", flat=True)) == ["city", "grassroots"]
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.decided_by, proposal.proposed_by) == (
        ProposalState.ACCEPTED,
        staff,
        people[2],
    )
    assert list(Registration.objects.awaiting_review_by(staff)) == []


def test_propose_twice_or_not_upward_is_refused(people):
    recognised = registered(people, State.RECOGNISED)

    for level in (Level.GRASSROOTS, "province"):
        with pytest.raises(DomainError):
            transitions.propose(recognised, actor=people[2], level=level)
    transitions.propose(recognised, actor=people[2], level=Level.INTERMEDIATE)
    with pytest.raises(Conflict):
        transitions.propose(recognised, actor=people[2], level=Level.CITY)


def test_decline_proposal_keeps_the_recognition_below(people):
    recognised = registered(people, State.RECOGNISED)
    transitions.propose(recognised, actor=people[2], level=Level.CITY)

    declined = transitions.decline_proposal(recognised, actor=city_staff(), reason="Chưa đủ")

    assert (declined.state, declined.proposed_to, declined.recognitions.count()) == ("recognised", "", 1)
    with pytest.raises(Conflict):
        transitions.decline_proposal(declined, actor=city_staff(), reason="Lại")


def test_accept_own_proposal_is_refused(people):
    recognised = registered(people, State.RECOGNISED)
    staff = city_staff()
    transitions.propose(recognised, actor=staff, level=Level.CITY)

    with pytest.raises(NotAllowed):
        transitions.accept_proposal(recognised, actor=staff, **DECISION)
    assert list(Registration.objects.awaiting_review_by(staff)) == []


@pytest.mark.parametrize("state", sorted(State.ACCEPTED_ON))
def test_conclude_sets_the_outcome_of_all_that_was_accepted(people, state):
    registration = registered(people, state)

    concluded = transitions.conclude(registration, actor=people[2], outcome=Outcome.REPLICATE, reason="Tốt")

    assert (concluded.state, concluded.outcome, concluded.outcome_reason) == (state, "replicate", "Tốt")


def test_conclude_unknown_outcome_is_refused(people):
    with pytest.raises(DomainError):
        transitions.conclude(registered(people, State.ACCEPTED), actor=people[2], outcome="forget")


@pytest.mark.parametrize("state", sorted(State.RENEWABLE))
@pytest.mark.parametrize("outcome", sorted(Outcome.GOES_ON))
def test_renew_carries_the_model_into_the_next_campaign(people, state, outcome):
    before = registered(people, state, outcome=outcome, money=5, ends_on=timezone.localdate())
    following = CampaignFactory(year=before.year + 1)

    draft = transitions.renew(before, following, actor=people[1])

    assert (draft.model, draft.previous, draft.year, draft.state, draft.novelty, draft.unit) == (
        before.model, before, following.year, "draft", "maintained", before.unit,
    )  # fmt: skip
    assert (draft.title, draft.aim, draft.person_phone) == (before.title, before.aim, before.person_phone)
    assert (draft.money, draft.result_summary, draft.ends_on, draft.submitted_at) == (None, "", None, None)
    step = before.steps.get(act=Act.RENEW)
    assert (step.from_state, step.to_state) == (state, state)
    begun = AuditEntry.objects.of(draft).get()
    assert (begun.act, begun.actor, begun.data) == (
        "registration.start", people[1], {"campaign": following.pk},
    )  # fmt: skip


def test_renew_into_a_closed_year_is_refused(people):
    before = registered(people, State.RECOGNISED, outcome=Outcome.MAINTAIN)
    following = CampaignFactory(year=before.year + 1)
    ClosedYear.objects.create(city=city(), year=following.year)

    with pytest.raises(DomainError) as refusal:
        transitions.renew(before, following, actor=people[1])

    assert refusal.value.code == "year_closed"
    assert Registration.objects.get() == before


def test_renew_twice_in_one_campaign_is_refused(people):
    before = registered(people, State.RECOGNISED, outcome=Outcome.MAINTAIN)
    following = CampaignFactory(year=before.year + 1)
    transitions.renew(before, following, actor=people[1])

    with pytest.raises(Conflict):
        transitions.renew(before, following, actor=people[1])
    assert Registration.objects.count() == 2


def test_renew_ended_or_unconcluded_or_backwards_is_refused(people):
    following = CampaignFactory(year=timezone.localdate().year + 1)
    for outcome in (Outcome.END, ""):
        with pytest.raises(DomainError):
            transitions.renew(
                registered(people, State.RECOGNISED, outcome=outcome), following, actor=people[1]
            )
    going_on = registered(people, State.RECOGNISED, outcome=Outcome.MAINTAIN)
    with pytest.raises(DomainError):
        transitions.renew(going_on, going_on.campaign, actor=people[1])


def test_renew_after_a_reorganisation_goes_to_the_heir(people):
    before = registered(people, State.RECOGNISED, outcome=Outcome.MAINTAIN)
    successor = UnitFactory(valid_from=timezone.localdate())
    succeed(people[0], successor, on=timezone.localdate())

    draft = transitions.renew(before, CampaignFactory(year=before.year + 1), actor=people[1])

    assert (draft.unit, draft.previous.unit) == (successor, people[0])


def test_conclude_to_end_after_renewal_is_refused(people):
    before = registered(people, State.RECOGNISED, outcome=Outcome.MAINTAIN)
    transitions.renew(before, CampaignFactory(year=before.year + 1), actor=people[1])

    with pytest.raises(DomainError):
        transitions.conclude(before, actor=people[2], outcome=Outcome.END, reason="Hết việc")


def test_conclude_to_end_needs_a_reason(people):
    recognised = registered(people, State.RECOGNISED)
    with pytest.raises(DomainError) as refusal:
        transitions.conclude(recognised, actor=people[2], outcome=Outcome.END, reason=" ")
    assert set(refusal.value.fields) == {"reason"}
    ended = transitions.conclude(recognised, actor=people[2], outcome=Outcome.END, reason="Hết việc")
    assert (ended.outcome, ended.outcome_reason) == ("end", "Hết việc")


def test_second_actor_reads_who_was_first(people):
    submitted = registered(people, State.SUBMITTED)
    first = user_with(Role.REVIEWER, people[0], full_name="Trần Thị Bình")
    transitions.accept(submitted, actor=first, seen_version=submitted.version)

    with pytest.raises(Conflict) as conflict:
        transitions.decline(submitted, actor=people[2], reason="Không", seen_version=submitted.version)

    assert "Trần Thị Bình" in conflict.value.message
    assert submitted.steps.filter(act=Act.DECLINE).count() == 0


def test_act_on_an_unseen_version_is_refused_even_in_the_same_state(people):
    submitted = registered(people, State.SUBMITTED)
    returned = transitions.return_(submitted, actor=people[2], reason="Thiếu")
    transitions.resubmit(returned, actor=people[1])

    with pytest.raises(Conflict):
        transitions.accept(submitted, actor=people[2], seen_version=submitted.version)


def test_acts_stay_within_16_statements(people, django_assert_max_num_queries):
    official, reviewer = people[1], people[2]
    CampaignWindowFactory(campaign=CampaignFactory())
    draft = registered(people, State.DRAFT, result_summary="2 km")
    staff = city_staff()
    UserFactory()
    acts = [
        lambda r: transitions.submit(r, actor=official, seen_version=r.version),
        lambda r: transitions.return_(r, actor=reviewer, reason="Thiếu", seen_version=r.version),
        lambda r: transitions.resubmit(r, actor=official, seen_version=r.version),
        lambda r: transitions.accept(r, actor=staff, seen_version=r.version),
        lambda r: transitions.report(r, actor=official, seen_version=r.version),
        lambda r: transitions.recognise(r, actor=reviewer, seen_version=r.version, **DECISION),
        lambda r: transitions.propose(r, actor=reviewer, level=Level.CITY, seen_version=r.version),
        lambda r: transitions.accept_proposal(r, actor=staff, seen_version=r.version, **DECISION),
        lambda r: transitions.conclude(r, actor=reviewer, outcome=Outcome.MAINTAIN, seen_version=r.version),
    ]
    registration = draft
    for act in acts:
        # The page around it takes some more; 25 are allowed in all.
        with django_assert_max_num_queries(16):
            registration = act(registration)
    assert city().pk
