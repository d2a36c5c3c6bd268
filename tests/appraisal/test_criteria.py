"""The criteria of a campaign, once sheets were scored by them."""

import pytest

from mobilization.appraisal.models import Score
from mobilization.core.errors import DomainError
from models_registry.services.criteria import Wanted, save_criteria
from tests.appraisal.factories import AppraisalFactory, CriterionFactory
from tests.models_registry.factories import city_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored():
    """A criterion by which a sheet has given points."""
    sheet = AppraisalFactory()
    criterion = CriterionFactory(campaign=sheet.registration.campaign, text="Bền vững", weight=20)
    Score.objects.create(appraisal=sheet, criterion=criterion, points=15)
    return criterion


def test_scored_criterion_is_not_removed(scored):
    with pytest.raises(DomainError) as refusal:
        save_criteria(scored.campaign, [], actor=city_staff())
    assert refusal.value.code == "used"
    assert scored.campaign.criteria.get() == scored


@pytest.mark.parametrize(("level", "weight"), [("", 10), ("", None), ("city", 20)])
def test_scored_criterion_keeps_its_level_and_points(scored, level, weight):
    with pytest.raises(DomainError) as refusal:
        save_criteria(scored.campaign, [Wanted(scored.pk, level, "Bền vững", weight)], actor=city_staff())
    assert refusal.value.code == "used"
    scored.refresh_from_db()
    assert (scored.level, scored.weight) == ("", 20)


def test_scored_criterion_can_be_worded_anew_and_moved(scored):
    wanted = [Wanted(None, "", "Mới", 5), Wanted(scored.pk, "", "Duy trì bền vững", 20)]
    save_criteria(scored.campaign, wanted, actor=city_staff())
    assert [one.text for one in scored.campaign.criteria.all()] == ["Mới", "Duy trì bền vững"]
