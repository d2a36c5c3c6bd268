"""Two questions a machine asks: does the process live, and can it work?"""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database and Redis answer: 200, otherwise 503; says which, never why."""
    parts = {"database": _works(_ask_database), "redis": _works(_ask_redis)}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _works(ask) -> bool:
    try:
        ask()
    except Exception:  # noqa: BLE001 -- whatever is wrong, the answer is "not ready"
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    cache.get("readyz")
