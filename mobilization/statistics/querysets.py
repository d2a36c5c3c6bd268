"""Questions to the stored figures."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.statistics.states import Basis, CorrectionState, Dimension, RunState, Why

CONTENT_ROLES = tuple(role for role in Role if role != Role.ADMINISTRATOR)


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


class MarkQuerySet(QuerySet):
    """What changed since the figures were computed."""

    def of_city(self, city) -> "MarkQuerySet":
        """Those of the units under one city."""
        return self.filter(unit__path__startswith=city.path)

    def of_year(self, year: int) -> "MarkQuerySet":
        """Those of one year."""
        return self.filter(year=year)


class RunQuerySet(QuerySet):
    """Computations of years."""

    def of_city(self, city) -> "RunQuerySet":
        """Those of one city, latest first."""
        return self.filter(city=city).order_by("-id")

    def running(self) -> "RunQuerySet":
        """Those that have not said how they ended."""
        return self.filter(state=RunState.RUNNING)

    def last_of_each_year(self) -> "RunQuerySet":
        """The latest finished one of each year and city."""
        latest = (
            self.exclude(state=RunState.RUNNING)
            .order_by("city_id", "year", "-id")
            .distinct("city_id", "year")
        )
        return self.filter(pk__in=latest.values("pk"))

    def after_changes(self) -> "RunQuerySet":
        """Those that single acts led to."""
        return self.filter(why=Why.CHANGE)

    def unsuccessful(self) -> "RunQuerySet":
        """Those that failed."""
        return self.filter(state=RunState.FAILED)


class ReconciliationQuerySet(QuerySet):
    """Comparisons with direct counts."""

    def of_city(self, city) -> "ReconciliationQuerySet":
        """Those of one city, latest first."""
        return self.filter(city=city).order_by("-id")

    def last_of_each_year(self) -> "ReconciliationQuerySet":
        """The latest one of each year and city."""
        latest = self.order_by("city_id", "year", "-id").distinct("city_id", "year")
        return self.filter(pk__in=latest.values("pk"))

    def with_differences(self) -> "ReconciliationQuerySet":
        """Those that found other numbers than were stored."""
        return self.filter(differences__gt=0)


class SealQuerySet(QuerySet):
    """Seals of closed years."""

    def of_city(self, city) -> "SealQuerySet":
        """The chain of one city, in its order."""
        return self.filter(city=city).order_by("number")

    def without_content(self) -> "SealQuerySet":
        """Leave the long parts in the database."""
        return self.defer("figures", "cells")


class CorrectionQuerySet(QuerySet):
    """Requests to change what a closed year was counted of."""

    def of_city(self, city) -> "CorrectionQuerySet":
        """Those of one city, latest first."""
        return self.filter(city=city).order_by("-id")

    def waiting(self) -> "CorrectionQuerySet":
        """Those that nobody has decided on."""
        return self.filter(state=CorrectionState.ASKED)

    def done(self) -> "CorrectionQuerySet":
        """Those by which a record was changed."""
        return self.filter(permit__used_at__isnull=False)

    def visible_to(self, user) -> "CorrectionQuerySet":
        """Those of the units that the user reaches in any role but the administrator's."""
        return self.filter(unit__in=scope_units(user, *CONTENT_ROLES))

    def decidable_by(self, user) -> "CorrectionQuerySet":
        """Those that another person asked for."""
        return self.exclude(asked_by=user)


class AdjustmentQuerySet(QuerySet):
    """What changed after the closing."""

    def of_city(self, city) -> "AdjustmentQuerySet":
        """Those of one city, in their order."""
        return self.filter(city=city).order_by("id")

    def of_year(self, year: int) -> "AdjustmentQuerySet":
        """Those of one year."""
        return self.filter(year=year)

    def unexplained(self) -> "AdjustmentQuerySet":
        """Those of which nobody knows why, to be looked into."""
        return self.filter(unexplained=True)
