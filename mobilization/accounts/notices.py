"""Mails about accounts. They carry a link and the name, nothing else of a person."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage, send_mail
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


def send_sign_in_mail(template: str, *, email: str, language: str, user: User | None) -> None:
    """Send a mail of the sign-in pages: to ``user`` with a one-time link, or to an address that no account has.

    ``template`` is the prefix of its two templates. Raises ``OSError`` while the mail server is away.
    """
    with translation.override(user.language if user else language):
        words = {"email": email, "site_url": settings.SITE_URL}
        if user is not None:
            words |= {"user": user, "password_reset_url": one_time_link(user)}
        subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
        body = render_to_string(f"{template}_message.txt", words).strip() + "\n"
    EmailMessage(subject, body, to=[email]).send()
