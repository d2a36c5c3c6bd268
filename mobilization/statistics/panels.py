"""What stands on the staff page of a record once its year is closed."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from awards import page_parts as of_decisions
from dialogues import page_parts as of_dialogues
from mobilization.core.page_parts import Part, Shown
from mobilization.statistics import corrections
from mobilization.statistics.models import Correction
from mobilization.units import closed_years
from models_registry import page_parts as of_registrations


def closed(request: HttpRequest, record: Model) -> Shown:
    """Say that the record no longer changes, and lead whoever may to asking for a correction, or to the one that waits."""
    year = corrections.year_of(record)
    is_counted = getattr(record, "is_counted", True) and not getattr(record, "is_draft", False)
    if year is None or not is_counted or not closed_years.is_closed(record.unit, year):
        return None
    shown: dict[str, Any] = {"year": year, "word": corrections.word_of(record)}
    if request.user.has_perm("statistics.view_corrections", record.unit):
        waiting = Correction.objects.waiting().filter(record=closed_years.key_of(record))
        shown["waiting"] = waiting.visible_to(request.user).first()
    shown["may_ask"] = not shown.get("waiting") and request.user.has_perm(
        "statistics.ask_correction", record.unit
    )
    return "statistics/closed_record.html", shown


PART = Part("statistics.closed", closed, "top", 10)
for _room in (of_registrations, of_dialogues, of_decisions):
    _room.register(PART)
