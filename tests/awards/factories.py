"""Decisions and awards for tests."""

import datetime

import factory

from awards.models import Award, AwardForm, Decision
from awards.transitions import issue
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory, city

SIGNED = datetime.date(2026, 2, 5)


def form_on(tier: str, on: datetime.date = SIGNED, name: str = "") -> AwardForm:
    """Return a form of the shipped catalogue."""
    forms = AwardForm.objects.in_force(on).of_tier(tier).order_by("code")
    return forms.filter(name=name).get() if name else forms.first()


class DecisionFactory(factory.django.DjangoModelFactory):
    """A draft of the city, complete with number, date and signer."""

    class Meta:
        model = Decision

    unit = factory.LazyFunction(city)
    tier = "city"
    title = "Về việc tặng Bằng khen"
    number = factory.Sequence(lambda number: f"{number + 1}/QĐ-UBND")
    signed_on = SIGNED
    signer = "Trần Sỹ Thanh"
    signer_post = "Chủ tịch"
    drafted_by = factory.SubFactory(UserFactory)


class AwardFactory(factory.django.DjangoModelFactory):
    """An award of a draft, to a commune's collective."""

    class Meta:
        model = Award

    decision = factory.SubFactory(DecisionFactory)
    form = factory.LazyAttribute(
        lambda award: form_on(award.decision.tier, award.decision.signed_on or SIGNED)
    )
    recipient_kind = "collective"
    recipient_name = factory.Sequence(lambda number: f"Chi hội Phụ nữ thôn {number}")
    unit = factory.LazyFunction(UnitFactory)
    achievement = "Thành tích xuất sắc trong phong trào thi đua “Dân vận khéo”"


def issued(count: int = 1, **fields) -> Decision:
    """Return an issued decision with ``count`` awards."""
    decision = DecisionFactory(**fields)
    AwardFactory.create_batch(count, decision=decision)
    return issue(decision, actor=user_with("city_leader", city()))
