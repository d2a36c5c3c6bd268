"""Mails about accounts. They carry a link and the name, nothing else of a person."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _

from mobilization.accounts.models import User


def one_time_link(user: User) -> str:
    """Return the link by which ``user`` sets a password: once, and within ``PASSWORD_RESET_TIMEOUT`` seconds.

    Setting a password, or inviting again, makes it worthless.
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": int_to_base36(user.pk), "key": default_token_generator.make_token(user)},
    )
    return settings.SITE_URL.rstrip("/") + path


def send_invitation(user: User) -> None:
    """Write to ``user``, in the account's language, who may now sign in, for which positions, and by which link."""
    with translation.override(user.language):
        context = {
            "user": user,
            "link": one_time_link(user),
            "positions": user.positions.not_ended().select_related("unit"),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }
        send_mail(
            subject=_("Your account in the Skilled Mass Mobilization portal"),
            message=render_to_string("accounts/mail/invitation.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            recipient_list=[user.email],
        )
