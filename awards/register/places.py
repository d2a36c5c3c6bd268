"""All units in memory, to find ten thousand rows' units without ten thousand questions."""

import datetime
from collections import defaultdict
from functools import lru_cache

from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.core.text import fold, nfc
from mobilization.units.models import Succession, Unit
from mobilization.units.states import DISTRICTS


class Places:
    """Finds units by code or name as ``Unit.objects.resolve`` does, from one read of the table."""

    def __init__(self) -> None:
        self._by_id = {unit.pk: unit for unit in Unit.objects.defer("seat")}
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._by_id.values():
            self._by_code[unit.code].append(unit)
            for name in {_plain(unit.name), _plain(unit.full_name)}:
                self._by_name[name].append(unit)
        self._formed_from: dict[int, list[int]] = defaultdict(list)
        for successor, predecessor in Succession.objects.values_list("successor_id", "predecessor_id"):
            self._formed_from[successor].append(predecessor)

    def find(self, code: str, name: str, on: datetime.date) -> Unit:
        """Return the unit in force on ``on``. Raises ``DomainError`` at ``unit_code`` or ``unit_name``."""
        day = on.strftime("%d/%m/%Y")
        if not code:
            return self._named(name, on, day)
        found = [unit for unit in self._by_code.get(code, []) if unit.is_in_force(on)]
        if not found:
            raise _refusal(
                "unit_code",
                _("No unit has the code %(code)s on %(date)s.") % {"code": code[:20], "date": day},
            )
        unit = found[0]
        if name and _plain(name) not in {_plain(unit.name), _plain(unit.full_name)}:
            raise _refusal(
                "unit_name",
                _("The code %(code)s means %(unit)s on %(date)s.")
                % {"code": code, "unit": unit.full_name, "date": day},
            )
        return unit

    def district_of(self, unit: Unit) -> Unit | None:
        """Return the district above ``unit``, itself if it is one."""
        return next((self._by_id[pk] for pk in unit.path_ids if self._by_id[pk].kind in DISTRICTS), None)

    def city_of(self, unit_id: int) -> Unit:
        """Return the root above a unit."""
        return self._by_id[self._by_id[unit_id].path_ids[0]]

    def lineage(self, unit_id: int) -> list[int]:
        """Return the unit itself and all units that went into it, through every chain."""
        found, ahead = [], [unit_id]
        while ahead:
            here = ahead.pop()
            if here not in found:
                found.append(here)
                ahead += self._formed_from.get(here, ())
        return found

    def _named(self, name: str, on: datetime.date, day: str) -> Unit:
        if not name:
            raise _refusal("unit_code", _("Give the code or the name of the unit."))
        found = [unit for unit in self._by_name.get(_plain(name), []) if unit.is_in_force(on)]
        exact = [
            unit
            for unit in found
            if nfc(name).casefold() in {unit.full_name.casefold(), unit.name.casefold()}
        ]
        found = exact or found
        if len(found) == 1:
            return found[0]
        if not found:
            raise _refusal(
                "unit_name",
                _("No unit “%(unit)s” is in force on %(date)s.") % {"unit": name[:80], "date": day},
            )
        names = ", ".join(f"{unit.full_name} ({unit.code})" for unit in found[:5])
        raise _refusal(
            "unit_name",
            _("“%(unit)s” can mean several units on %(date)s: %(names)s.")
            % {"unit": name[:80], "date": day, "names": names},
        )


@lru_cache(maxsize=4_096)
def _plain(name: str) -> str:
    return " ".join(fold(nfc(name)).split())


def _refusal(field: str, sentence: str) -> DomainError:
    return DomainError(fields={field: [sentence]}, code="unit")
