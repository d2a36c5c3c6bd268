"""What happens to every request, whatever it asks for."""

import re
import uuid

from django.conf import settings
from django.utils import translation

from mobilization.core.context import request_context

HEADER = "X-Request-Id"
_plausible = re.compile(r"[\w-]{8,64}", re.ASCII)


class RequestIdMiddleware:
    """Gives each request an id, the proxy's if it sent a plausible one, and answers with it."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "")
        identifier = given if _plausible.fullmatch(given) else uuid.uuid4().hex
        with request_context(identifier):
            response = self.get_response(request)
        response[HEADER] = identifier
        return response


class ChosenLanguageMiddleware:
    """The language one has chosen, Vietnamese otherwise.

    What the browser prefers is not asked: offices run English systems, and read Vietnamese.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
