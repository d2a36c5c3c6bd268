"""Staff pages beside the admin's changelist; what waits for a decision beside the changelist filtered by its state."""

from collections.abc import Iterator

from django.db.models import Count
from django.test import Client

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from models_registry.models import Registration
from tests.bench.pages import page
from tests.bench.runner import Row

CHANGELIST = "/plain/admin/models_registry/registration/"
PAGES = (
    ("queue", "/desk/registrations/review/", f"{CHANGELIST}?state__exact=submitted"),
    ("list", "/desk/registrations/", CHANGELIST),
)
SPEED = 8


def rows() -> Iterator[Row]:
    """The queue of a reviewer and of the city, and the list of each."""
    waiting = (
        Registration.objects.awaiting_review()
        .filter(unit__valid_to=None)
        .values("unit")
        .annotate(n=Count("pk"))
    )
    busiest = waiting.order_by("-n", "unit")[0]["unit"]
    people = {
        "reviewer of a commune": User.objects.filter(positions__role=Role.REVIEWER, positions__unit=busiest),
        "city staff": User.objects.filter(positions__role=Role.CITY_STAFF),
    }
    for who, found in people.items():
        client = Client()
        client.force_login(found[0])
        for what, ours, theirs in PAGES:
            label = f"{what}, {who}"
            yield Row(label, page(ours, client), page(theirs, client), "admin changelist", "speed", SPEED)
