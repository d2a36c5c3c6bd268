"""Eight at once on one registration, each in another way: one wins, and nothing is half done."""

import datetime
import uuid

import pytest

from mobilization.accounts.states import Role
from mobilization.core.errors import Conflict
from mobilization.messaging.models import Message
from mobilization.publication.models import PendingDecision, Publication
from mobilization.publication.services import enter, publish, withdraw
from mobilization.publication.states import Act
from models_registry import transitions
from models_registry.models import Recognition, Registration, ReviewStep
from models_registry.services import bulk
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people, load_deciding_tiers
from tests.models_registry.test_races import at_once
from tests.publication.factories import PendingDecisionFactory

pytestmark = pytest.mark.django_db(transaction=True)
DECISION = {"body": "Đảng ủy", "number": "1-QĐ/ĐU", "decided_on": datetime.date(2026, 1, 5)}
WORDS = DECISION | {"decided_on": "2026-01-05"}


@pytest.fixture
def reported(transactional_db):
    load_deciding_tiers()
    commune, official, _reviewer = commune_people()
    return RegistrationFactory(unit=commune, by_official=official, reported=True)


def reviewers(registration, number):
    return [user_with(Role.REVIEWER, registration.unit) for _ in range(number)]


def won(answer) -> bool:
    """Tell whether this one did it: a refusal, or an outcome with nothing done, is none."""
    assert not isinstance(answer, Exception) or isinstance(answer, Conflict), answer
    return bool(answer.done) if isinstance(answer, bulk.Outcome) else not isinstance(answer, Conflict)


def test_eight_recognise_by_page_by_bulk_and_by_announcing_and_one_wins(reported):
    pending = PendingDecisionFactory(registration=reported, level=reported.level)
    rows, seen = [(reported.pk, reported.version)], reported.version
    people = reviewers(reported, 8)
    calls = [
        *(
            lambda who=who: transitions.recognise(reported, actor=who, seen_version=seen, **DECISION)
            for who in people[:2]
        ),
        *(lambda who=who: bulk.run(bulk.find("recognise"), rows, WORDS, actor=who) for who in people[2:5]),
        *(
            lambda who=who: publish([pending], title="Công bố", **DECISION, actor=who, token=uuid.uuid4())
            for who in people[5:]
        ),
    ]

    answers = at_once(*calls)

    assert sum(won(answer) for answer in answers) == 1
    assert Recognition.objects.count() == 1
    assert ReviewStep.objects.filter(registration=reported, act="recognise").count() == 1
    assert Registration.objects.get().version == seen + 1
    assert Message.objects.filter(kind="registration.recognised").count() == 1
    announced = any(isinstance(answer, Publication) for answer in answers)
    assert Publication.objects.count() == PendingDecision.objects.published().count() == int(announced)


def test_eight_decide_quietly_and_one_decision_waits(reported):
    people = reviewers(reported, 8)
    rows = [(reported.pk, reported.version)]
    words = {"recognise": True, "exemplary": False, "reason": "", "source": ""}
    quiet = bulk.find("decide_quietly")

    answers = at_once(
        *(lambda who=who: enter(reported, act=Act.RECOGNISE, actor=who) for who in people[:4]),
        *(lambda who=who: bulk.run(quiet, rows, words, actor=who) for who in people[4:]),
    )

    assert sum(won(answer) for answer in answers) == 1
    assert PendingDecision.objects.pending().count() == 1
    assert Registration.objects.get().state == State.REPORTED


def test_announced_and_taken_back_at_once_is_one_of_both(reported):
    pending = PendingDecisionFactory(registration=reported, level=reported.level)
    people = reviewers(reported, 8)

    at_once(
        *(
            lambda who=who: publish([pending], title="Công bố", **DECISION, actor=who, token=uuid.uuid4())
            for who in people[:4]
        ),
        *(lambda who=who: withdraw(pending, actor=who) for who in people[4:]),
    )

    announced = Publication.objects.count()
    assert announced + (not PendingDecision.objects.exists()) == 1
    assert Recognition.objects.count() == announced
    assert Registration.objects.get().state == (State.RECOGNISED if announced else State.REPORTED)
