"""Setting up, using and taking away a second factor, page by page."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from mobilization.accounts.signin_forms import AddPasskeyForm
from mobilization.accounts.states import Role
from tests.accounts.factories import PASSWORD, user_with
from tests.accounts.test_views import prove
from tests.units.factories import city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def staff(client):
    user = user_with(Role.CITY_STAFF, city(), email="ha@example.vn")
    client.force_login(user)
    return user


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def test_second_factor_set_up_by_the_pages_opens_the_desk(client, staff):
    assert client.get("/desk/")["Location"].startswith(reverse("accounts:second_factor"))
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    page = client.post(
        reverse("account_reauthenticate"),
        {"password": PASSWORD, "next": reverse("mfa_activate_totp")},
        follow=True,
    )
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).context["form"].errors
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert done.request["PATH_INFO"] == reverse("mfa_view_recovery_codes")
    assert RecoveryCodes(staff.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0] in (
        done.content.decode()
    )
    assert client.get("/desk/").status_code == 200


def test_second_factor_taken_away_by_an_administrator_shuts_the_desk_at_once(client, staff):
    TOTP.activate(staff, generate_totp_secret())
    assert client.get("/desk/").status_code == 200
    Authenticator.objects.filter(user=staff).delete()
    assert client.get("/desk/")["Location"].startswith(reverse("accounts:second_factor"))


def test_recovery_code_signs_in_once(client, staff):
    TOTP.activate(staff, generate_totp_secret())
    code = RecoveryCodes.activate(staff).get_unused_codes()[0]
    for answer in (302, 200):
        client.logout()
        client.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == answer


def test_second_factor_page_leads_on_whoever_has_one(client, staff):
    TOTP.activate(staff, generate_totp_secret())
    page = reverse("accounts:second_factor")
    assert client.get(page, {"next": "/desk/units/"})["Location"] == "/desk/units/"
    assert client.get(page, {"next": "https://evil.example/"})["Location"] == reverse("desk:home")


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate",
        "account_reauthenticate",
    ],
)
def test_page_of_the_second_factor_opens_when_all_kinds_are_set_up(client, staff, name):
    TOTP.activate(staff, generate_totp_secret())
    RecoveryCodes.activate(staff)
    args = []
    if name in {"mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"}:
        passkey = {"name": "Điện thoại", "credential": {}}
        key = Authenticator.objects.create(user=staff, type=Authenticator.Type.WEBAUTHN, data=passkey)
        args = [key.pk] if name != "mfa_list_webauthn" else []
    prove(client, staff)
    assert client.get(reverse(name, args=args)).status_code == 200


def test_page_of_a_new_key_proposes_a_name_and_says_what_the_device_asks(client, staff):
    prove(client, staff)
    form = client.get(reverse("mfa_add_webauthn")).context["form"]
    assert form.initial["name"] == gettext("Key %(number)s") % {"number": 1}
    assert form.fields["passwordless"].help_text == AddPasskeyForm.hints["passwordless"]
