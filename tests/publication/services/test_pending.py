"""Deciding quietly: the same facts as the act itself, and nothing shows."""

import pytest

from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.publication.models import PendingDecision
from mobilization.publication.services import enter, withdraw
from mobilization.publication.states import Act
from models_registry.models import Proposal, Registration
from models_registry.states import State
from tests.models_registry.factories import (
    CampaignWindowFactory,
    ProposalFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.publication.factories import PendingDecisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return commune_people()


@pytest.fixture
def reported(place):
    return RegistrationFactory(unit=place[0], reported=True)


def test_enter_of_what_is_reported_leaves_the_registration_as_it_stands(place, reported):
    pending = enter(
        reported, act="recognise", level="grassroots", actor=place[2], exemplary=True, source="Phiên họp 3"
    )

    now = Registration.objects.get(pk=reported.pk)
    assert (now.state, now.version, now.exemplary) == (State.REPORTED, reported.version, False)
    assert (pending.level, pending.seen_version, pending.publication) == (
        "grassroots",
        reported.version,
        None,
    )
    assert not now.recognitions.exists()
    assert AuditEntry.objects.filter(act="pending.enter", actor=place[2]).count() == 1


def test_enter_without_a_level_takes_the_one_that_decides(reported):
    assert enter(reported, act=Act.RECOGNISE, actor=city_staff()).level == "grassroots"
    proposal = ProposalFactory(level="city")
    assert enter(proposal.registration, act=Act.ACCEPT_PROPOSAL, actor=city_staff()).level == "city"


def test_enter_at_a_level_that_does_not_decide_is_refused(place, reported):
    with pytest.raises(DomainError) as refused:
        enter(reported, act=Act.RECOGNISE, level="city", actor=place[2])
    assert list(refused.value.fields) == ["level"]


def test_enter_on_own_work_is_not_allowed(place):
    own = RegistrationFactory(unit=place[0], reported=True, by_official=place[2])
    with pytest.raises(NotAllowed):
        enter(own, act=Act.RECOGNISE, actor=place[2])


def test_enter_on_an_own_proposal_is_not_allowed():
    staff = city_staff()
    proposal = ProposalFactory(level="city", proposed_by=staff)
    with pytest.raises(NotAllowed):
        enter(proposal.registration, act=Act.DECLINE_PROPOSAL, reason="Chưa đủ", actor=staff)
    assert Proposal.objects.pending().count() == 1


@pytest.mark.parametrize("state", sorted(set(State.values) - {"reported"}))
def test_enter_out_of_turn_is_a_conflict(place, state):
    with pytest.raises(Conflict):
        enter(RegistrationFactory(unit=place[0], state=state), act=Act.RECOGNISE, actor=place[2])


def test_enter_on_a_version_that_is_gone_is_a_conflict(place, reported):
    with pytest.raises(Conflict):
        enter(reported, act=Act.RECOGNISE, actor=place[2], seen_version=reported.version - 1)


def test_enter_twice_names_who_was_first(place, reported):
    enter(reported, act=Act.RECOGNISE, actor=place[2])
    with pytest.raises(Conflict) as refused:
        enter(reported, act=Act.REFUSE, reason="Chưa đủ", actor=city_staff())
    assert place[2].full_name in str(refused.value)
    assert PendingDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"act": "accept"}, "act"),
        ({"act": "refuse"}, "reason"),
        ({"act": "refuse", "reason": "x" * 1_501}, "reason"),
        ({"act": "refuse", "reason": "a\x00b"}, "reason"),
        ({"act": "refuse", "reason": "Chưa đủ", "exemplary": True}, "exemplary"),
        ({"act": "recognise", "source": "x" * 201}, "source"),
        ({"act": "recognise", "source": "a\x00b"}, "source"),
    ],
)
def test_enter_of_what_is_wrong_says_at_which_field(place, reported, words, field):
    with pytest.raises(DomainError) as refused:
        enter(reported, actor=place[2], **words)
    assert list(refused.value.fields) == [field]


def test_enter_before_the_window_of_recognition_is_allowed(place, reported):
    window = {"campaign": reported.campaign, "stage": "recognition", "level": "grassroots"}
    opens = reported.created_at.date().replace(year=reported.year + 1)
    CampaignWindowFactory(**window, opens_on=opens)
    assert enter(reported, act=Act.RECOGNISE, actor=place[2]).pk


def test_withdraw_of_what_others_decided_on_own_work_is_not_allowed(client, place):
    commune, _official, reviewer = place
    own = RegistrationFactory(unit=commune, reported=True, by_official=reviewer)
    pending = PendingDecisionFactory(registration=own, act=Act.REFUSE, reason="Chưa đủ kết quả")
    client.force_login(reviewer)
    page = client.get(own.get_absolute_url())
    waiting = [one for one in page.context["parts"]["top"] if "pending" in one]
    assert [one["may_withdraw"] for one in waiting] == [False]

    with pytest.raises(NotAllowed):
        withdraw(pending, actor=reviewer)

    assert PendingDecision.objects.get() == pending


def test_withdraw_takes_back_and_keeps_the_version(place):
    pending = PendingDecisionFactory()
    withdraw(pending, actor=city_staff())
    assert not PendingDecision.objects.exists()
    assert AuditEntry.objects.filter(act="pending.withdraw").count() == 1
    with pytest.raises(Conflict):
        withdraw(pending, actor=city_staff())
