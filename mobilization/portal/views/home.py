"""The front page."""

from typing import Any

from django.views.generic import TemplateView

from mobilization.portal.figures import newest_year
from mobilization.portal.lines import model_lines, rows_of
from mobilization.units.models import Unit
from models_registry.models import Registration
from models_registry.states import WorkField

NEWEST = 6


class HomeView(TemplateView):
    """What the movement is, what the year has brought, what is new."""

    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the year's figures, the four fields and the newest recognised models."""
        city = Unit.objects.in_force().cities().first()
        year = newest_year(city) if city else None
        newest = rows_of(Registration.objects.recognised()).newest_first()[:NEWEST]
        fields = [(code, label, year.fields.get(code) if year else None) for code, label in WorkField.choices]
        return super().get_context_data(year=year, fields=fields, newest=model_lines(newest), **kwargs)
