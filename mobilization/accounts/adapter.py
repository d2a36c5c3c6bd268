"""What the portal decides otherwise than allauth: nobody signs up, and people read their own language at once."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail address for invited people only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse always: accounts are made by administrators."""
        return False

    def post_login(self, request: HttpRequest, user, **details: object) -> HttpResponse:
        """Lead on as allauth does, in the language of the account."""
        response = super().post_login(request, user, **details)
        remember_language(response, user.language)
        return response


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
        )
