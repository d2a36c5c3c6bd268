import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from models_registry.models import Campaign, Criterion, Target
from models_registry.services.targets import save_targets
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ExtensionFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = city_staff()
    client.force_login(user)
    return user


@pytest.fixture
def campaign():
    return CampaignFactory(opened_on=None)


def address(name, campaign):
    return reverse(f"models_registry:{name}", args=[campaign.pk])


def criteria(campaign, *rows, **more):
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "seen_version": campaign.version}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data | more


def test_new_campaign_begins_as_the_last_one_stands(client, staff):
    last = CampaignWindowFactory(campaign=CampaignFactory(year=2025)).campaign
    form = client.get(reverse("models_registry:campaign_add")).context["form"]
    assert (form["copied_from"].value(), form["year"].value()) == (last.pk, 2026)
    data = {"city": city().pk, "year": 2026, "title": "Năm 2026", "copied_from": last.pk}
    client.post(reverse("models_registry:campaign_add"), data)
    made = Campaign.objects.get(year=2026)
    assert made.windows.count() == 1
    assert not made.is_open()


def test_campaign_is_not_begun_like_a_later_one(client, staff):
    later = CampaignFactory(year=2026)
    data = {"city": city().pk, "year": 2025, "title": "Năm 2025", "copied_from": later.pk}
    page = client.post(reverse("models_registry:campaign_add"), data)
    assert "copied_from" in page.context["form"].errors


def test_criteria_are_saved_in_their_order_without_scripts(client, staff, campaign):
    rows = [
        {"text": "Sau", "level": "", "weight": "20", "ORDER": 2},
        {"text": "Trước", "level": "city", "weight": "", "ORDER": 1},
        {"text": "", "level": "", "weight": ""},
    ]
    assert client.post(address("criteria", campaign), criteria(campaign, *rows)).status_code == 302
    assert [one.text for one in campaign.criteria.all()] == ["Trước", "Sau"]
    page = client.get(campaign.get_absolute_url())
    assert [points for _level, points in page.context["points"]] == [20, 20, 20]


def test_criteria_that_are_wrong_save_nothing_and_stay_on_the_page(client, staff, campaign):
    rows = [{"text": "Đúng", "level": ""}, {"text": "Sai", "level": "", "weight": "nhiều"}]
    page = client.post(address("criteria", campaign), criteria(campaign, *rows))
    assert page.status_code == 422
    assert page.context["formset"][1]["weight"].value() == "nhiều"
    assert not Criterion.objects.exists()


def test_criteria_over_a_stale_version_are_refused_in_words(client, staff, campaign):
    Campaign.objects.update(version=5)
    page = client.post(address("criteria", campaign), criteria(campaign, {"text": "Mới", "level": ""}))
    assert page.status_code == 409
    assert page.context["version"].errors
    assert page.context["version"]["seen_version"].value() == "5"


def test_targets_of_single_units_over_a_stale_version_change_nothing(client, staff, campaign):
    unit = UnitFactory()
    save_targets(campaign, {unit: 7}, actor=staff)
    for seen in ({"seen_version": campaign.version}, {}):
        page = client.post(address("targets", campaign), {f"unit{unit.pk}": "5"} | seen)
        assert page.status_code == 409
        assert page.context["units"][f"unit{unit.pk}"].value() == "5"
        assert page.context["units"]["seen_version"].value() == "2"
    assert Target.objects.get().number == 7


def test_pasted_targets_over_a_stale_version_are_shown_again_beside_what_is_owed_now(client, staff, campaign):
    unit = UnitFactory(code="10000")
    seen = client.post(address("paste_targets", campaign), {"lines": "10000\t5"}).context["form"][
        "seen_version"
    ]
    save_targets(campaign, {unit: 7}, actor=staff)
    data = {"lines": "10000\t5", "save": "1"}
    page = client.post(address("paste_targets", campaign), data | {"seen_version": seen.value()})
    assert (page.status_code, page.context["rows"]) == (409, [(unit, 7, 5)])
    assert Target.objects.get().number == 7
    again = {"seen_version": page.context["form"]["seen_version"].value()}
    assert client.post(address("paste_targets", campaign), data | again).status_code == 302
    assert Target.objects.get().number == 5


def test_targets_of_kinds_and_of_single_units(client, staff, campaign):
    unit = UnitFactory()
    data = {"kinds": "1", "seen_version": campaign.version, "commune": "6"}
    assert client.post(address("targets", campaign), data).status_code == 302
    assert campaign.kind_targets.get().number == 6
    data = {f"unit{unit.pk}": "9", "seen_version": campaign.version + 1}
    assert client.post(address("targets", campaign), data).status_code == 302
    assert Target.objects.get().number == 9
    client.post(address("targets", campaign), {f"unit{unit.pk}": "", "seen_version": campaign.version + 2})
    assert not Target.objects.exists()


def test_targets_that_are_no_numbers_stay_on_the_page(client, staff, campaign):
    unit = UnitFactory()
    page = client.post(address("targets", campaign), {f"unit{unit.pk}": "sáu"})
    assert page.status_code == 422
    assert page.context["units"][f"unit{unit.pk}"].value() == "sáu"


@pytest.mark.parametrize("query", ["q=%00", "page=zzz", "page=-1", "q=" + "đ" * 300])
def test_targets_bad_address_is_no_error(client, staff, campaign, query):
    UnitFactory()
    assert client.get(f"{address('targets', campaign)}?{query}").status_code == 200


def test_targets_take_as_many_statements_for_many_units(
    client, staff, campaign, django_assert_max_num_queries
):
    UnitFactory()
    client.get(address("targets", campaign))
    for _number in range(2):
        with django_assert_max_num_queries(10):
            client.get(address("targets", campaign))
        for _unit in range(3):
            UnitFactory()


def test_pasted_targets_are_shown_then_saved(client, staff, campaign):
    unit = UnitFactory(code="10000")
    page = client.post(address("paste_targets", campaign), {"lines": "10000\t7"})
    assert page.context["rows"] == [(unit, None, 7)]
    assert not Target.objects.exists()
    seen = page.context["form"]["seen_version"].value()
    client.post(address("paste_targets", campaign), {"lines": "10000\t7", "save": "1", "seen_version": seen})
    assert Target.objects.get().number == 7


def test_pasted_targets_with_a_wrong_line_save_nothing(client, staff, campaign):
    UnitFactory(code="10000")
    page = client.post(address("paste_targets", campaign), {"lines": "10000\t7\nxx\t1", "save": "1"})
    assert page.status_code == 422
    assert [number for number, _text, _why in page.context["read"].wrong] == [2]
    assert not Target.objects.exists()


def test_open_shows_what_is_missing_and_opens_all_the_same(client, staff, campaign):
    page = client.get(address("campaign_open", campaign))
    assert [check.is_there for check in page.context["checks"]] == [True, False, False, False]
    today = timezone.localdate()
    data = {"opened_on": f"{today:%d/%m/%Y}", "seen_version": campaign.version}
    assert client.post(address("campaign_open", campaign), data).status_code == 302
    campaign.refresh_from_db()
    assert campaign.opened_on == today
    assert client.post(address("campaign_open", campaign), data).status_code == 409


def test_copy_fills_the_empty_parts(client, staff, campaign):
    Criterion.objects.create(campaign=CampaignFactory(year=campaign.year - 1), text="Của năm ngoái")
    client.post(address("campaign_copy", campaign))
    assert campaign.criteria.get().text == "Của năm ngoái"


def test_copy_without_an_earlier_campaign_is_not_found(client, staff, campaign):
    assert client.post(address("campaign_copy", campaign)).status_code == 404


def test_extension_is_ended_after_asking_once_more(client, staff):
    extension = ExtensionFactory(unit=UnitFactory())
    end = reverse("models_registry:end_extension", args=[extension.pk])
    assert client.get(end).status_code == 200
    assert client.post(end).status_code == 302
    extension.refresh_from_db()
    assert extension.until < timezone.localdate()
    assert client.post(end).status_code == 302


def test_campaign_page_tells_late_from_closed(client, campaign):
    _commune, official, _reviewer = commune_people()
    client.force_login(official)
    today = timezone.localdate()
    week = datetime.timedelta(days=7)
    CampaignWindowFactory(
        campaign=campaign, level="city", opens_on=today - week, due_on=today - week, closes_on=today
    )
    CampaignWindowFactory(
        campaign=campaign, opens_on=today - 2 * week, due_on=today - week, closes_on=today - week
    )
    CampaignWindowFactory(
        campaign=campaign, level="intermediate", opens_on=today, due_on=today, closes_on=today
    )
    page = client.get(campaign.get_absolute_url())
    stands = {window.level: standing.value for window, standing in page.context["standing"]}
    assert stands == {"city": "late", "grassroots": "closed", "intermediate": "open"}
    assert not page.context["checks"]


def test_parts_are_not_there_for_officials_and_reviewers(client, campaign):
    _commune, official, reviewer = commune_people()
    for user in (official, reviewer):
        client.force_login(user)
        for name in ("criteria", "targets", "paste_targets", "campaign_open", "campaign_copy"):
            assert client.post(address(name, campaign)).status_code == 404
