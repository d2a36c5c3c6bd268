"""What each figure means: the registry of measures, for everybody."""

from typing import Any

from django.utils.translation import get_language, override
from django.views.generic import TemplateView

from mobilization.statistics.measures import MEASURES
from mobilization.statistics.measuring import Measure

OTHER = {"vi": "en", "en": "vi"}


class DefinitionsView(TemplateView):
    """All measures in the order in which they are shown, each under its code as an anchor."""

    template_name = "portal/definitions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a line per measure; nothing is asked of the database."""
        return super().get_context_data(measures=[_line(measure) for measure in MEASURES.values()], **kwargs)


def _line(measure: Measure) -> dict[str, Any]:
    other = OTHER.get((get_language() or "vi")[:2], "vi")
    with override(other):
        other_label = str(measure.label)
    return {
        "code": measure.code,
        "label": measure.label,
        "definition": measure.definition,
        "records": measure.records,
        "answerable": measure.answerable,
        "breakdowns": [str(dimension.label) for dimension in measure.dimensions if dimension != "none"],
        "other_language": other,
        "other_label": other_label,
    }
