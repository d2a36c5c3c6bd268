"""What the demonstration leaves under way: sessions, decisions that wait, an announcement, messages."""

import pytest

from mobilization.accounts.models import User
from mobilization.appraisal.models import CouncilSession
from mobilization.demonstration import deciding, people
from mobilization.demonstration.world import World
from mobilization.messaging.models import Message
from mobilization.publication.models import PendingDecision, Publication
from mobilization.units.models import Unit
from models_registry.states import Level
from tests.models_registry.factories import CampaignFactory, CampaignWindowFactory, RegistrationFactory
from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
YEAR = deciding.LAST_DAY.year


@pytest.fixture
def world(hanoi):  # noqa: F811 -- the fixture
    made = World(city=Unit.objects.get(code="01", valid_to=None))
    people.make(made, "mat-khau-minh-hoa")
    home = Unit.objects.by_code(deciding.HOME_CODE, deciding.LAST_DAY).get()
    campaign = CampaignFactory(city=made.city, year=YEAR)
    given = {"unit": home, "campaign": campaign, "by_official": made.people["canbo"]}
    RegistrationFactory.create_batch(2, reported=True, **given)
    RegistrationFactory.create_batch(2, submitted=True, **given)
    RegistrationFactory(returned=True, **given)
    other = Unit.objects.by_code("00070", deciding.LAST_DAY).get()
    upper = {"campaign": campaign, "level": Level.INTERMEDIATE, "unit": other}
    RegistrationFactory.create_batch(8, reported=True, **upper)
    return made


def kinds(local):
    user = User.objects.get(email=people.address(local))
    return sorted(Message.objects.of(user).values_list("kind", flat=True))


def test_make_leaves_pending_decisions_sessions_and_an_announcement(world):
    assert deciding.make(world) == PendingDecision.objects.pending().count() == 3
    assert sorted(CouncilSession.objects.values_list("state", flat=True)) == ["closed", "planned"]
    made = Publication.objects.get()
    assert (made.published_by, made.counts["total"]) == (world.people["xetduyet"], 1)


def test_make_leaves_messages_for_official_reviewer_and_city(world):
    deciding.make(world)
    assert kinds("canbo") == ["registration.recognised", "registration.returned"]
    assert kinds("xetduyet") == ["registration.assigned"]
    assert kinds("thanhpho") == kinds("lanhdao") == ["publication.announced"]


def test_make_outside_the_window_of_recognition_announces_nothing(world):
    CampaignWindowFactory(
        campaign=CampaignFactory(city=world.city, year=YEAR),
        stage="recognition",
        level=Level.GRASSROOTS,
        opens_on="2020-01-01",
        due_on="2020-02-01",
        closes_on="2020-03-01",
    )
    assert deciding.make(world) == 3
    assert not Publication.objects.exists()
