"""The roles of the portal, and at which units each can be held."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mobilization.units.states import UnitKind


class Role(TextChoices):
    """What somebody does in the portal; held at a unit from one date to another through a Position."""

    OFFICIAL = "official", _("Official")
    REVIEWER = "reviewer", _("Reviewer")
    CITY_STAFF = "city_staff", _("City staff")
    CITY_LEADER = "city_leader", _("City leader")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")

    CITY = nonmember(frozenset({"city_staff", "city_leader", "administrator"}))
    """Held at a city only; they need a second factor to sign in."""

    LOCAL = nonmember(frozenset({"official", "reviewer"}))
    """Held at communes, districts and committees, never at a city."""

    def fits(self, unit_kind: str) -> bool:
        """Tell whether this role can be held at a unit of ``unit_kind``; the table's trigger says the same."""
        if unit_kind == UnitKind.CITY:
            return self.value not in Role.LOCAL
        return self.value not in Role.CITY
