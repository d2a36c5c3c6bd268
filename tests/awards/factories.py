"""Decisions and awards for tests."""

import datetime

import factory
from django.utils import timezone

from awards.models import Award, AwardForm, Decision, Examination, ExaminationItem, Nomination, Recipient
from awards.nominating.granting import granting_unit
from awards.nominating.judging import approve_many, examine
from awards.nominating.proposing import submit_many
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
    """An award of a draft, to a commune's collective, without the nomination that pages ask for.

    ``nominated`` writes the one behind it, as the chain leaves it.
    """

    class Meta:
        model = Award
        skip_postgeneration_save = True

    decision = factory.SubFactory(DecisionFactory)
    form = factory.LazyAttribute(
        lambda award: form_on(award.decision.tier, award.decision.signed_on or SIGNED)
    )
    recipient_kind = "collective"
    recipient_name = factory.Sequence(lambda number: f"Chi hội Phụ nữ thôn {number}")
    unit = factory.LazyFunction(UnitFactory)
    achievement = "Thành tích xuất sắc trong phong trào thi đua “Dân vận khéo”"

    @factory.post_generation
    def nominated(self, create, wanted, **kwargs):
        """Write the nomination that was drawn into the draft."""
        if wanted:
            nomination_of(self)


def nomination_of(award: Award) -> Nomination:
    """Write the nomination of which ``award`` was drawn, with its recipient and the votes."""
    names = {"kind": award.recipient_kind, "name": award.recipient_name, "unit": award.unit}
    award.recipient = Recipient.objects.create(**names)
    award.save(update_fields=["recipient"])
    row = NominationFactory(
        recipient=award.recipient,
        form=award.form,
        achievement=award.achievement,
        registration=award.registration,
    )
    minutes = examination(unit=award.decision.unit, recorded_by=row.typed_by)
    minutes.save()
    row.vote = ExaminationItem.objects.create(
        examination=minutes, nomination=row, votes_for=10, votes_against=0
    )
    row.state, row.award = "in_decision", award
    row.submitted_by, row.submitted_at = row.typed_by, timezone.now()
    row.save()
    return row


def issue_past(decision: Decision, *, actor, **seen) -> Decision:
    """Issue a draft whose awards were made directly, as registers put past decisions on record."""
    return issue(decision, actor=actor, of_the_past=True, **seen)


def issued(count: int = 1, **fields) -> Decision:
    """Return an issued decision with ``count`` awards."""
    decision = DecisionFactory(**fields)
    AwardFactory.create_batch(count, decision=decision)
    return issue_past(decision, actor=user_with("city_leader", city()))


class RecipientFactory(factory.django.DjangoModelFactory):
    """A collective of a commune."""

    class Meta:
        model = Recipient

    kind = "collective"
    name = factory.Sequence(lambda number: f"Chi hội Nông dân thôn {number}")
    unit = factory.LazyFunction(UnitFactory)


class NominationFactory(factory.django.DjangoModelFactory):
    """A nomination in preparation, for the city's merit certificate."""

    class Meta:
        model = Nomination

    recipient = factory.SubFactory(RecipientFactory)
    recipient_name = factory.SelfAttribute("recipient.name")
    unit = factory.SelfAttribute("recipient.unit")
    form = factory.LazyFunction(lambda: form_on("city", timezone.localdate()))
    granting_unit = factory.LazyAttribute(lambda row: granting_unit(row.unit, row.form.tier))
    achievement = factory.Sequence(
        lambda number: f"Vận động Nhân dân hiến đất mở rộng đường làng, đợt {number}"
    )
    typed_by = factory.SubFactory(UserFactory)


def examination(**fields) -> Examination:
    """Return the unsaved minutes of ten who were there."""
    facts = {
        "number": "05/BB-HĐ",
        "held_on": timezone.localdate(),
        "chair": "Trần Văn A",
        "secretary": "Lê Thị B",
    }
    return Examination(**{"unit": city(), "present": 10, **facts, **fields})


def submitted(count: int = 1, **fields) -> list[Nomination]:
    """Return nominations that somebody has submitted."""
    rows = NominationFactory.create_batch(count, **fields)
    submit_many([(row.pk, None) for row in rows], actor=UserFactory())
    return list(Nomination.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def examined(count: int = 1, votes: tuple[int, int] = (10, 0), judge=None, **fields) -> list[Nomination]:
    """Return nominations on which ten have voted."""
    rows = submitted(count, **fields)
    judge = judge or UserFactory()
    examine(
        examination(unit=rows[0].granting_unit),
        {row.pk: votes for row in rows},
        {row.pk: row.version for row in rows},
        actor=judge,
    )
    return list(Nomination.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def approved(count: int = 1, **fields) -> list[Nomination]:
    """Return nominations that were approved without a warning."""
    rows = examined(count, **fields)
    outcome = approve_many([(row.pk, row.version) for row in rows], actor=UserFactory(), words={})
    assert not outcome.skipped, outcome.reasons()
    return list(Nomination.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
