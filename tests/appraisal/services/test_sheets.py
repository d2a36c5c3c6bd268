"""Score sheets: one a person and level, own first, final once handed in."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.appraisal.comparison import comparison, may_compare
from mobilization.appraisal.models import Appraisal
from mobilization.appraisal.services import declare, save_sheet
from mobilization.appraisal.services.sheets import criteria_of
from mobilization.appraisal.states import Part
from mobilization.appraisal.validators import Entered, field_of
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from models_registry import transitions
from models_registry.models import Registration
from models_registry.states import Level, Stage
from tests.accounts.factories import user_with
from tests.appraisal.factories import (
    AgendaItemFactory,
    AppraisalFactory,
    CouncilSessionFactory,
    CriterionFactory,
    SessionMemberFactory,
)
from tests.models_registry.factories import (
    CampaignWindowFactory,
    DeclarationFactory,
    ExtensionFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported():
    """A commune's reported registration with its reviewer and two criteria: one with points, one without."""
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True)
    points = CriterionFactory(campaign=registration.campaign)
    fulfilled = CriterionFactory(campaign=registration.campaign, weight=None)
    CriterionFactory(campaign=registration.campaign, level=Level.CITY)
    return registration, reviewer, points, fulfilled


def full(points, fulfilled):
    return {points.pk: Entered(points=Decimal("17.5")), fulfilled.pk: Entered(fulfilled=True, words="Rõ")}


def test_save_sheet_keeps_a_draft_with_holes(reported):
    registration, reviewer, points, _fulfilled = reported

    sheet = save_sheet(registration, appraiser=reviewer, scores={points.pk: Entered(points=Decimal(5))})

    assert not sheet.is_handed_in
    assert sheet.total == 5
    assert sheet.scores.get().criterion == points


def test_save_sheet_asks_for_the_criteria_of_the_level_only(reported):
    registration, _reviewer, points, fulfilled = reported

    assert criteria_of(registration, Level.GRASSROOTS) == [points, fulfilled]


def test_hand_in_needs_every_criterion(reported):
    registration, reviewer, points, fulfilled = reported

    with pytest.raises(DomainError) as refused:
        save_sheet(
            registration, appraiser=reviewer, scores={points.pk: Entered(points=Decimal(5))}, hand_in=True
        )

    assert set(refused.value.fields) == {field_of(fulfilled)}
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize("points", ["-0.1", "20.1", "3.25"])
def test_save_sheet_refuses_points_beyond_the_weight(reported, points):
    registration, reviewer, criterion, _fulfilled = reported

    with pytest.raises(DomainError) as refused:
        save_sheet(registration, appraiser=reviewer, scores={criterion.pk: Entered(points=Decimal(points))})

    assert set(refused.value.fields) == {field_of(criterion)}


def test_hand_in_is_final_until_the_registration_changes(reported):
    registration, reviewer, points, fulfilled = reported
    save_sheet(registration, appraiser=reviewer, scores=full(points, fulfilled), hand_in=True)
    with pytest.raises(Conflict):
        save_sheet(registration, appraiser=reviewer, scores={})

    transitions.return_report(registration, actor=reviewer, reason="Thiếu số liệu")
    again = Registration.objects.get(pk=registration.pk)
    transitions.resubmit_report(again, actor=again.typed_by)
    assert not may_compare(reviewer, Registration.objects.get(pk=registration.pk))

    sheet = save_sheet(registration, appraiser=reviewer, scores={points.pk: Entered(points=Decimal(1))})

    assert not sheet.is_handed_in
    assert Appraisal.objects.count() == 1


def test_save_sheet_of_what_was_seen_before_a_change_is_a_conflict(reported):
    registration, reviewer, _points, _fulfilled = reported

    with pytest.raises(Conflict):
        save_sheet(registration, appraiser=reviewer, scores={}, seen_version=registration.version - 1)


def test_save_sheet_of_what_does_not_wait_to_be_recognised_is_a_conflict():
    commune, _official, reviewer = commune_people()

    with pytest.raises(Conflict):
        save_sheet(RegistrationFactory(unit=commune, submitted=True), appraiser=reviewer, scores={})


def test_save_sheet_by_somebody_related_is_refused(reported):
    registration, reviewer, points, fulfilled = reported
    declare(registration, reviewer=reviewer, is_related=True, relation="Chồng là chủ nhiệm")

    with pytest.raises(NotAllowed):
        save_sheet(registration, appraiser=reviewer, scores=full(points, fulfilled))


def test_hand_in_after_the_window_closed_is_refused_unless_the_unit_was_granted_an_extension(reported):
    registration, reviewer, points, fulfilled = reported
    campaign, past = registration.campaign, timezone.localdate() - datetime.timedelta(days=60)
    CampaignWindowFactory(campaign=campaign, stage=Stage.APPRAISAL, opens_on=past)
    scores = full(points, fulfilled)

    assert not save_sheet(registration, appraiser=reviewer, scores=scores).is_handed_in
    with pytest.raises(DomainError) as refused:
        save_sheet(registration, appraiser=reviewer, scores=scores, hand_in=True)
    assert refused.value.code == "closed"
    assert not Appraisal.objects.get().is_handed_in

    ExtensionFactory(campaign=campaign, stage=Stage.APPRAISAL, unit=registration.unit)
    assert save_sheet(registration, appraiser=reviewer, scores=scores, hand_in=True).is_handed_in


@pytest.mark.parametrize("begins_in", [-30, 30])
def test_hand_in_after_the_due_day_or_before_the_window_opens_is_taken(reported, begins_in):
    registration, reviewer, points, fulfilled = reported
    opens = timezone.localdate() + datetime.timedelta(days=begins_in)
    CampaignWindowFactory(campaign=registration.campaign, stage=Stage.APPRAISAL, opens_on=opens)

    sheet = save_sheet(registration, appraiser=reviewer, scores=full(points, fulfilled), hand_in=True)

    assert sheet.is_handed_in


def test_save_sheet_at_the_city_waits_for_the_declaration():
    staff = city_staff()
    registration = RegistrationFactory(reported=True, level=Level.CITY)
    with pytest.raises(DomainError) as refused:
        save_sheet(registration, appraiser=staff, scores={})
    assert refused.value.code == "declare"

    declare(registration, reviewer=staff, is_related=False)

    assert save_sheet(registration, appraiser=staff, scores={}).level == Level.CITY


def test_declare_a_relation_without_words_is_refused(reported):
    with pytest.raises(DomainError):
        declare(reported[0], reviewer=reported[1], is_related=True, relation="  ")


def test_others_are_read_once_the_own_sheet_is_handed_in(reported):
    registration, reviewer, points, fulfilled = reported
    AppraisalFactory(registration=registration, total=10)
    save_sheet(registration, appraiser=reviewer, scores=full(points, fulfilled))
    assert not may_compare(reviewer, registration)

    save_sheet(registration, appraiser=reviewer, scores=full(points, fulfilled), hand_in=True)

    assert may_compare(reviewer, registration)
    together = comparison(registration, Level.GRASSROOTS, [points, fulfilled])
    assert (together.mean, together.spread) == (Decimal("13.8"), Decimal("7.5"))
    assert [line.mean for line in together.lines] == [Decimal("17.5"), None]


def test_others_are_read_by_city_staff_above_and_by_the_chair(reported):
    registration, _reviewer, _points, _fulfilled = reported
    chair = user_with(Role.REVIEWER, registration.unit)
    assert may_compare(city_staff(), registration)
    assert not may_compare(chair, registration)

    session = CouncilSessionFactory(unit=registration.unit)
    SessionMemberFactory(session=session, user=chair, part=Part.CHAIR)
    AgendaItemFactory(session=session, registration=registration)

    assert may_compare(chair, registration)


def test_others_are_not_read_by_whoever_must_not_decide(reported):
    registration, _reviewer, _points, _fulfilled = reported
    staff = city_staff()
    DeclarationFactory(registration=registration, reviewer=staff, is_related=True)

    assert not may_compare(staff, registration)
    assert not may_compare(user_with(Role.OFFICIAL, registration.unit), registration)
