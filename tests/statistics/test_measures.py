import pytest

from mobilization.statistics.measures import awarded_registrations
from models_registry.models import Registration
from tests.statistics.factories import make_award, make_registrations

pytestmark = pytest.mark.django_db
YEAR = 2024


def test_awarded_registrations_model_awarded_in_two_years_is_its_latest(world):
    (first,) = make_registrations(world.whole, 2023)
    (second,) = make_registrations(world.first, YEAR)
    Registration.objects.filter(pk=second.pk).update(model=first.model)
    make_award(world.whole, YEAR, registration=first)
    make_award(world.first, YEAR, registration=second)
    make_award(world.first, YEAR, registration=second)
    assert list(awarded_registrations(YEAR)) == [second]


def test_awarded_registrations_revoked_or_without_a_model_are_left_out(world):
    (registration,) = make_registrations(world.whole, YEAR)
    make_award(world.whole, YEAR, registration=registration, revoked=True)
    make_award(world.whole, YEAR)
    assert not awarded_registrations(YEAR).exists()
