"""Dialogues and opinions for tests, written straight to the tables; acts are tested through transitions."""

import datetime

import factory

from dialogues.models import Dialogue, Opinion
from dialogues.states import OpinionField, State
from tests.accounts.factories import UserFactory
from tests.units.factories import UnitFactory

HELD_ON = datetime.date(2026, 3, 10)


class DialogueFactory(factory.django.DjangoModelFactory):
    """A planned dialogue of 10 March 2026; ``state`` and what the state needs as wanted."""

    class Meta:
        model = Dialogue

    unit = factory.SubFactory(UnitFactory)
    topic = factory.Sequence(lambda number: f"Trật tự đô thị {number}")
    venue = "Hội trường UBND"
    held_on = HELD_ON
    typed_by = factory.SubFactory(UserFactory)

    class Params:
        announced = factory.Trait(state=State.ANNOUNCED, announced_on=datetime.date(2026, 3, 1))
        held = factory.Trait(state=State.HELD, attending=120, spoke=12)
        published = factory.Trait(
            state=State.PUBLISHED, attending=120, spoke=12, published_on=datetime.date(2026, 3, 15)
        )
        cancelled = factory.Trait(state=State.CANCELLED, cancel_reason="Mưa bão")
        summary = factory.Trait(
            state=State.HELD,
            summary_only=True,
            opinions_total=12,
            opinions_on_spot=9,
            opinions_resolved=2,
            opinions_in_progress=1,
            opinions_outside=0,
        )


class OpinionFactory(factory.django.DjangoModelFactory):
    """A received opinion of a dialogue that was held."""

    class Meta:
        model = Opinion

    dialogue = factory.SubFactory(DialogueFactory, held=True)
    order = factory.Sequence(lambda number: number + 1)
    field = OpinionField.ENVIRONMENT
    matter = "Rác thải tồn đọng"
    text = "Đề nghị thu gom rác ở ngõ 12 mỗi ngày."
    author_name = "Trần Văn Bí Mật"
    typed_by = factory.SubFactory(UserFactory)
