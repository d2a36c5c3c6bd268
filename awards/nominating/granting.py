"""Which body grants a form of award to somebody of a unit, by the tier of the form and the tree of units."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from awards.states import GrantingTier
from mobilization.core.errors import DomainError
from mobilization.units.models import Unit
from mobilization.units.states import tier_of


class Granters:
    """Finds granting units for many units with one statement."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Read the units above ``units``."""
        above = {pk for unit in units for pk in unit.path_ids}
        self._units = Unit.objects.in_bulk(above)

    def of(self, unit: Unit, tier: str) -> Unit:
        """Return the unit whose body grants awards of ``tier`` to somebody of ``unit``.

        Itself or the one above it that stands at the tier; the city keeps those of the state. Raises ``DomainError``
        at the field ``form`` where none does: a committee is granted nothing by a commune.
        """
        wanted = GrantingTier.CITY if tier == GrantingTier.STATE else tier
        for pk in reversed(unit.path_ids):
            found = self._units[pk]
            if tier_of(found.kind) == wanted:
                return found
        sentence = _("A form of this tier is not granted to %(unit)s.") % {"unit": unit.full_name}
        raise DomainError(fields={"form": [sentence]}, code="tier")


def granting_unit(unit: Unit, tier: str) -> Unit:
    """Return the granting unit for a single one; see ``Granters.of``."""
    return Granters([unit]).of(unit, tier)
