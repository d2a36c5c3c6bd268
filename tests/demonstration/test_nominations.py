import pytest

from awards.models import Nomination
from awards.states import NominationState
from mobilization.demonstration import nominations, people
from mobilization.demonstration.world import HOME_CODE, LAST_DAY, World
from mobilization.units.models import Unit
from tests.models_registry.factories import CampaignFactory, RegistrationFactory
from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db


def test_make_leaves_nominations_in_every_state_that_somebody_waits_in(hanoi):  # noqa: F811 -- the fixture
    world = World(city=Unit.objects.get(code="01", valid_to=None))
    people.make(world, "mat-khau-minh-hoa")
    home = Unit.objects.by_code(HOME_CODE, LAST_DAY).get()
    campaign = CampaignFactory(city=world.city, year=LAST_DAY.year)
    RegistrationFactory.create_batch(7, recognised=True, unit=home, campaign=campaign)

    assert nominations.make(world) == 7

    states = set(Nomination.objects.values_list("state", flat=True))
    assert states == set(NominationState) - {NominationState.WITHDRAWN}
