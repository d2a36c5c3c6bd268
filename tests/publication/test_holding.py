"""A decision that waits to be announced outlives the outcome of the year, and nothing else."""

import pytest

from mobilization.publication.models import PendingDecision
from mobilization.publication.services import enter
from models_registry import transitions
from models_registry.models import Registration
from models_registry.states import Act, Outcome
from tests.models_registry.factories import ProposalFactory, city_staff, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided():
    commune, _official, reviewer = commune_people()
    proposal = ProposalFactory(level="city", registration__unit=commune)
    return enter(proposal.registration, act=Act.ACCEPT_PROPOSAL, actor=city_staff()), reviewer


def test_outcome_of_the_year_leaves_what_the_city_decided_quietly_good(decided):
    pending, reviewer = decided

    concluded = transitions.conclude(pending.registration, actor=reviewer, outcome=Outcome.MAINTAIN)

    again = PendingDecision.objects.get()
    assert again.seen_version == concluded.version == pending.seen_version + 1
    assert not Registration.objects.awaiting_review_by(city_staff()).exists()


def test_what_changes_a_registration_makes_the_decision_void(decided):
    pending, _reviewer = decided

    declined = transitions.decline_proposal(pending.registration, actor=city_staff(), reason="Chưa đủ")

    assert PendingDecision.objects.get().seen_version == pending.seen_version < declined.version
