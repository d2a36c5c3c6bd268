"""The figures of a unit and year."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from mobilization.api.parameters import StatisticsParameters, unit_meant
from mobilization.api.problems import BadParameter, Problems
from mobilization.api.schemas import StatisticsAnswer
from mobilization.statistics.readers import statistics_of
from mobilization.units.models import Unit

router = Router(tags=["statistics"])


@router.get(
    "/statistics",
    response={200: StatisticsAnswer, 422: Problems},
    url_name="statistics",
    operation_id="statistics",
    summary=gettext_noop("The figures of a unit and year"),
    description=gettext_noop(
        "“as_filed” stands under the units of the time, “current” is restated onto those of today."
    ),
)
def statistics(request: HttpRequest, asked: Query[StatisticsParameters]) -> dict[str, Any]:
    """Answer every measure with its breakdowns."""
    unit = unit_meant(asked.unit) if asked.unit is not None else Unit.objects.cities().in_force().first()
    if unit is None:
        raise BadParameter("unit", _("There is no unit with this id."))
    return statistics_of(asked.year, unit, asked.basis, asked.scope)
