"""Signing in, the second factor, and the gate before the staff pages."""

import datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from celery import current_app
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.accounts.tasks import MOST_RETRIES, send_sign_in_mail
from tests.accounts.factories import PASSWORD, PositionFactory, UserFactory, user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
DESK = "/desk/"


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sign_in_with_the_address_in_any_case_leads_to_the_desk(client):
    user_with(Role.OFFICIAL, UnitFactory(), email="mai@example.vn")
    response = sign_in(client, "Mai@EXAMPLE.vn")
    assert response["Location"] == reverse("desk:home")


def test_asking_for_links_too_often_is_answered_by_a_page_of_the_portal(client):
    asked = [client.post(reverse("account_reset_password"), {"email": "mai@example.vn"}) for _ in range(6)]
    assert [response.status_code for response in asked] == [302] * 5 + [429]
    assert "429.html" in [template.name for template in asked[-1].templates]


def test_sign_in_leads_to_the_page_that_was_wanted(client):
    user_with(Role.OFFICIAL, UnitFactory(), email="mai@example.vn")
    wanted = reverse("accounts:profile")
    asked = client.get(wanted)
    assert asked["Location"] == f"{reverse('account_login')}?next={wanted}"
    response = client.post(asked["Location"], {"login": "mai@example.vn", "password": PASSWORD})
    assert response["Location"] == wanted


def test_sign_in_speaks_the_language_of_the_account(client):
    user_with(Role.OFFICIAL, UnitFactory(), email="mai@example.vn", language="en")
    assert sign_in(client, "mai@example.vn").cookies["django_language"].value == "en"


@pytest.mark.parametrize(
    ("email", "password"),
    [("mai@example.vn", "wrong"), ("nobody@example.vn", PASSWORD), ("mai@example.vn\x00", PASSWORD)],
)
def test_sign_in_with_something_wrong_says_so(client, email, password):
    UserFactory(email="mai@example.vn")
    response = sign_in(client, email, password)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_sign_in_with_a_closed_account_is_refused(client):
    UserFactory(email="mai@example.vn", is_active=False)
    assert sign_in(client, "mai@example.vn")["Location"] == reverse("account_inactive")


def test_sign_in_with_an_account_that_awaits_its_invitation_is_refused(client):
    User.objects.create_user("mai@example.vn", "Mai")
    assert sign_in(client, "mai@example.vn", "").status_code == 200
    assert "_auth_user_id" not in client.session


def test_sign_in_after_too_many_attempts_is_refused_even_with_the_right_password(client):
    UserFactory(email="mai@example.vn")
    for _ in range(6):
        sign_in(client, "mai@example.vn", "wrong")
    sign_in(client, "mai@example.vn")
    assert "_auth_user_id" not in client.session


def test_sign_up_makes_no_account(client):
    client.post(
        reverse("account_signup"), {"email": "me@example.vn", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.exists()


def test_staff_page_without_a_position_says_so_in_a_friendly_way(client):
    client.force_login(UserFactory(full_name="Lê Mai"))
    response = client.get(reverse("accounts:list"), follow=True)
    assert response.request["PATH_INFO"] == reverse("accounts:no_position")
    assert "Lê Mai" in response.content.decode()


def test_position_that_ends_shuts_the_desk_at_the_next_request(client):
    position = PositionFactory(unit=UnitFactory())
    client.force_login(position.user)
    assert client.get(DESK).status_code == 200
    position.valid_to = timezone.localdate()
    position.save()
    assert client.get(DESK)["Location"] == reverse("accounts:no_position")


def test_position_that_begins_tomorrow_does_not_open_the_desk_today(client):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    client.force_login(PositionFactory(unit=UnitFactory(), valid_from=tomorrow).user)
    assert client.get(DESK)["Location"] == reverse("accounts:no_position")


def test_account_that_is_closed_is_signed_out_at_the_next_request(client):
    user = user_with(Role.OFFICIAL, UnitFactory())
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(DESK)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", sorted(Role.CITY))
def test_city_role_without_second_factor_is_led_to_set_it_up_where_it_is_required(client, settings, role):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(user_with(role, city()))
    response = client.get(DESK)
    assert response["Location"] == f"{reverse('accounts:second_factor')}?next=%2Fdesk%2F"
    assert client.get(response["Location"]).status_code == 200
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(("required", "role"), [(False, Role.CITY_STAFF), (True, Role.OFFICIAL)])
def test_second_factor_is_not_asked_where_it_is_not_required(client, settings, required, role):
    settings.REQUIRE_SECOND_FACTOR = required
    unit = city() if role in Role.CITY else UnitFactory()
    client.force_login(user_with(role, unit))
    assert client.get(DESK).status_code == 200


def test_sign_in_with_second_factor_asks_for_the_code_before_it_opens_the_desk(client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = user_with(Role.CITY_STAFF, city(), email="mai@example.vn")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert sign_in(client, "mai@example.vn")["Location"] == reverse("mfa_authenticate")
    assert client.get(DESK)["Location"].startswith(reverse("account_login"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    now = int(timezone.now().timestamp()) // 30
    right = client.post(reverse("mfa_authenticate"), {"code": format_hotp_value(hotp_value(secret, now))})
    assert right["Location"] == reverse("desk:home")
    assert client.get(DESK).status_code == 200


class AwayBackend(BaseEmailBackend):
    """A mail server that is away for so many attempts."""

    away, attempts = 0, 0

    def send_messages(self, messages):
        """Take the mail once it is there again."""
        AwayBackend.attempts += 1
        if AwayBackend.attempts <= AwayBackend.away:
            raise ConnectionRefusedError
        mail.outbox.extend(messages)


@pytest.fixture
def at_once():
    """What is asked of a worker is done at once, a later attempt too."""
    current_app.conf.task_always_eager = True
    AwayBackend.attempts = 0
    yield
    current_app.conf.task_always_eager = False


def test_forgotten_password_while_the_mail_server_is_away_is_answered_and_tried_again(
    client, settings, at_once
):
    settings.EMAIL_BACKEND, AwayBackend.away = f"{__name__}.AwayBackend", 2
    UserFactory(email="mai@example.vn")
    response = client.post(reverse("account_reset_password"), {"email": "mai@example.vn"})
    assert response["Location"] == reverse("account_reset_password_done")
    assert AwayBackend.attempts == 3
    assert [sent.to for sent in mail.outbox] == [["mai@example.vn"]]


def test_forgotten_password_while_no_worker_can_be_asked_is_answered(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(send_sign_in_mail, "apply_async", fail)
    for email in ("mai@example.vn", "nobody@example.vn"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        assert response["Location"] == reverse("account_reset_password_done")


def test_mail_of_a_forgotten_password_is_given_up_at_last(client, settings, at_once):
    settings.EMAIL_BACKEND, AwayBackend.away = f"{__name__}.AwayBackend", 1000
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.vn"})
    assert response["Location"] == reverse("account_reset_password_done")
    assert AwayBackend.attempts == 1 + MOST_RETRIES


def test_forgotten_password_of_an_account_that_was_closed_meanwhile_sends_nothing():
    user = UserFactory(email="mai@example.vn", is_active=False)
    send_sign_in_mail("account/email/password_reset_key", user.email, "vi", user.pk)
    assert mail.outbox == []


def test_forgotten_password_is_answered_alike_for_known_and_unknown_addresses(client, at_once):
    UserFactory(email="mai@example.vn")
    for email in ("mai@example.vn", "nobody@example.vn"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        assert response["Location"] == reverse("account_reset_password_done")
    known, unknown = mail.outbox
    assert "/accounts/password/reset/key/" in known.body
    assert "/accounts/" not in unknown.body


def test_link_of_a_forgotten_password_leads_to_the_public_address(client, settings, at_once):
    settings.SITE_URL = "https://dvk.example.vn"
    UserFactory(email="mai@example.vn")
    client.post(reverse("account_reset_password"), {"email": "mai@example.vn"})
    assert "https://dvk.example.vn/accounts/password/reset/key/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_signup",
        "account_inactive",
    ],
)
def test_sign_in_pages_open_without_an_account(client, name):
    assert client.get(reverse(name)).status_code == 200
