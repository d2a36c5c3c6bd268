"""The figures of a unit and year."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from mobilization.api.figure_schemas import MeasureDefinition, StatisticsAnswer, StatisticsNotes
from mobilization.api.parameters import StatisticsParameters, unit_meant
from mobilization.api.problems import BadParameter, Problems
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.notes import notes_of
from mobilization.statistics.readers import statistics_of
from mobilization.statistics.states import Dimension
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
    return statistics_of(asked.year, _unit(asked), asked.basis, asked.scope)


@router.get(
    "/statistics/notes",
    response={200: StatisticsNotes, 422: Problems},
    url_name="statistics_notes",
    operation_id="statistics_notes",
    summary=gettext_noop("What estimates rest on, and what was adjusted after the closing"),
    description=gettext_noop(
        "Beside the figures of the same unit and year; the sealed figures never change."
    ),
)
def notes(request: HttpRequest, asked: Query[StatisticsParameters]) -> dict[str, Any]:
    """Answer the split units behind estimates, and the adjustments with their causes."""
    return notes_of(asked.year, _unit(asked), asked.basis, asked.scope)


@router.get(
    "/measures",
    response=list[MeasureDefinition],
    url_name="measures",
    operation_id="measures",
    summary=gettext_noop("What each figure means"),
    description=gettext_noop("The registry of measures, in the order in which they are shown."),
)
def measures(request: HttpRequest) -> list[dict[str, Any]]:
    """Answer every measure with its definition."""
    return [
        {
            "code": measure.code,
            "label": str(measure.label),
            "definition": str(measure.definition),
            "records": str(measure.records),
            "answerable": str(measure.answerable),
            "breakdowns": [str(dimension) for dimension in measure.dimensions if dimension != Dimension.NONE],
        }
        for measure in MEASURES.values()
    ]


def _unit(asked: StatisticsParameters) -> Unit:
    unit = unit_meant(asked.unit) if asked.unit is not None else Unit.objects.cities().in_force().first()
    if unit is None:
        raise BadParameter("unit", _("There is no unit with this id."))
    return unit
