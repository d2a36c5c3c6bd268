"""Deny by default: nothing under /desk/ answers before the gate was asked, whatever its view forgot."""

from collections.abc import Callable

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse

from mobilization.accounts.gate import refusal

STAFF_PREFIX = "/desk/"


class StaffGateMiddleware:
    """Ask the gate for every staff page. Stands after the middlewares that know the user and the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Answer in the view's place where the gate refuses."""
        if not request.path_info.startswith(STAFF_PREFIX):
            return None
        # It is known by now who asks, or will be at once: pages ask the person, not what stands for one.
        request.user = get_user(request)
        return refusal(request)
