"""What the portal decides otherwise than allauth: nobody signs up, and all it says is said in the portal's words."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from mobilization.accounts.models import User
from mobilization.accounts.querysets import normalise_email
from mobilization.accounts.tasks import send_sign_in_mail

logger = logging.getLogger(__name__)

WAYS = {
    "reauthenticate": _("With the password"),
    "mfa_reauthenticate": _("With a code of the app"),
    "mfa_reauthenticate:webauthn": _("With a passkey or security key"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail address for invited people only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask the portal administrator."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is wrong."),
        "incorrect_password": _("This password is wrong."),
        "invalid_or_expired_key": _("This link does not work any more."),
        "invalid_login": _("The sign-in did not work."),
        "invalid_password_reset": _("This link does not work any more."),
        "too_many_login_attempts": _("Too many attempts. Wait some minutes, then try again."),
        "unknown_email": _("There is no account with this e-mail address."),
        "rate_limited": _("Too many attempts. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse always: accounts are made by administrators."""
        return False

    def clean_email(self, email: str) -> str:
        """Bring an address into the form in which accounts keep it."""
        return normalise_email(email)

    def post_login(self, request: HttpRequest, user, **details: object) -> HttpResponse:
        """Lead on as allauth does, in the language of the account."""
        response = super().post_login(request, user, **details)
        remember_language(response, user.language)
        return response

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Return the ways to show once more that it is oneself, in the portal's words."""
        methods = super().get_reauthentication_methods(user)
        return [
            {**method, "description": WAYS.get(method["id"], method["description"])} for method in methods
        ]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the one-time link at the portal's public address, whatever host the request named."""
        uid, _separator, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return settings.SITE_URL.rstrip("/") + path

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Have a mail of the sign-in pages sent by a worker, and again while the mail server is away.

        The page neither waits for that server nor fails with it: whether there is an account, it does not tell.
        """
        user = context.get("user")
        mail = {"template": template_prefix, "email": email, "language": translation.get_language()}
        try:
            send_sign_in_mail.apply_async(kwargs=mail | {"user_id": user and user.pk}, retry=False)
        except (BrokerError, RedisError, OSError) as problem:
            # Whoever waits for the mail asks once more, as the page that follows says.
            logger.warning("A mail of the sign-in pages could not be handed to a worker: %s", problem)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor in the portal's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("This second factor cannot be taken away."),
        "cannot_generate_recovery_codes": _("Set up a second factor first; recovery codes stand in for it."),
        "incorrect_code": _("This code is wrong. Codes of an app change every half minute."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's word
        """Return the name that a new key bears until its owner gives it another."""
        kept = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Key %(number)s") % {"number": kept + 1}


def remember_language(response: HttpResponse, language: str) -> None:
    """Set the cookie by which pages find their language, as the language switch does."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        )
