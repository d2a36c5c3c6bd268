"""Questions about units and their successions, each as of a date; ``on`` empty means today."""

import datetime

from django.contrib.postgres.search import SearchVector
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.core.search import Fold, folded_query
from mobilization.core.text import fold, nfc
from mobilization.units.states import COMMUNES, DISTRICTS, UnitKind

MAX_NAMED = 5


class UnknownUnit(DomainError):
    """No unit in force on the date is meant by the code or name."""

    def __init__(self, message: str, *, code: str = "unknown_unit") -> None:
        super().__init__(message, code=code)


class AmbiguousUnit(DomainError):
    """Several units in force on the date bear the name; the message lists them."""

    def __init__(self, message: str, *, code: str = "ambiguous_unit") -> None:
        super().__init__(message, code=code)


def name_vector() -> SearchVector:
    """Return the folded search vector of a unit; the index of the table is made of the same expression."""
    return SearchVector(Fold("full_name"), "code", config="simple")


class UnitQuerySet(QuerySet):
    """Units, asked in the committee's words."""

    def in_force(self, on: datetime.date | None = None) -> "UnitQuerySet":
        """Units in force on ``on``; ``valid_to`` is the first day on which a unit is no more."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)

    def of_kind(self, *kinds: str) -> "UnitQuerySet":
        """Units of any of the kinds."""
        return self.filter(kind__in=kinds)

    def communes(self) -> "UnitQuerySet":
        """Wards, communes and townships."""
        return self.of_kind(*COMMUNES)

    def districts(self) -> "UnitQuerySet":
        """Urban and rural districts and towns."""
        return self.of_kind(*DISTRICTS)

    def cities(self) -> "UnitQuerySet":
        """The roots."""
        return self.of_kind(UnitKind.CITY)

    def under(self, *units) -> "UnitQuerySet":
        """Each of ``units`` with all that ever hung below it; without any, nothing."""
        return self._below("path", units)

    def answered_for_by(self, *units) -> "UnitQuerySet":
        """Units, also of the past, for whose records ``units`` and all below them answer today: the working scope."""
        return self._below("heir__path", units)

    def meant_by(self, unit) -> "UnitQuerySet":
        """Units whose records a reader means by ``unit``: all below it and, while it is in force, what went into it."""
        return self.under(unit) | self.answered_for_by(unit) if unit.is_in_force() else self.under(unit)

    def ancestors_of(self, unit) -> "UnitQuerySet":
        """The units above ``unit``, from the root down; its life lies within theirs."""
        return self.filter(pk__in=unit.path_ids[:-1]).order_by("path")

    def descendants_of(self, unit) -> "UnitQuerySet":
        """All that ever hung below ``unit``, without itself; chain ``in_force`` for a date."""
        return self.under(unit).exclude(pk=unit.pk)

    def predecessors_of(self, unit) -> "UnitQuerySet":
        """All units of which ``unit`` was formed, through every chain."""
        return self.filter(pk__in=_walk(_BACK, "predecessor_id", unit))

    def successors_of(self, unit) -> "UnitQuerySet":
        """All units into which ``unit`` went, through every chain."""
        return self.filter(pk__in=_walk(_FORWARD, "successor_id", unit))

    def search(self, text: str) -> "UnitQuerySet":
        """Units of whose name or code every typed word begins a word, without case and accents."""
        query = folded_query(text)
        if query is None:
            return self.none() if text.strip() else self
        return self.alias(name_vector=name_vector()).filter(name_vector=query)

    def by_code(self, code: str, on: datetime.date | None = None) -> "UnitQuerySet":
        """The unit that bears ``code`` on ``on``: one row or none."""
        return self.in_force(on).filter(code=_storable(code))

    def by_name(self, name: str, on: datetime.date | None = None) -> "UnitQuerySet":
        """Units in force on ``on`` whose short or full name is ``name``, without case and accents; often several."""
        folded = " ".join(fold(_storable(name)).split())
        return (
            self.in_force(on)
            .alias(folded_name=Fold("name"), folded_full=Fold("full_name"))
            .filter(Q(folded_name=folded) | Q(folded_full=folded))
        )

    def resolve(self, text: str, on: datetime.date | None = None):
        """Return the one unit that ``text`` (a code, or a short or full name) means on ``on``.

        Where names differ by accents only, the one with the accents of ``text`` is meant. Raises ``UnknownUnit`` and
        ``AmbiguousUnit``.
        """
        on = on or timezone.localdate()
        text = " ".join(nfc(text).split())
        found = list(self.by_code(text, on)) or list(self.by_name(text, on))
        exact = [
            unit for unit in found if text.casefold() in {unit.full_name.casefold(), unit.name.casefold()}
        ]
        found = exact or found
        if len(found) == 1:
            return found[0]
        words = {"unit": text[:80], "date": on.strftime("%d/%m/%Y")}
        if not found:
            raise UnknownUnit(_("No unit “%(unit)s” is in force on %(date)s.") % words)
        words["names"] = ", ".join(f"{unit.full_name} ({unit.code})" for unit in found[:MAX_NAMED])
        raise AmbiguousUnit(_("“%(unit)s” can mean several units on %(date)s: %(names)s.") % words)

    def _below(self, lookup: str, units) -> "UnitQuerySet":
        condition = Q()
        for unit in units:
            condition |= Q(**{f"{lookup}__startswith": unit.path})
        return self.filter(condition) if units else self.none()


class SuccessionQuerySet(QuerySet):
    """What was formed of what."""

    def main(self) -> "SuccessionQuerySet":
        """The links to each predecessor's default successor."""
        return self.filter(is_main=True)

    def lineage_back(self, unit) -> "SuccessionQuerySet":
        """Every link that leads to ``unit``, through all chains, latest first, with both ends."""
        return self._walked(_BACK, unit).order_by("-on", "-is_main", "predecessor__sort_key", "pk")

    def lineage_forward(self, unit) -> "SuccessionQuerySet":
        """Every link that leads from ``unit``, through all chains, earliest first, with both ends."""
        return self._walked(_FORWARD, unit).order_by("on", "-is_main", "successor__sort_key", "pk")

    def _walked(self, walk: str, unit) -> "SuccessionQuerySet":
        return self.filter(pk__in=_walk(walk, "id", unit)).select_related("predecessor", "successor")


class ClosedYearQuerySet(QuerySet):
    """Years whose books are closed."""

    def of_unit(self, unit) -> "ClosedYearQuerySet":
        """Those of the city to which ``unit`` belongs."""
        return self.filter(city=unit.path_ids[0])


class YearPermitQuerySet(QuerySet):
    """Leave to change single records of closed years."""

    def open(self) -> "YearPermitQuerySet":
        """Those not used yet."""
        return self.filter(used_at=None)


_BACK = """
    WITH RECURSIVE chain AS (
        SELECT id, predecessor_id, successor_id FROM units_succession WHERE successor_id = %s
        UNION
        SELECT link.id, link.predecessor_id, link.successor_id
        FROM units_succession link JOIN chain ON link.successor_id = chain.predecessor_id
    ) SELECT * FROM chain
"""
_FORWARD = """
    WITH RECURSIVE chain AS (
        SELECT id, predecessor_id, successor_id FROM units_succession WHERE predecessor_id = %s
        UNION
        SELECT link.id, link.predecessor_id, link.successor_id
        FROM units_succession link JOIN chain ON link.predecessor_id = chain.successor_id
    ) SELECT * FROM chain
"""


def _storable(text: str) -> str:
    """Return ``text`` as the database can be asked about it: no text there holds a NUL."""
    return text.replace("\x00", "\ufffd")


def _walk(walk: str, column: str, unit) -> RawSQL:
    """Return one column of all links of a walk; ``walk`` and ``column`` are constants of this file."""
    return RawSQL(f"SELECT {column} FROM ({walk}) walked", [unit.pk])  # noqa: S608, S611 -- see above
