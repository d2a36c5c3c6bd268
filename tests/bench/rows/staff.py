"""Staff pages beside the admin's changelist; what waits for a decision beside the changelist filtered by its state.

The table of units beside a view that counts for each unit and state, and its lines beside the SQL by hand.
"""

from collections.abc import Iterator
from functools import partial

from django.db import connection
from django.db.models import Count
from django.test import Client

from mobilization.accounts.models import User
from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from models_registry.matrix import last_day_of, lines_of
from models_registry.models import Campaign, Registration
from models_registry.querysets import READERS
from tests.bench.pages import page
from tests.bench.runner import Row

CHANGELIST = "/plain/admin/models_registry/registration/"
PAGES = (
    ("queue", "/desk/registrations/review/", f"{CHANGELIST}?state__exact=submitted"),
    ("list", "/desk/registrations/", CHANGELIST),
    (
        "queue of one field",
        "/desk/registrations/review/?field=economy",
        f"{CHANGELIST}?state__exact=submitted&field__exact=economy",
    ),
    (
        "list of a year and field",
        "/desk/registrations/?year=2024&field=economy",
        f"{CHANGELIST}?year__exact=2024&field__exact=economy",
    ),
)
SPEED = 8
YEARS = {"126 units of today": 2026, "579 units under 30 of 2024": 2024}
COST = 2
BY_HAND = """
    SELECT unit.id, unit.code, unit.full_name, parent.full_name, coalesce(own.number, kind.number), counted.*
    FROM units_unit unit
    LEFT JOIN units_unit parent ON parent.id = unit.parent_id
    LEFT JOIN models_registry_target own ON own.unit_id = unit.id AND own.campaign_id = %(campaign)s
    LEFT JOIN models_registry_kindtarget kind ON kind.unit_kind = unit.kind AND kind.campaign_id = %(campaign)s
    LEFT JOIN (
        SELECT unit_id, count(*) FILTER (WHERE state = 'draft'), count(*) FILTER (WHERE state = 'submitted'),
               count(*) FILTER (WHERE state IN ('returned', 'report_returned')),
               count(*) FILTER (WHERE state = 'accepted'), count(*) FILTER (WHERE state = 'reported'),
               count(*) FILTER (WHERE state = 'recognised'),
               count(*) FILTER (WHERE state NOT IN ('draft', 'withdrawn', 'declined') AND (late OR report_late)),
               count(*) FILTER (WHERE state NOT IN ('draft', 'withdrawn', 'declined'))
        FROM models_registry_registration WHERE campaign_id = %(campaign)s GROUP BY unit_id
    ) counted ON counted.unit_id = unit.id
    WHERE unit.path LIKE %(path)s AND unit.valid_from <= %(day)s AND (unit.valid_to IS NULL OR unit.valid_to > %(day)s)
    ORDER BY unit.sort_key
"""


def rows() -> Iterator[Row]:
    """The queue of a reviewer and of the city, and the list of each, as they begin and narrowed."""
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
    yield from _units(people["city staff"][0])


def _units(staff: User) -> Iterator[Row]:
    client = Client()
    client.force_login(staff)
    for what, year in YEARS.items():
        campaign = Campaign.objects.select_related("city").filter(year=year).first()
        if campaign is None:
            continue
        ours = page(f"/desk/registrations/units/?campaign={campaign.pk}", client)
        plain = page(f"/plain/units/{campaign.pk}/", client)
        yield Row(f"units × campaign, {what}", ours, plain, "a count a cell", "speed", SPEED, rounds=3)
        lines = partial(lines_of, campaign, scope_units(staff, *READERS))
        by_hand = partial(_fetch, campaign)
        yield Row(f"its lines, {what}", lines, by_hand, "one SQL by hand", "cost", COST)


def _fetch(campaign: Campaign) -> list[tuple]:
    day, path = last_day_of(campaign.year), f"{campaign.city.path}%"
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"campaign": campaign.pk, "path": path, "day": day})
        return cursor.fetchall()
