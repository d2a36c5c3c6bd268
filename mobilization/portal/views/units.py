"""Units: the list of those in force, and the page of each, of today or of the past."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from awards.models import Award
from dialogues.models import Dialogue
from mobilization.portal.figures import years_of
from mobilization.portal.lines import model_lines, rows_of
from mobilization.units.models import Unit
from models_registry.models import Registration

SHOWN = 5
MOST_FOUND = 200


class UnitListView(ListView):
    """The units in force; with words to search for, those of the past as well."""

    template_name = "portal/unit_list.html"

    def get_queryset(self) -> QuerySet[Unit]:
        """Return the units by name; without words those below the city, which stands above them."""
        self.words = self.request.GET.get("q", "").strip()
        if self.words:
            return Unit.objects.search(self.words)[:MOST_FOUND]
        return Unit.objects.in_force().filter(parent__isnull=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the searched words and the cities."""
        return super().get_context_data(q=self.words, cities=Unit.objects.in_force().cities(), **kwargs)


class UnitDetailView(DetailView):
    """One unit: its figures over the years, its models, dialogues and awards, where it came from and went."""

    template_name = "portal/unit_detail.html"
    queryset = Unit.objects.select_related("parent")
    context_object_name = "unit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page tells. A unit of today also shows what its predecessors filed."""
        unit = self.object
        units = Unit.objects.under(unit)
        if unit.is_in_force():
            units |= Unit.objects.answered_for_by(unit)
        models = rows_of(Registration.objects.published().filter(unit__in=units)).newest_first()[:SHOWN]
        return super().get_context_data(
            years=years_of(unit),
            models=model_lines(models),
            dialogues=Dialogue.objects.published()
            .filter(unit__in=units)
            .select_related("unit")
            .newest_first()[:SHOWN],
            awards=Award.objects.public().filter(unit__in=units).for_list().order_by("-year", "-pk")[:SHOWN],
            formed_from=unit.formed_from.select_related("predecessor"),
            became=unit.became.select_related("successor"),
            below=Unit.objects.filter(parent=unit).in_force(_last_day(unit)),
            **kwargs,
        )


def _last_day(unit: Unit) -> datetime.date | None:
    """Return the day on which the tree below ``unit`` is shown: today, or its last day."""
    return None if unit.valid_to is None else max(unit.valid_from, unit.valid_to - datetime.timedelta(days=1))
