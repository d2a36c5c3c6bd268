"""Questions about the reasons for returning that staff keep."""

from typing import TYPE_CHECKING

from django.db.models import Exists, Q, QuerySet

if TYPE_CHECKING:
    from mobilization.accounts.models import User


class ReturnReasonQuerySet(QuerySet):
    """The lists of reasons: each city's own, and what the portal ships for cities that keep none."""

    def kept_by(self, city_id: int) -> "ReturnReasonQuerySet":
        """Return the list that holds in a city: its own, or as long as it keeps none, the shipped one."""
        own = Exists(self.model.objects.filter(city=city_id))
        return self.filter(Q(city=city_id) | (Q(city=None) & ~own))

    def offered_to(self, user: "User") -> "ReturnReasonQuerySet":
        """Return what ``user`` can choose from when returning something: the lists of the cities of his units."""
        cities = {unit.path_ids[0] for unit in user.units_of()}
        found = self.none()
        for city_id in sorted(cities):
            found |= self.kept_by(city_id)
        return found.filter(is_offered=True) if cities else found
