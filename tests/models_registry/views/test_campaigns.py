import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from models_registry.models import Campaign, CampaignWindow, Extension
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    RegistrationFactory,
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


def test_campaign_is_prepared_and_changed_without_opening_it(client, staff):
    data = {"city": city().pk, "year": 2026, "title": "Dân vận khéo 2026", "guiding_number": "12-HD/BDVTU"}
    client.post(reverse("models_registry:campaign_add"), data)
    campaign = Campaign.objects.get()
    assert campaign.opened_on is None
    change = {"title": "Dân vận khéo năm 2026", "opened_on": "05/01/2026", "seen_version": 1}
    client.post(reverse("models_registry:campaign_edit", args=[campaign.pk]), change)
    campaign.refresh_from_db()
    assert (campaign.title, campaign.year) == ("Dân vận khéo năm 2026", 2026)
    assert campaign.opened_on is None


@pytest.mark.parametrize("opened_on", ["", "05/01/2024", "05/01/2027"])
def test_campaign_that_is_open_stays_open_within_its_year(client, staff, opened_on):
    campaign = CampaignFactory(year=2026)
    data = {"title": "Tên khác", "opened_on": opened_on, "seen_version": 1}

    page = client.post(reverse("models_registry:campaign_edit", args=[campaign.pk]), data)

    assert list(page.context["form"].errors) == ["opened_on"]
    campaign.refresh_from_db()
    assert campaign.opened_on == datetime.date(2026, 1, 2)


def test_campaign_second_of_a_year_is_refused_in_words(client, staff):
    CampaignFactory(year=2026)
    page = client.post(
        reverse("models_registry:campaign_add"), {"city": city().pk, "year": 2026, "title": "Lần hai"}
    )
    assert page.context["form"].errors
    assert Campaign.objects.count() == 1


def test_campaign_changed_meanwhile_is_not_overwritten(client, staff):
    campaign = CampaignFactory()
    Campaign.objects.filter(pk=campaign.pk).update(title="Của người kia", version=2)
    address = reverse("models_registry:campaign_edit", args=[campaign.pk])
    data = {"title": "Của tôi", "opened_on": f"{campaign.opened_on:%d/%m/%Y}"}
    page = client.post(address, data | {"seen_version": 1})
    campaign.refresh_from_db()
    assert campaign.title == "Của người kia"
    assert page.context["form"]["title"].value() == "Của tôi"


def test_campaign_form_that_tells_no_version_is_refused_and_saved_the_second_time(client, staff):
    campaign = CampaignFactory()
    address = reverse("models_registry:campaign_edit", args=[campaign.pk])
    data = {"title": "Của tôi", "opened_on": f"{campaign.opened_on:%d/%m/%Y}"}
    page = client.post(address, data)
    assert page.context["form"].non_field_errors()
    again = page.context["form"]["seen_version"].value()
    assert client.post(address, data | {"seen_version": again}).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.title, campaign.version) == ("Của tôi", 2)


def windows(*, seen=1, **rows):
    data = {"windows-TOTAL_FORMS": len(rows), "windows-INITIAL_FORMS": 0, "seen_version": seen}
    for number, row in enumerate(rows.values()):
        data |= {f"windows-{number}-{name}": value for name, value in row.items()}
    return data


def test_windows_are_saved_all_or_none(client, staff):
    campaign = CampaignFactory()
    address = reverse("models_registry:windows", args=[campaign.pk])
    good = {"stage": "registration", "level": "grassroots", "opens_on": "05/01/2026", "due_on": "15/03/2026", "closes_on": "30/04/2026"}  # fmt: skip
    bad = good | {"stage": "results", "due_on": "31/02/2026"}
    assert client.post(address, windows(a=good, b=bad)).status_code == 422
    assert not CampaignWindow.objects.exists()
    assert client.post(address, windows(a=good)).status_code == 302
    assert CampaignWindow.objects.count() == 1


def window_as_shown(window, **changes):
    days = {name: f"{getattr(window, name):%d/%m/%Y}" for name in ("opens_on", "due_on", "closes_on")}
    row = {"id": window.pk, "stage": window.stage, "level": window.level} | days | changes
    return windows(a=row) | {"windows-INITIAL_FORMS": 1}


@pytest.mark.parametrize("seen", ["1", ""])
def test_windows_changed_by_two_the_second_is_told_and_may_save_over_it_on_purpose(client, staff, seen):
    window = CampaignWindowFactory()
    address = reverse("models_registry:windows", args=[window.campaign_id])
    shown = client.get(address).context["version"]["seen_version"].value()
    assert shown == 1
    theirs, mine = (f"{window.closes_on + datetime.timedelta(days=n):%d/%m/%Y}" for n in (5, 9))
    assert client.post(address, window_as_shown(window, closes_on=theirs)).status_code == 302

    page = client.post(address, window_as_shown(window, closes_on=mine) | {"seen_version": seen})
    assert page.status_code == 409
    assert page.context["version"].non_field_errors()
    assert page.context["formset"][0]["closes_on"].value() == mine
    window.refresh_from_db()
    assert f"{window.closes_on:%d/%m/%Y}" == theirs

    again = {"seen_version": page.context["version"]["seen_version"].value()}
    assert client.post(address, window_as_shown(window, closes_on=mine) | again).status_code == 302
    window.refresh_from_db()
    assert f"{window.closes_on:%d/%m/%Y}" == mine


def test_window_that_somebody_took_away_is_told(client, staff):
    window = CampaignWindowFactory()
    address = reverse("models_registry:windows", args=[window.campaign_id])
    data = window_as_shown(window)
    assert client.post(address, data | {"windows-0-DELETE": "on"}).status_code == 302
    assert not CampaignWindow.objects.exists()
    page = client.post(address, data)
    assert page.status_code == 422
    assert "alert-danger" in page.content.decode()


def test_window_that_closes_before_it_is_due_is_refused_in_words(client, staff):
    campaign = CampaignFactory()
    row = {"stage": "registration", "level": "grassroots", "opens_on": "05/01/2026", "due_on": "15/03/2026", "closes_on": "30/01/2026"}  # fmt: skip
    answer = client.post(reverse("models_registry:windows", args=[campaign.pk]), windows(a=row))
    assert answer.status_code == 422
    assert answer.context["formset"].errors != [{}]


def test_extension_names_reason_and_who_granted_it(client, staff):
    campaign, unit = CampaignFactory(), UnitFactory()
    until = timezone.localdate() + datetime.timedelta(days=3)
    data = {"unit": unit.pk, "stage": "registration", "until": f"{until:%d/%m/%Y}", "reason": "Mưa lũ"}
    client.post(reverse("models_registry:extend", args=[campaign.pk]), data)
    granted = Extension.objects.get()
    assert (granted.unit, granted.reason, granted.granted_by, granted.until) == (unit, "Mưa lũ", staff, until)


def test_campaign_pages_officials_read_but_do_not_change(client):
    _commune, official, _reviewer = commune_people()
    campaign = CampaignWindowFactory().campaign
    client.force_login(official)
    assert client.get(reverse("models_registry:campaigns")).status_code == 200
    assert client.get(campaign.get_absolute_url()).status_code == 200
    assert client.get(reverse("models_registry:campaign_edit", args=[campaign.pk])).status_code == 404
    assert client.post(reverse("models_registry:windows", args=[campaign.pk])).status_code == 404


def test_list_counts_what_the_reader_may_read_in_the_same_number_of_statements(client):
    commune, official, _reviewer = commune_people()
    campaign = CampaignFactory()
    RegistrationFactory(unit=commune, submitted=True)
    RegistrationFactory(unit=commune)
    RegistrationFactory(submitted=True)
    taken = []
    for user, expected in ((official, [1]), (city_staff(), [2]), (official, [0, 0, 1])):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("models_registry:campaigns"))
        assert [one.submitted for one in page.context["campaigns"]] == expected
        taken.append(len(queries))
        if len(taken) == 2:
            for later in (1, 2):
                CampaignFactory(year=campaign.year + later)
    assert taken[0] == taken[2]
