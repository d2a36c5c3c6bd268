"""Certificates for tests."""

import factory

from awards.models import Handover
from tests.accounts.factories import UserFactory
from tests.awards.factories import SIGNED


class HandoverFactory(factory.django.DjangoModelFactory):
    """A line of the register; ``award`` is of an issued decision."""

    class Meta:
        model = Handover

    handed_on = SIGNED
    received_by = "Bà Nguyễn Thị Mai, Chi hội trưởng"
    handed_by = "Ông Trần Văn Bình"
    recorded_by = factory.SubFactory(UserFactory)
