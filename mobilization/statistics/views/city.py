"""Which city a staff page of statistics is about."""

from django.http import Http404

from mobilization.accounts.views import StaffRequiredMixin
from mobilization.statistics.permissions import VIEWERS
from mobilization.units.models import Unit


class CityMixin(StaffRequiredMixin):
    """Find the city of the user's position; of several, the first in which ``page_permission`` holds."""

    def get_city(self) -> Unit:
        """Raise ``Http404`` for whoever may do this in no city."""
        roots = {unit.path_ids[0] for unit in self.request.user.units_of(*VIEWERS)}
        for city in Unit.objects.filter(pk__in=roots):
            if self.request.user.has_perm(self.page_permission, city):
                return city
        raise Http404
