import pytest

from mobilization.core.errors import Conflict, DomainError
from models_registry.models import Criterion
from models_registry.readiness import points_by_level
from models_registry.services.criteria import Wanted, save_criteria
from models_registry.states import Level
from tests.models_registry.factories import CampaignFactory, city_staff

pytestmark = pytest.mark.django_db


def written(campaign):
    return [(one.text, one.level, one.weight) for one in campaign.criteria.all()]


def test_save_criteria_adds_removes_and_reorders():
    campaign, staff = CampaignFactory(), city_staff()
    save_criteria(campaign, [Wanted(None, "", "Một", 10), Wanted(None, "", "Hai", None)], actor=staff)
    one, two = campaign.criteria.all()
    wanted = [Wanted(two.pk, "", "Hai", 5), Wanted(None, "city", "Ba", None)]
    save_criteria(campaign, wanted, actor=staff)
    assert written(campaign) == [("Hai", "", 5), ("Ba", "city", None)]
    assert not Criterion.objects.filter(pk=one.pk).exists()


def test_save_criteria_texts_can_be_exchanged():
    campaign, staff = CampaignFactory(), city_staff()
    one, two = (Criterion.objects.create(campaign=campaign, text=text, position=1) for text in ("A", "B"))
    save_criteria(campaign, [Wanted(one.pk, "", "B", None), Wanted(two.pk, "", "A", None)], actor=staff)
    assert {row.pk: row.text for row in campaign.criteria.all()} == {one.pk: "B", two.pk: "A"}


def test_save_criteria_twice_the_same_is_refused():
    campaign = CampaignFactory()
    with pytest.raises(DomainError):
        save_criteria(campaign, [Wanted(None, "", "A", 1), Wanted(None, "", "A", 2)], actor=city_staff())
    assert not campaign.criteria.exists()


def test_save_criteria_over_a_version_not_seen_is_refused():
    campaign, staff = CampaignFactory(), city_staff()
    save_criteria(campaign, [Wanted(None, "", "A", 1)], actor=staff, seen_version=1)
    with pytest.raises(Conflict):
        save_criteria(campaign, [], actor=staff, seen_version=1)
    assert written(campaign) == [("A", "", 1)]


def test_save_criteria_of_another_campaign_is_left_alone():
    other = Criterion.objects.create(campaign=CampaignFactory(year=2025), text="Của năm khác")
    campaign = CampaignFactory(year=2026)
    save_criteria(campaign, [Wanted(other.pk, "", "Lấy về", None)], actor=city_staff())
    other.refresh_from_db()
    assert other.text == "Của năm khác"
    assert written(campaign) == [("Lấy về", "", None)]


def test_points_by_level_counts_its_own_and_those_of_every_level():
    criteria = [
        Criterion(level="", weight=60),
        Criterion(level="city", weight=15),
        Criterion(level="", weight=None),
    ]
    assert points_by_level(criteria) == [(Level.GRASSROOTS, 60), (Level.INTERMEDIATE, 60), (Level.CITY, 75)]
