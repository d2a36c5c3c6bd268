"""The commune sets the outcome of the year while the city decides: what the city holds stays good."""

import pytest
from django.db.models import F
from django.utils import timezone

from mobilization.appraisal.models import AgendaItem, Appraisal, CouncilSession
from mobilization.appraisal.states import SessionState
from models_registry import transitions
from models_registry.states import Outcome
from tests.appraisal.factories import AgendaItemFactory, AppraisalFactory
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported():
    commune, _official, reviewer = commune_people()
    return RegistrationFactory(unit=commune, reported=True), reviewer


def current(model):
    return model.objects.filter(seen_version=F("registration__version")).count()


def test_outcome_of_the_year_leaves_sheets_and_items_as_they_are(reported):
    registration, reviewer = reported
    AppraisalFactory(registration=registration)
    item = AgendaItemFactory(registration=registration, session__unit=registration.unit)

    concluded = transitions.conclude(registration, actor=reviewer, outcome=Outcome.MAINTAIN)

    assert concluded.version == registration.version + 1
    assert (current(Appraisal), current(AgendaItem)) == (1, 1)
    assert not item.session.items.outdated().exists()


def test_outcome_of_the_year_makes_nothing_good_that_was_outdated(reported):
    registration, reviewer = reported
    AppraisalFactory(registration=registration, seen_version=registration.version - 1)
    AgendaItemFactory(registration=registration, seen_version=registration.version - 1)

    transitions.conclude(registration, actor=reviewer, outcome=Outcome.MAINTAIN)

    assert (current(Appraisal), current(AgendaItem)) == (0, 0)


def test_outcome_of_the_year_leaves_the_minutes_of_a_closed_session_alone(reported):
    registration, reviewer = reported
    item = AgendaItemFactory(registration=registration)
    closed = {"minutes_number": "1/BB-HĐ", "closed_at": timezone.now(), "closed_by": reviewer}
    CouncilSession.objects.filter(pk=item.session_id).update(state=SessionState.CLOSED, **closed)

    transitions.conclude(registration, actor=reviewer, outcome=Outcome.MAINTAIN)

    assert AgendaItem.objects.get(pk=item.pk).seen_version == registration.version


def test_what_changes_a_registration_makes_sheets_and_items_void(reported):
    registration, _reviewer = reported
    AppraisalFactory(registration=registration)
    AgendaItemFactory(registration=registration)

    transitions.return_report(registration, actor=city_staff(), reason="Thiếu ảnh")

    assert (current(Appraisal), current(AgendaItem)) == (0, 0)
