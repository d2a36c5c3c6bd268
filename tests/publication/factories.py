"""Decisions that wait, for tests."""

import factory
from django.utils import timezone

from mobilization.publication.models import PendingDecision
from mobilization.publication.states import Act
from tests.accounts.factories import UserFactory
from tests.models_registry.factories import RegistrationFactory


class PendingDecisionFactory(factory.django.DjangoModelFactory):
    """What was reported is to be recognised at its own level."""

    class Meta:
        model = PendingDecision

    registration = factory.SubFactory(RegistrationFactory, reported=True)
    act = Act.RECOGNISE
    level = factory.SelfAttribute("registration.level")
    entered_by = factory.SubFactory(UserFactory)
    entered_at = factory.LazyFunction(timezone.now)
    seen_version = factory.SelfAttribute("registration.version")
    source = "Phiên họp 12/BB-HĐ"
