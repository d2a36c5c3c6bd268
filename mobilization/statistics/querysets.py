"""Questions to the stored figures."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mobilization.statistics.states import Basis, Dimension


class FigureQuerySet(QuerySet):
    """Figures, asked in the words of the page: which year, on which basis, of which units."""

    def of_year(self, *years: int) -> "FigureQuerySet":
        """Those of any of the years."""
        return self.filter(year__in=years)

    def on_basis(self, basis: str) -> "FigureQuerySet":
        """Those as filed, or those restated onto the units of today."""
        return self.filter(basis=basis)

    def of_units(self, units: Iterable) -> "FigureQuerySet":
        """Those of the units (objects, ids or a query of ids)."""
        return self.filter(unit__in=units)

    def totals(self) -> "FigureQuerySet":
        """The measures themselves, without their breakdowns."""
        return self.filter(dimension=Dimension.NONE)

    def of_measures(self, codes: Iterable[str]) -> "FigureQuerySet":
        """Those of the measures."""
        return self.filter(measure__in=codes)

    def of_former_units(self, city, on) -> "FigureQuerySet":
        """What units did themselves that have ended without a successor, restated: the line of its own."""
        return self.on_basis(Basis.CURRENT).filter(
            unit__path__startswith=city.path, unit__valid_to__lte=on, own__gt=0
        )


class YearStatusQuerySet(QuerySet):
    """What is known of each year."""

    def of_city(self, city) -> "YearStatusQuerySet":
        """The years of one city, latest first."""
        return self.filter(city=city).order_by("-year")

    def provisional(self) -> "YearStatusQuerySet":
        """Years that still change."""
        return self.filter(final=False)

    def final(self) -> "YearStatusQuerySet":
        """Years that were closed."""
        return self.filter(final=True)
