"""Which stored figures the public pages show, read from the one place where they are computed."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Figure, YearStatus
from mobilization.statistics.states import Basis, Dimension
from mobilization.units.models import Unit


@dataclass(frozen=True)
class Headline:
    """What the front page and the page of a unit tell: one measure, or the sum of some that exclude each other."""

    measures: tuple[str, ...]
    sum_label: Any = ""

    @property
    def label(self) -> str:
        """Return its name."""
        return self.sum_label or MEASURES[self.measures[0]].label

    @property
    def definition(self) -> str:
        """Return what is counted."""
        return " ".join(str(MEASURES[code].definition) for code in self.measures)


HEADLINES = (
    Headline(("registered",), _("Models registered")),
    Headline(("recognised",)),
    Headline(("exemplary",)),
    Headline(("dialogues_periodic", "dialogues_ad_hoc"), _("Dialogues held")),
    Headline(("opinions_received",)),
    Headline(("awards_collective", "awards_individual", "awards_household"), _("Awards granted")),
)
CODES = tuple(code for headline in HEADLINES for code in headline.measures)


@dataclass(frozen=True)
class Year:
    """The headline figures of a unit in one year, with all units below it."""

    year: int
    status: YearStatus | None = None
    values: dict[str, int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)
    estimated: bool = False

    @property
    def headlines(self) -> list[tuple[Headline, int]]:
        """Return each headline with its number, in the order in which they are shown."""
        return [(line, sum(self.values.get(code, 0) for code in line.measures)) for line in HEADLINES]


def newest_year(city: Unit) -> Year | None:
    """Return the last year of ``city`` that has figures, with its registrations by field; None before the first."""
    statuses = {status.year: status for status in YearStatus.objects.of_city(city)}
    figures = Figure.objects.on_basis(Basis.AS_FILED).of_units([city]).of_measures(CODES)
    with_fields = figures.filter(dimension__in=[Dimension.NONE, Dimension.FIELD])
    years = _collect(with_fields.of_year(*sorted(statuses)[-2:]), statuses)
    return next((year for year in years if year.values.get("registered")), None)


def _collect(figures, statuses: dict[int, YearStatus]) -> list[Year]:
    values: dict[int, dict[str, int]] = defaultdict(dict)
    fields: dict[int, dict[str, int]] = defaultdict(dict)
    estimated = set()
    for figure in figures:
        if figure.dimension == Dimension.NONE:
            values[figure.year][figure.measure] = figure.subtree
        elif figure.measure == "registered":
            fields[figure.year][figure.key] = figure.subtree
        if figure.estimated:
            estimated.add(figure.year)
    return [
        Year(year, statuses.get(year), values[year], fields[year], year in estimated)
        for year in sorted(values, reverse=True)
    ]
