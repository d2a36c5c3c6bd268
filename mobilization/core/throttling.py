"""How often one address may try something, counted in the cache and forgotten by itself."""

import ipaddress
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

SAME_HOUSEHOLD = 64
"""The bits of an IPv6 address that one line is given: whoever has one has all addresses behind them."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Throttle:
    """At most ``limit`` of what ``name`` counts, in ``seconds`` from the first on.

    Without the cache nothing is counted and everybody may: a page that helps people does not stop with it.
    """

    name: str
    limit: int
    seconds: int

    def is_over(self, request: HttpRequest) -> bool:
        """Tell whether this address has used up what it may."""
        try:
            return cache.get(self._key(request), 0) >= self.limit
        except RedisError as problem:
            logger.warning("%s is not throttled: %s", self.name, problem)
            return False

    def count(self, request: HttpRequest) -> None:
        """Count one more of this address."""
        key = self._key(request)
        try:
            if not cache.add(key, 1, self.seconds):
                cache.incr(key)
        except ValueError:  # forgotten between the two
            cache.add(key, 1, self.seconds)
        except RedisError as problem:
            logger.warning("%s is not throttled: %s", self.name, problem)

    def _key(self, request: HttpRequest) -> str:
        return f"throttle:{self.name}:{client_address(request)}"


def client_address(request: HttpRequest) -> str:
    """Return the address of the machine that asks; for IPv6 the part that its line has in common.

    Behind ``settings.TRUSTED_PROXIES`` proxies the address is the one that the outermost of them has written into
    X-Forwarded-For; what stands before it there was written by whoever asks, and is not believed.
    """
    proxies = settings.TRUSTED_PROXIES
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = told[-proxies] if 0 < proxies <= len(told) else request.META.get("REMOTE_ADDR", "")
    try:
        known = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if known.version == 4:  # noqa: PLR2004 -- the version's own name
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, SAME_HOUSEHOLD), strict=False).network_address)
