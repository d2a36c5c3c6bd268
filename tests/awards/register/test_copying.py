import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from awards.models import RegisterBatch, RegisterRow
from awards.register.copying import copy_in
from models_registry.models import Campaign, Registration, SkilledModel
from tests.accounts.factories import UserFactory
from tests.awards.factories import AwardFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def test_copy_in_keeps_every_kind_of_value():
    unit, user, now = UnitFactory(), UserFactory(), timezone.now()
    campaign = Campaign.objects.create(city=city(), year=2026, title="Năm 2026")
    text = 'Đường\tthôn\n"A" \\N \\ {x},ế'
    model = SkilledModel(title=text, unit=unit, created_at=now)
    copy_in([model])
    draft = Registration(
        model=model, campaign=campaign, year=2026, unit=unit, title="Đất", aim=text, created_at=now
    )
    draft.land_m2, draft.money, draft.starts_on = Decimal("12.5"), 10**15, datetime.date(2026, 1, 2)
    draft.typists, draft.typed_by, draft.late = [user.pk, 7], user, True

    copy_in([draft])

    stored = Registration.objects.get(pk=draft.pk)
    assert (stored.aim, stored.land_m2, stored.money, stored.late) == (text, Decimal("12.5"), 10**15, True)
    assert (stored.starts_on, stored.created_at) == (datetime.date(2026, 1, 2), now)
    assert (stored.typists, stored.households, stored.typed_by) == ([user.pk, 7], None, user)
    assert stored.model.code.startswith("DVK-")
    assert Registration.objects.search("dat").get() == stored


def test_copy_in_obeys_constraints():
    batch = RegisterBatch.objects.create(file_name="a.xlsx", sha256="0", actor=UserFactory())
    rows = [
        RegisterRow(batch=batch, sheet="A", number=n, fingerprint="same", award=AwardFactory())
        for n in (1, 2)
    ]

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in(rows)


def test_copy_in_nothing_does_nothing():
    copy_in([])
