"""What the address of a page of figures asks for; what it does not say, or says wrongly, is the usual choice."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import Http404, QueryDict
from django.urls import reverse

from mobilization.statistics import readers
from mobilization.statistics.reports.board import Asked
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.statistics.themes import THEMES, About, Theme
from mobilization.units.models import Unit

LONGEST_ID = 18
"""Digits that fit a key of 64 bits."""


@dataclass(frozen=True)
class Choice:
    """A year, a unit, a basis, a scope; which measures are told, which of them is on the map, how units are sorted."""

    year: int | None
    years: list[int]
    unit: Unit
    city: Unit
    basis: str
    scope: str
    about: str
    measure: str
    sort: str

    @classmethod
    def of(cls, query: QueryDict) -> "Choice":
        """Read the address. Raises ``Http404`` for a unit that is none, and where no units are loaded."""
        unit = unit_of(query.get("unit", ""))
        city = readers.city_of(unit)
        years = readers.computed_years(city)
        theme = THEMES[_one_of(About, query.get("about"), About.MODELS)]
        measure, sort = query.get("measure", ""), query.get("sort", "")
        return cls(
            year=year_of(query.get("year", ""), years, _last_year_of(unit)),
            years=years,
            unit=unit,
            city=city,
            basis=_one_of(Basis, query.get("basis"), Basis.AS_FILED),
            scope=_one_of(Scope, query.get("scope"), Scope.SUBTREE),
            about=theme.about,
            measure=measure if measure in theme.columns else theme.columns[0],
            sort=sort if sort.removeprefix("-") in {*theme.columns, "name"} else "name",
        )

    @property
    def is_of_another_time(self) -> bool:
        """Whether the figures are zero by nature: as filed, of a unit not yet or no longer there; restated, of an ended one.

        What ended and nobody succeeded to keeps what it did itself, so an abolished district is not meant.
        """
        if self.year is None:
            return False
        if self.basis == Basis.CURRENT:
            return not self.unit.is_in_force() and not self.unit.is_district
        last = _last_year_of(self.unit)
        return self.unit.valid_from.year > self.year or (last is not None and last < self.year)

    @property
    def theme(self) -> Theme:
        """The measures that are told together."""
        return THEMES[self.about]

    @property
    def asked(self) -> Asked:
        """The year and unit, as the board takes them."""
        return Asked(self.unit, self.city, self.year, self.years, self.basis, self.scope)

    @property
    def address(self) -> dict[str, str]:
        """The parameters that lead here again."""
        usual = replace(self, basis=Basis.AS_FILED, scope=Scope.SUBTREE, about=About.MODELS, sort="name")
        kept = {
            name: getattr(self, name)
            for name in ("basis", "scope", "about", "sort")
            if getattr(self, name) != getattr(usual, name)
        }
        if self.measure != self.theme.columns[0]:
            kept["measure"] = self.measure
        return {"year": str(self.year), "unit": str(self.unit.pk), **kept}

    def to(self, **changed: object) -> str:
        """Return the address of this page with other choices; None takes one out."""
        wanted = {**self.address, **{name: value for name, value in changed.items() if value is not None}}
        return "?" + urlencode(
            {n: v for n, v in wanted.items() if n not in changed or changed[n] is not None}
        )

    def in_year(self, year: int) -> "Choice":
        """Return the same choice for another year."""
        return replace(self, year=year)

    def about_to(self, about: str) -> str:
        """Return the address of another theme: the measure and the order of this one do not go with it."""
        return self.to(about=about, measure=None, sort=None)

    def unit_to(self, unit: Unit) -> str:
        """Return the address of the same choice for another unit."""
        return f"{self._without_unit}&unit={unit.pk}"

    @cached_property
    def _without_unit(self) -> str:
        return self.to(unit=None, sort=None)

    def records(
        self, code: str, unit: Unit | None = None, scope: str = "", dimension: str = "", key: str = ""
    ) -> str:
        """Return the address of the records behind a figure of this page."""
        asked = replace(self.asked, unit=unit or self.unit, scope=scope or self.scope)
        return records_address(asked, code, dimension, key)


def records_address(asked: Asked, code: str, dimension: str = "", key: str = "") -> str:
    """Return the address of the records behind a figure, whole or of one key of a dimension."""
    broken_down = f"&{urlencode({'by': dimension, 'key': key})}" if key else ""
    return f"{records_of_all(asked)}&measure={code}&unit={asked.unit.pk}{broken_down}"


def records_of_all(asked: Asked) -> str:
    """Return what the addresses of records behind all figures of a page begin with; measure and unit come after."""
    said = {"year": asked.year}
    if asked.basis != Basis.AS_FILED:
        said["basis"] = asked.basis
    if asked.scope != Scope.SUBTREE:
        said["scope"] = asked.scope
    return f"{reverse('portal:records')}?{urlencode(said)}"


def unit_of(asked: str) -> Unit:
    """Return the unit that the address names; without one, the city. Raises ``Http404`` for one that is none."""
    units = Unit.objects.select_related("parent")
    if not asked:
        unit = units.in_force().cities().first()
    else:
        is_key = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_ID
        unit = units.filter(pk=asked).first() if is_key else None
    if unit is None:
        raise Http404
    return unit


def year_of(asked: str, years: list[int], last: int | None = None) -> int | None:
    """Return the year that the address names, if it was computed; else the last one that was; None before the first.

    ``last``: not after this one, if that can be.
    """
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 else 0  # noqa: PLR2004 -- digits
    if year in years:
        return year
    return next((year for year in years if last is None or year <= last), next(iter(years), None))


def _last_year_of(unit: Unit) -> int | None:
    return unit.last_day.year if unit.last_day else None


def dimension_of(asked: str) -> str:
    """Return the breakdown that the address names; the total for one that is none."""
    return _one_of(Dimension, asked, Dimension.NONE)


def basis_and_scope(query: QueryDict) -> tuple[str, str]:
    """Return both as the address says them."""
    return (
        _one_of(Basis, query.get("basis"), Basis.AS_FILED),
        _one_of(Scope, query.get("scope"), Scope.SUBTREE),
    )


def _one_of(words: type[TextChoices], asked: str | None, usual: str) -> str:
    return asked if asked in words.values else usual
