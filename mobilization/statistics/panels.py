"""What stands on a registration's page once its year is closed."""

from django.http import HttpRequest

from mobilization.units import closed_years
from models_registry.models import Registration
from models_registry.page_parts import Part, Place, Shown, register


def closed(request: HttpRequest, registration: Registration) -> Shown:
    """Say that the record no longer changes, and lead to asking for a correction whoever may ask for one."""
    if registration.is_draft or not closed_years.is_closed(registration.unit, registration.year):
        return None
    may_ask = request.user.has_perm("statistics.ask_correction", registration.unit)
    return "statistics/closed_record.html", {"may_ask": may_ask, "word": f"registration:{registration.pk}"}


register(Part("statistics.closed", closed, Place.TOP, 10))
