"""What the tables refuse, whoever writes."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from models_registry.models import DecidingTier, Recognition, Registration, ReviewStep, SkilledModel
from models_registry.states import State
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ProposalFactory,
    RecognitionFactory,
    RegistrationFactory,
    SkilledModelFactory,
)

pytestmark = pytest.mark.django_db


def refused(change, *, by: str = "") -> bool:
    """Tell whether the database refuses ``change``, for the constraint ``by``."""
    error = None
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()
    except DatabaseError as caught:
        error = caught
    return error is not None and by in str(error)


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (State.SUBMITTED, {"title": ""}),
        (State.SUBMITTED, {"person_name": ""}),
        (State.SUBMITTED, {"starts_on": None}),
        (State.SUBMITTED, {"level": ""}),
        (State.SUBMITTED, {"submitted_at": None}),
        (State.DRAFT, {"submitted_at": datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)}),
        (State.SUBMITTED, {"outcome": "end"}),
        (State.SUBMITTED, {"exemplary": True}),
        (State.SUBMITTED, {"reported_at": datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)}),
        (State.REPORTED, {"result_summary": ""}),
        (State.REPORTED, {"reported_at": None}),
        (State.REPORTED, {"proposed_to": "city"}),
        (State.RECOGNISED, {"proposed_to": "grassroots"}),
        (State.RETURNED, {"returned_by": None}),
        (State.SUBMITTED, {"return_due_on": datetime.date(2025, 1, 1)}),
        (State.RETURNED, {"rounds": 0}),
        (State.DRAFT, {"state": "lost"}),
        (State.DRAFT, {"kind": "thing"}),
        (State.DRAFT, {"ends_on": datetime.date(2001, 1, 1)}),
        (State.DRAFT, {"households": -1}),
        (State.DRAFT, {"money": -1}),
        (State.DRAFT, {"money": 10**16}),
        (State.DRAFT, {"money": 5, "money_from_people": 6}),
        (State.DRAFT, {"land_m2": Decimal("-0.1")}),
        (State.DRAFT, {"year": 1999}),
        (State.DRAFT, {"version": 0}),
    ],
)
def test_registration_untrue_row_is_refused(state, fields):
    row = Registration.objects.filter(pk=RegistrationFactory(state=state).pk)

    assert refused(lambda: row.update(**fields))


def test_registration_draft_may_be_empty():
    row = RegistrationFactory(title="", kind="", level="", starts_on=None, aim="", money_from_people=6)

    assert str(row) != ""


def test_registration_year_is_its_campaigns():
    row = RegistrationFactory()

    assert refused(
        lambda: Registration.objects.filter(pk=row.pk).update(year=row.year + 1),
        by="registry_registration_year_of_campaign",
    )


def test_registration_once_a_campaign_unless_withdrawn():
    gone = RegistrationFactory(withdrawn=True)
    RegistrationFactory(model=gone.model, unit=gone.unit)

    assert refused(lambda: RegistrationFactory(model=gone.model, unit=gone.unit))


def test_registration_renewed_is_maintained():
    before = RegistrationFactory(accepted=True)

    assert refused(lambda: RegistrationFactory(previous=before, novelty="new"))


def test_awaits_is_the_level_whose_decision_is_waited_for():
    waiting = {
        state: Registration.objects.get(pk=RegistrationFactory(state=state).pk).awaits for state in State
    }

    assert {state for state, level in waiting.items() if level} == set(State.TO_REVIEW)
    assert set(waiting.values()) == {"", "grassroots"}
    assert Registration.objects.get(pk=ProposalFactory().registration_id).awaits == "intermediate"


def test_code_counts_up_in_seven_digits():
    first, second = SkilledModelFactory(), SkilledModelFactory()

    assert (len(first.code), first.code[:4]) == (11, "DVK-")
    assert int(second.code[4:]) == int(first.code[4:]) + 1
    assert refused(lambda: SkilledModel.objects.filter(pk=first.pk).update(code="DVK-12"))


def test_code_comes_with_a_bulk_insert():
    unit = SkilledModelFactory().unit

    made = SkilledModel.objects.bulk_create([SkilledModel(title=str(n), unit=unit) for n in range(3)])

    assert len({model.code for model in made}) == 3


def test_recognition_once_a_level_by_a_decision():
    recognition = RecognitionFactory()

    assert refused(lambda: RecognitionFactory(registration=recognition.registration))
    assert refused(lambda: Recognition.objects.filter(pk=recognition.pk).update(number=""))


def test_proposal_one_pending():
    proposal = ProposalFactory()

    assert refused(lambda: ProposalFactory(registration=proposal.registration, level="city"))


@pytest.mark.parametrize("shift", [("opens_on", 21), ("due_on", 31), ("closes_on", -1)])
def test_window_is_ordered(shift):
    window = CampaignWindowFactory()
    name, days = shift
    setattr(window, name, window.opens_on + datetime.timedelta(days=days))

    assert refused(window.save)


def test_campaign_once_a_year():
    campaign = CampaignFactory()
    campaign.pk = None

    assert refused(lambda: campaign.save(force_insert=True), by="registry_campaign_once")


def test_review_step_is_append_only():
    step = RegistrationFactory(submitted=True).steps.get()

    assert refused(lambda: ReviewStep.objects.filter(pk=step.pk).update(reason="x"))
    assert refused(lambda: ReviewStep.objects.filter(pk=step.pk).delete())


def test_review_step_off_the_diagram_is_refused():
    registration = RegistrationFactory(submitted=True)
    step = {"registration": registration, "actor": registration.typed_by, "version": 9, "reason": "x"}

    assert refused(
        lambda: ReviewStep.objects.create(act="accept", from_state="draft", to_state="accepted", **step)
    )
    assert refused(
        lambda: ReviewStep.objects.create(act="renew", from_state="accepted", to_state="draft", **step)
    )


def test_review_step_once_a_version():
    registration = RegistrationFactory(submitted=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewStep.objects.create(
            registration=registration,
            actor=registration.typed_by,
            version=registration.version,
            act="accept",
            from_state="submitted",
            to_state="accepted",
        )


def test_deciding_tiers_leave_no_gap_and_no_overlap():
    for on in (datetime.date(2009, 3, 1), datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)):
        assert DecidingTier.objects.in_force(on).count() == 12
    rule = DecidingTier.objects.in_force().first()
    rule.pk = None
    rule.valid_from = datetime.date(2026, 1, 1)

    assert refused(lambda: rule.save(force_insert=True))


def test_history_keeps_every_version_and_cannot_be_changed():
    registration = RegistrationFactory()
    Registration.objects.filter(pk=registration.pk).update(title="Khác", version=2)

    assert list(registration.events.order_by("pgh_id").values_list("pgh_label", "version")) == [
        ("insert", 1),
        ("update", 2),
    ]
    assert refused(lambda: registration.events.update(title="Gian"))
    assert refused(lambda: registration.events.all().delete())
