"""Two at the same moment on nominations: real threads on real connections."""

import pytest
from django.utils import timezone

from awards.merging import merge
from awards.models import Award, Decision, Nomination, NominationStep, Recipient, RecipientMerge
from awards.nominating import drawing, judging, proposing
from models_registry.models import Registration
from tests.accounts.factories import UserFactory
from tests.awards.factories import RecipientFactory, approved, examined, form_on
from tests.awards.test_races import together
from tests.models_registry.factories import RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_approve_and_decline_eight_at_once_one_wins():
    (row,) = examined()
    people = [UserFactory() for _one in range(8)]

    answers = together(
        *(
            lambda who=who, place=place: (
                judging.approve(Nomination(pk=row.pk), actor=who)
                if place % 2
                else judging.decline(Nomination(pk=row.pk), actor=who, reason="Chưa đủ")
            )
            for place, who in enumerate(people)
        )
    )

    assert answers.count(None) == 1
    assert {answer.code for answer in answers if answer} == {"conflict"}
    assert NominationStep.objects.filter(act__in=["approve", "decline"]).count() == 1


def test_draw_four_at_once_each_nomination_stands_in_one_decision():
    rows = [(row.pk, row.version) for row in approved(5)]
    people = [UserFactory() for _one in range(4)]

    together(*(lambda who=who: drawing.draw(rows, actor=who) for who in people))

    assert Award.objects.count() == 5
    assert Decision.objects.count() == 1
    assert Nomination.objects.filter(state="in_decision").count() == 5


def test_propose_the_same_registration_at_once_is_recorded_once():
    registration = RegistrationFactory(recognised=True)
    actor, form = UserFactory(), form_on("city", timezone.localdate())
    recipient = RecipientFactory(unit=registration.unit)

    def one():
        row = Nomination(
            recipient_name=recipient.name,
            unit=registration.unit,
            form=form,
            achievement="Hiến đất",
            registration=registration,
        )
        proposing.propose(row, recipient=Recipient.objects.get(pk=recipient.pk), actor=actor)

    answers = together(*[one] * 4)

    assert answers.count(None) == 1
    assert {answer.code for answer in answers if answer} == {"twice"}


def test_propose_many_of_the_same_registrations_at_once_each_is_recorded_once():
    made = RegistrationFactory.create_batch(3, recognised=True)
    rows = list(
        Registration.objects.select_related("model", "unit__heir").filter(pk__in=[m.pk for m in made])
    )
    form, outcomes = form_on("city", timezone.localdate()), []

    def one():
        outcomes.append(proposing.propose_from_registrations(rows, form, actor=UserFactory()))

    answers = together(*[one] * 4)

    assert answers == [None] * 4
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 0, 0, 3]
    assert sum(len(outcome.skipped) for outcome in outcomes) == 9


def test_record_the_same_new_recipient_at_once_is_one_recipient():
    rows = [RegistrationFactory(recognised=True, registrant="Hội Nông dân") for _row in range(4)]
    Registration.objects.update(unit=rows[0].unit)
    form = form_on("city", timezone.localdate())
    read = Registration.objects.select_related("model", "unit__heir")

    answers = together(
        *(
            lambda pk=row.pk: proposing.propose_from_registrations(
                [read.get(pk=pk)], form, actor=UserFactory()
            )
            for row in rows
        )
    )

    assert answers == [None] * 4
    assert Recipient.objects.filter(name="Hội Nông dân").count() == 1
    assert Nomination.objects.count() == 4


def test_merge_each_into_the_other_at_once_one_wins():
    one, other, actor = RecipientFactory(), RecipientFactory(), UserFactory()

    answers = together(
        lambda: merge(one, other, actor=actor, reason="Một"),
        lambda: merge(other, one, actor=actor, reason="Hai"),
    )

    assert answers.count(None) == 1
    assert RecipientMerge.objects.count() == 1
