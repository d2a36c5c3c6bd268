"""Public pages for those who are not signed in: made once for each state of the data, handed out as bytes.

The key is all that a page depends on: address, language, the number of the last change of public data, the day, and
the release. Nothing has to be thrown away when something changes, and a change shows at once. The room is bounded:
each address has one of ``SLOTS`` places, and the later page takes it. What a process has handed out last it has at
hand itself. A page is kept compressed, as nearly every browser takes it, and handed out so: it holds nothing of one
visitor that its size could tell.
"""

import gzip
import hashlib
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from redis.exceptions import RedisError

from mobilization.portal.changes import Stamp, noted

SLOTS = 4096
AT_HAND = 128
ROOM_AT_HAND = 8 * 1024 * 1024
LONGEST_ADDRESS = 500
LARGEST_PAGE = 512 * 1024
LEVEL = 6
"""Of compression: what the highest gains more is not worth twice the time before the first reader sees the page."""
CODE = ("mobilization", "models_registry", "dialogues", "awards", "templates")
OK = 200

View = Callable[..., HttpResponse]
Identity = tuple[Any, ...]

logger = logging.getLogger(__name__)
_at_hand: dict[str, "Page"] = {}


class Page(NamedTuple):
    """What is kept of an answer; ``packed`` is its body as gzip."""

    identity: Identity
    headers: dict[str, str]
    packed: bytes


def public_page(view: View) -> View:
    """Mark a view whose answer is the same for everybody who is not signed in."""
    view.is_public_page = True
    return view


class PublicPageMiddleware:
    """Answers public pages from the cache. Stands above the session: a kept page asks nobody who one is."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks = request.method in {"GET", "HEAD"} and not connection.in_atomic_block
        if not asks or not _is_public(settings.ROOT_URLCONF, request.path_info):
            return self.get_response(request)
        with noted() as stamp:
            if not _is_for_everybody(request):
                return self.get_response(request)
            identity = _identity(request, stamp)
            page = _read(identity)
            if page is None:
                response = self.get_response(request)
                if not _may_be_kept(request, response):
                    return response
                _finish(response)
                page = _write(identity, response)
        response = _answer(request, page)
        return get_conditional_response(request, etag=response["ETag"], response=response)


def _is_for_everybody(request: HttpRequest) -> bool:
    """Tell whether the answer may be one for everybody: asked for by nobody in particular."""
    cookies = request.COOKIES
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and settings.SESSION_COOKIE_NAME not in cookies
        and "messages" not in cookies
        and "Authorization" not in request.headers
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


@lru_cache(maxsize=SLOTS)
def _is_public(urlconf: str, path: str) -> bool:
    """Tell whether the view behind ``path`` is marked."""
    try:
        return getattr(resolve(path, urlconf).func, "is_public_page", False)
    except Resolver404:
        return False


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether the answer holds nothing of one visitor: no cookie (so no token and no session), no nonce."""
    return (
        response.status_code == OK
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response
        and getattr(request, "_csp_nonce", None) is None
        and len(response.content) <= LARGEST_PAGE
    )


def _identity(request: HttpRequest, stamp: Stamp) -> Identity:
    htmx = request.headers.get("HX-Request", "")
    return (
        (request.scheme, request.get_host(), request.get_full_path(), get_language(), htmx),
        stamp,
        _release(),
    )


def _finish(response: HttpResponse) -> None:
    """Let browsers keep the page, and ask each time whether it still holds; packed or not, it is the same page."""
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response.headers["ETag"] = f'W/"{digest}"'
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """Return the page as the browser takes it; who takes no compressed one is rare, and waits a moment longer."""
    headers, body = dict(page.headers), page.packed
    if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return HttpResponse(body, headers={**headers, "Content-Length": str(len(body))})


def _slot(identity: Identity) -> str:
    digest = hashlib.sha256(repr(identity[0]).encode()).digest()
    return f"portal:page:{int.from_bytes(digest[:8]) % SLOTS}"


def _read(identity: Identity) -> Page | None:
    """Return the kept page, None where there is none; without the cache the pages still come, only slower."""
    slot = _slot(identity)
    page = _at_hand.get(slot)
    if page is None or page.identity != identity:
        page = _fetch(slot)
        if page is None or page.identity != identity:
            return None
        _lay_at_hand(slot, page)
    return page


def _fetch(slot: str) -> Page | None:
    try:
        return cache.get(slot)
    except RedisError as error:
        logger.warning("Public pages are not kept: %s", error)
        return None


def _write(identity: Identity, response: HttpResponse) -> Page:
    body = response.content
    page = Page(identity, dict(response.headers), gzip.compress(body, LEVEL, mtime=0))
    slot = _slot(identity)
    _lay_at_hand(slot, page)
    try:
        cache.set(slot, page, settings.PAGE_CACHE_SECONDS)
    except RedisError as error:
        logger.warning("Public pages are not kept: %s", error)
    return page


def _lay_at_hand(slot: str, page: Page) -> None:
    """Keep the page in this process; of too many, or of too large ones, the oldest go."""
    _at_hand.pop(slot, None)
    kept = list(_at_hand.items())
    room = ROOM_AT_HAND - len(page.packed) - sum(len(other.packed) for _slot, other in kept)
    for place, (oldest, other) in enumerate(kept):
        if room >= 0 and len(kept) - place < AT_HAND:
            break
        room += len(other.packed)
        _at_hand.pop(oldest, None)
    _at_hand[slot] = page


@lru_cache(maxsize=1)
def _release() -> str:
    """Return what tells this release from the one before: no page of that is shown any more."""
    # Pages name files by their content: an older page would name some that are gone.
    files = getattr(staticfiles_storage, "manifest_hash", "")
    told = (settings.SITE_URL, settings.DEMONSTRATION, settings.STATIC_URL, files)
    known = hashlib.sha256(repr(told).encode())
    for room in CODE:
        for path in sorted((settings.BASE_DIR / room).rglob("*")):
            if path.suffix in {".py", ".html", ".mo"}:
                known.update(f"{path} {path.stat().st_mtime_ns}".encode())
    return known.hexdigest()
