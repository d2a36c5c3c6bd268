import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.units.states import UnitKind
from models_registry import services
from models_registry.models import Registration, WorkingCopy
from models_registry.states import Level
from models_registry.views import checklist
from tests.accounts.factories import PositionFactory, user_with
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ExtensionFactory,
    RegistrationFactory,
    commune_people,
)
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
START = reverse("models_registry:start")


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


def test_start_shows_what_was_typed_before_and_saving_ends_it(client, people):
    campaign = CampaignFactory()
    services.keep_typing(people[1], None, "identity", {"title": "Nửa tên", "kind": "work"}, base_version=0)
    form = client.get(START).context["form"]
    assert (form["title"].value(), form["kind"].value()) == ("Nửa tên", "work")
    client.post(START, {"unit": people[0].pk, "campaign": campaign.pk, "title": "Cả tên"})
    assert not WorkingCopy.objects.exists()


def test_start_with_a_slip_keeps_what_was_typed(client, people):
    CampaignFactory()
    assert client.post(START, {"title": "Chưa chọn đơn vị", "unit": "x"}).status_code == 422
    assert services.typing_of(people[1], None, "identity").typed["title"] == "Chưa chọn đơn vị"


def test_start_forgets_what_is_not_wanted(client, people):
    CampaignFactory()
    services.keep_typing(people[1], None, "identity", {"title": "Bỏ"}, base_version=0)
    client.post(START, {"forget": "1"})
    assert not client.get(START).context["form"]["title"].value()


def test_start_last_years_model_goes_on_with_one_press(client, people):
    year = timezone.localdate().year
    now = CampaignFactory(year=year)
    before = RegistrationFactory(
        unit=people[0], campaign=CampaignFactory(year=year - 1), recognised=True, outcome="maintain"
    )
    page = client.get(START)
    assert [row.registration for row in page.context["earlier"]["rows"]] == [before]
    data = {"campaign": now.pk, "seen_version": before.version}
    client.post(reverse("models_registry:act", args=[before.pk, "renew"]), data)
    draft = Registration.objects.get(campaign=now)
    assert (draft.previous, draft.title, draft.novelty) == (before, before.title, "maintained")


def test_start_earlier_models_are_found_without_accents(client, people):
    year = timezone.localdate().year
    CampaignFactory(year=year)
    last = CampaignFactory(year=year - 1)
    RegistrationFactory(unit=people[0], campaign=last, recognised=True, title="Tủ sách khuyến học")
    RegistrationFactory(unit=people[0], campaign=last, recognised=True, title="Đường hoa")
    found = client.get(START, {"earlier": "tu sach"}).context["earlier"]
    assert [str(row.registration) for row in found["rows"]] == ["Tủ sách khuyến học"]
    assert client.get(START, {"earlier": "không có\x00"}).status_code == 200


def test_start_after_every_window_closed_says_so_instead_of_asking(client, people):
    long_ago = timezone.localdate() - datetime.timedelta(days=60)
    campaign = CampaignFactory()
    for level in Level:
        CampaignWindowFactory(campaign=campaign, level=level, opens_on=long_ago)
    page = client.get(START)
    assert page.context["closed"]
    assert not page.context["has_campaign"]
    ExtensionFactory(campaign=campaign, unit=people[0])
    assert client.get(START).context["has_campaign"]


def test_similar_is_a_page_of_its_own_too(client, people):
    RegistrationFactory(title="Tủ sách khuyến học", accepted=True)
    for answer in (
        client.get(reverse("models_registry:similar"), {"title": "tu sach khuyen hoc"}),
        client.post(reverse("models_registry:similar"), {"title": "tu sach khuyen hoc"}),
    ):
        assert "DVK-" in answer.content.decode()
    assert (
        client.get(
            reverse("models_registry:similar"), {"title": "\x00", "registration": "9" * 40}
        ).status_code
        == 200
    )


def test_start_that_was_refused_says_so_at_the_top(client, people):
    CampaignFactory()
    page = client.post(START, {"title": "Chưa chọn đơn vị", "unit": "x"})
    assert {"id_unit"} <= {one["id"] for one in page.context["refused"]}
    text = page.content.decode()
    assert text.index('id="refused"') < text.index('class="form-steps"')


def test_start_saved_without_a_level_tells_that_it_is_missing(client, people):
    campaign = CampaignFactory()
    data = {"unit": people[0].pk, "campaign": campaign.pk, "title": "Khéo trong giữ ngõ sạch"}
    page = client.post(START, data, follow=True)
    told = str(next(iter(page.context["messages"])))
    assert checklist.label_of("level") in told
    assert checklist.label_of("title") not in told


def test_start_of_a_commune_begins_at_the_grassroots_and_says_what_a_level_is(client, people):
    CampaignFactory()
    form = client.get(START).context["form"]
    assert form["level"].value() == Level.GRASSROOTS
    assert all(form[name].help_text for name in ("kind", "subject", "level"))


def test_start_of_another_unit_leaves_the_level_open(client):
    committee = UnitFactory(kind=UnitKind.COMMITTEE)
    CampaignFactory()
    client.force_login(user_with(Role.OFFICIAL, committee))
    assert not client.get(START).context["form"]["level"].value()


def test_start_level_left_open_before_stays_open(client, people):
    CampaignFactory()
    services.keep_typing(people[1], None, "identity", {"title": "Nửa tên", "level": ""}, base_version=0)
    assert not client.get(START).context["form"]["level"].value()


def test_start_with_nothing_to_choose_begins_with_the_title(client, people):
    CampaignFactory()
    names = [field.name for field in client.get(START).context["form"].visible_fields()]
    assert (names[0], names[-2:]) == ("title", ["campaign", "unit"])


def test_start_of_two_units_first_asks_for_which(client, people):
    CampaignFactory()
    PositionFactory(user=people[1], role=Role.OFFICIAL, unit=UnitFactory())
    names = list(client.get(START).context["form"].fields)
    assert names[:3] == ["campaign", "unit", "title"]
