import datetime

import pytest
from django.utils import timezone

from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from models_registry.models import Criterion, KindTarget, Target
from models_registry.services.campaigns import copy_parts, end_extension, open_campaign
from models_registry.states import Stage
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ExtensionFactory,
    city_staff,
)
from tests.units.factories import UnitFactory, close

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """Last year's campaign with something of everything."""
    campaign = CampaignFactory(year=2024)
    day = datetime.date(2024, 2, 29)
    CampaignWindowFactory(campaign=campaign, opens_on=day, due_on=day, closes_on=datetime.date(2025, 1, 31))
    Criterion.objects.create(campaign=campaign, text="Bền vững", weight=10, position=1)
    KindTarget.objects.create(campaign=campaign, unit_kind="ward", number=3)
    return campaign


def test_copy_parts_moves_the_windows_by_the_years_between(source):
    campaign = CampaignFactory(year=2026, opened_on=None)
    copied = copy_parts(campaign, source, actor=city_staff())
    assert copied == ["windows", "criteria", "kind_targets"]
    window = campaign.windows.get()
    assert (window.opens_on, window.closes_on) == (datetime.date(2026, 2, 28), datetime.date(2027, 1, 31))
    assert campaign.criteria.get().weight == 10
    assert campaign.kind_targets.get().number == 3
    assert AuditEntry.objects.get(act="campaign.copy").data["from_year"] == 2024


def test_copy_parts_leaves_what_is_there(source):
    campaign = CampaignFactory(year=2026)
    Criterion.objects.create(campaign=campaign, text="Của năm nay")
    copied = copy_parts(campaign, source, actor=city_staff())
    assert "criteria" not in copied
    assert campaign.criteria.get().text == "Của năm nay"
    assert copy_parts(campaign, source, actor=city_staff()) == []


def test_copy_parts_leaves_targets_of_units_that_ended(source):
    stays, ended = UnitFactory(), UnitFactory()
    for unit in (stays, ended):
        Target.objects.create(campaign=source, unit=unit, number=7)
    close(ended, datetime.date(2025, 1, 1))
    campaign = CampaignFactory(year=2026)
    copy_parts(campaign, source, actor=city_staff())
    assert campaign.targets.get().unit == stays


def test_copy_parts_of_a_later_campaign_is_refused(source):
    with pytest.raises(DomainError):
        copy_parts(CampaignFactory(year=2023), source, actor=city_staff())


def test_open_campaign_twice_is_refused():
    campaign, staff = CampaignFactory(opened_on=None), city_staff()
    today = timezone.localdate()
    assert open_campaign(campaign, actor=staff, on=today).is_open()
    with pytest.raises(Conflict):
        open_campaign(campaign, actor=staff, on=today)
    assert AuditEntry.objects.filter(act="campaign.open", actor_id=staff.pk).count() == 1


def test_open_campaign_that_was_changed_meanwhile_is_refused():
    campaign = CampaignFactory(opened_on=None)
    with pytest.raises(Conflict):
        open_campaign(
            campaign, actor=city_staff(), on=timezone.localdate(), seen_version=campaign.version + 1
        )


def test_open_campaign_in_another_year_is_refused():
    campaign = CampaignFactory(opened_on=None, year=2026)
    with pytest.raises(DomainError):
        open_campaign(campaign, actor=city_staff(), on=datetime.date(2029, 1, 5))


def test_end_extension_ends_it_at_once_and_only_once():
    extension, staff = ExtensionFactory(unit=UnitFactory(), stage=Stage.RESULTS), city_staff()
    end_extension(extension, actor=staff)
    assert not extension.campaign.extensions.in_force().exists()
    with pytest.raises(Conflict):
        end_extension(extension, actor=staff)
    assert AuditEntry.objects.get(act="campaign.end_extension").unit_id == extension.unit_id
