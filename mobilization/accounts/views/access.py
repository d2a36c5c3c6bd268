"""What every staff page stands on."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from mobilization.accounts.gate import refusal


class StaffRequiredMixin:
    """A staff page: behind the gate and, where ``page_permission`` is named, only for those who hold it at all.

    What one may not see is 404. Permissions on the object itself are asked by ``ObjectPermissionMixin``.
    """

    page_permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the gate, then the policy, then go on."""
        answer = refusal(request)
        if answer is not None:
            return answer
        if self.page_permission and not request.user.has_perm(self.page_permission):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PasswordAgainMixin:
    """A dangerous act: its POST asks for the password once more, then goes on where it was.

    Stands after ``StaffRequiredMixin``, so that nobody is asked for an act that is not theirs.
    """

    @method_decorator(reauthentication_required(allow_get=True))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask again, unless that was done a short while ago."""
        return super().dispatch(request, *args, **kwargs)
