"""Walking through the review queue."""

import datetime

import pytest
from django.utils import timezone

from models_registry.models import Assignment, Registration
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue():
    """Four that wait, the longest waiting first, and their reviewer."""
    commune, _official, reviewer = commune_people()
    found = RegistrationFactory.create_batch(4, unit=commune, submitted=True)
    for number, one in enumerate(found):
        since = timezone.now() - datetime.timedelta(days=10 - number)
        Registration.objects.filter(pk=one.pk).update(state_since=since)
    return found, reviewer


def walk(client, registration):
    found = client.get(f"{registration.get_absolute_url()}?queue=1").context["walk"]
    return found["previous"], found["next"]


def test_walk_goes_through_the_queue_in_its_order(client, queue):
    (first, second, third, fourth), reviewer = queue
    client.force_login(reviewer)

    assert walk(client, first) == (None, second.pk)
    assert walk(client, second) == (first.pk, third.pk)
    assert walk(client, fourth) == (third.pk, None)


def test_walk_stays_among_what_was_assigned_until_its_end(client, queue):
    (first, second, third, fourth), reviewer = queue
    for one in (first, third):
        Assignment.objects.create(registration=one, reviewer=reviewer, assigned_by=reviewer)
    client.force_login(reviewer)

    assert walk(client, first) == (None, third.pk)
    assert walk(client, third) == (first.pk, fourth.pk)
    assert walk(client, second) == (first.pk, third.pk)
