"""Decisions that wait to be announced, and announcements."""

import uuid

from django.utils import timezone

from mobilization.publication.services import publish
from tests.access import staff
from tests.publication.factories import PendingDecisionFactory


def waiting(world):
    return {"pk": PendingDecisionFactory(registration__unit=world.commune).pk}


def waiting_for_the_city(world):
    return {"pk": PendingDecisionFactory(registration__unit=world.commune, registration__level="city").pk}


def announced(world):
    pending = PendingDecisionFactory(registration__unit=world.commune)
    document = {"title": "Công nhận", "body": "Đảng ủy", "number": "1-QĐ", "decided_on": timezone.localdate()}
    return {"pk": publish([pending], **document, actor=world.users["reviewer"], token=uuid.uuid4()).pk}


DECIDE = "reviewer city_staff"
READ = "reviewer city_staff city_leader auditor"
ROWS = [
    staff("publication:pending", DECIDE),
    staff("publication:withdraw", DECIDE, waiting),
    staff("publication:withdraw", "city_staff", waiting_for_the_city),
    # Nothing is chosen: back to the list.
    staff("publication:publish", DECIDE, answer="redirect"),
    staff("publication:list", READ),
    staff("publication:detail", READ, announced),
]
