"""The gate before the staff pages: signed in, with a position in force, with a second factor where it is owed.

Asked on every request, so that whoever loses the last position is out at once, with whatever session.
"""

from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mobilization.accounts.states import Role

# What a signed-in person may open before the gate lets through: the way to pass it, and the own account.
OPEN_TO_SIGNED_IN = frozenset({"accounts:no_position", "accounts:second_factor", "accounts:profile"})


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect that ``request`` gets instead of a staff page, or None where the gate lets it through."""
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.resolver_match.view_name in OPEN_TO_SIGNED_IN:
        return None
    if not user.positions_in_force():
        return redirect("accounts:no_position")
    if owes_second_factor(user):
        query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return redirect(f"{reverse('accounts:second_factor')}{'?' if query else ''}{query}")
    return None


def owes_second_factor(user) -> bool:
    """Tell whether ``user`` holds a city role but has no second factor yet, where the installation asks for one."""
    return settings.REQUIRE_SECOND_FACTOR and user.has_role(*Role.CITY) and not is_mfa_enabled(user)
