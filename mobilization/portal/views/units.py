"""Units: the list of those in force, and the page of each, of today or of the past."""

import datetime
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.views.generic import DetailView, ListView

from awards.models import Award
from dialogues.models import Dialogue
from mobilization.portal.choices import Choice
from mobilization.portal.lineage import Lineage
from mobilization.portal.lines import model_lines, rows_of
from mobilization.portal.unit_figures import UnitFiguresPage
from mobilization.statistics.states import Basis
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
        units = Unit.objects.meant_by(unit)
        models = rows_of(Registration.objects.published().filter(unit__in=units)).newest_first()[:SHOWN]
        choice = self._choice()
        return super().get_context_data(
            figures=UnitFiguresPage(choice) if choice.year else None,
            lineage=Lineage(unit, choice.years),
            models=model_lines(models),
            dialogues=Dialogue.objects.published()
            .filter(unit__in=units)
            .select_related("unit")
            .newest_first()[:SHOWN],
            awards=Award.objects.public().filter(unit__in=units).for_list().order_by("-year", "-pk")[:SHOWN],
            below=Unit.objects.filter(parent=unit).in_force(_last_day(unit)),
            **kwargs,
        )

    def _choice(self) -> Choice:
        """Return the last year in which the unit was in force: of today, with what it took over; of the past, as filed."""
        unit = self.object
        query = QueryDict(mutable=True)
        query.update({"unit": str(unit.pk), "basis": Basis.CURRENT if unit.is_in_force() else Basis.AS_FILED})
        choice = Choice.of(query)
        last = _last_day(unit)
        if last is None:
            return choice
        years = [year for year in choice.years if unit.valid_from.year <= year <= last.year]
        return replace(choice, years=years, year=next(iter(years), None))


def _last_day(unit: Unit) -> datetime.date | None:
    """Return the day on which the tree below ``unit`` is shown: today, or its last day."""
    return None if unit.valid_to is None else max(unit.valid_from, unit.valid_to - datetime.timedelta(days=1))
