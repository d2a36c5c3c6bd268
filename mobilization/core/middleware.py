"""What happens to every request, whatever it asks for."""

import re
import uuid

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from mobilization.core.context import request_context

HEADER = "X-Request-Id"
COMPRESSED = frozenset({"application/json", "application/xml", "image/svg+xml"})
_plausible = re.compile(r"[\w-]{8,48}", re.ASCII)


class RequestIdMiddleware:
    """Gives each request an id and answers with it.

    It begins with the proxy's if that sent a plausible one. Its end is always ours: the log of acts joins by it what one
    click did, and nobody joins in there by sending the id of another request, or of a job.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "")
        own = uuid.uuid4().hex
        identifier = f"{given}-{own[:12]}" if _plausible.fullmatch(given) else own
        with request_context(identifier):
            response = self.get_response(request)
        response[HEADER] = identifier
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages and data for those who take it: text shrinks to a fifth, and the lines of wards are slow.

    Files are left as they are – pictures, PDF, workbooks are compressed in themselves –, and so is what is written
    while it is sent. Each answer gets a random length besides, so that none tells by its size what it holds (BREACH).
    """

    def process_response(self, request, response):
        """Return the answer, compressed where that is worth it."""
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or not (kind.startswith("text/") or kind in COMPRESSED):
            return response
        return super().process_response(request, response)


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
