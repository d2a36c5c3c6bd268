"""Units as of a date."""

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from mobilization.api.parameters import UnitParameters, page_of
from mobilization.api.problems import Problems
from mobilization.api.schemas import UnitPage
from mobilization.core.paging import KeysetPage
from mobilization.units.models import Unit

router = Router(tags=["units"])


@router.get(
    "/units",
    response={200: UnitPage, 422: Problems},
    url_name="units",
    operation_id="units",
    summary=gettext_noop("Units in force on a day"),
    description=gettext_noop(
        "Neither code nor name is a key: ask for a day, and refer to units by their id."
    ),
)
def units(request: HttpRequest, asked: Query[UnitParameters]) -> KeysetPage:
    """Answer the units in force on a day, by code, kind or parent."""
    found = Unit.objects.in_force(asked.on)
    if asked.code is not None:
        found = found.filter(code=asked.code)
    if asked.kind:
        found = found.of_kind(*asked.kind)
    if asked.parent is not None:
        found = found.filter(parent=asked.parent)
    return page_of(found, ("sort_key", "valid_from", "id"), asked)
