"""A reorganisation by its pages: looked at, confirmed by the password, carried out with its positions."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mobilization.accounts.models import Position
from mobilization.accounts.states import Role
from mobilization.units.models import Succession, Unit
from tests.accounts.factories import PASSWORD, user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
ON = datetime.date(2027, 1, 1)
UNITS = "code,kind,full_name,name,parent_code,valid_from,valid_to,lat,lon,population,area_km2,seat"
LINKS = (
    "predecessor_code,predecessor_from,predecessor_name,successor_code,successor_from,successor_name,"
    "on,relation,share,is_main,basis"
)


@pytest.fixture
def administrator(client):
    user = user_with(Role.ADMINISTRATOR, city())
    client.force_login(user)
    return user


@pytest.fixture
def official():
    return user_with(Role.OFFICIAL, UnitFactory(code="99001", full_name="Xã Cũ", name="Cũ"))


@pytest.fixture
def texts(official):
    old = Unit.objects.get(code="99001")
    return {
        "units": f"{UNITS}\n99001,commune,Xã Cũ,Cũ,01,{old.valid_from},{ON},,,,,\n99002,ward,Phường Mới,Mới,01,{ON},,,,,,\n",
        "successions": f"{LINKS}\n99001,{old.valid_from},Xã Cũ,99002,{ON},Phường Mới,{ON},whole,1,1,Nghị quyết 1\n",
    }


def test_reorganisation_preview_tells_units_and_positions_and_changes_nothing(
    client, administrator, official, texts
):
    files = {f"{name}_file": SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in texts.items()}
    page = client.post(reverse("accounts:reorganise"), files).content.decode()
    for words in ("Phường Mới", "Xã Cũ", official.full_name):
        assert words in page
    assert not Unit.objects.filter(code="99002").exists()
    assert Position.objects.get(user=official).valid_to is None


def test_reorganisation_asks_for_the_password_then_moves_units_and_positions(
    client, administrator, official, texts
):
    sent = {f"{name}_text": text for name, text in texts.items()}
    apply = reverse("accounts:apply_reorganisation")
    asked = client.post(apply, sent)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not Unit.objects.filter(code="99002").exists()
    done = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": apply})
    assert done["Location"] == reverse("units:list")
    assert Succession.objects.get().successor.full_name == "Phường Mới"
    positions = Position.objects.filter(user=official).order_by("valid_from")
    assert [(position.unit.full_name, position.valid_to) for position in positions] == [
        ("Xã Cũ", ON),
        ("Phường Mới", None),
    ]


def test_reorganisation_that_has_become_wrong_meanwhile_is_told(client, administrator, texts):
    sent = {"units_text": texts["units"].replace("99002,ward", "99002,hamlet")}
    apply = reverse("accounts:apply_reorganisation")
    client.post(apply, sent)
    response = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": apply})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
