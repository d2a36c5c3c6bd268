"""Computing a year, and knowing which years there are to compute."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award
from dialogues.models import Dialogue
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.planner import hashed_joins
from mobilization.statistics import cells, rollup
from mobilization.statistics.models import YearStatus
from mobilization.statistics.places import Places
from mobilization.units.models import Unit
from models_registry.models import Campaign


def rebuild_year(year: int, *, city: Unit, actor=None) -> YearStatus:
    """Compute all figures of ``year`` under ``city`` from the records, and store what changed.

    One transaction: whoever reads meanwhile sees the figures of before. One at a time per year and city: a second
    call waits for the first. To do it twice changes nothing. Raises ``DomainError`` (``year_closed``) where the
    figures of the year are final.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        key = f"statistics/{city.pk}/{year}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        if YearStatus.objects.of_city(city).final().filter(year=year).exists():
            message = _("The year %(year)s is closed; its figures no longer change.") % {"year": year}
            raise DomainError(message, code="year_closed")
        started = timezone.now()
        cells.collect(cursor, year, city)
        places = Places(city)
        with hashed_joins(cursor):  # every table is read whole, and the planner knows none of them
            rollup.aggregate(cursor, places)
            figures, changed = rollup.store(cursor, year, places)
        found = {"figures": figures, "changed": changed, "duration": timezone.now() - started}
        status, _created = YearStatus.objects.update_or_create(
            city=city, year=year, defaults={"computed_at": started, "computed_by": actor, **found}
        )
        if actor is not None:
            data = {"year": year, "figures": figures, "changed": changed}
            log.record("statistics.rebuild_year", actor=actor, target=status, unit=city, data=data)
    return status


def years_with_records(city: Unit) -> list[int]:
    """The years in which anything that statistics count was recorded under ``city``, latest first."""
    years = set(Campaign.objects.filter(city=city).values_list("year", flat=True))
    years |= {day.year for day in Dialogue.objects.held().under(city).dates("held_on", "year")}
    years |= set(Award.objects.valid().under(city).order_by().values_list("year", flat=True).distinct())
    years |= set(YearStatus.objects.of_city(city).values_list("year", flat=True))
    return sorted(years, reverse=True)


def open_years(city: Unit) -> list[int]:
    """The years with records whose figures are not final, latest first."""
    closed = set(YearStatus.objects.of_city(city).final().values_list("year", flat=True))
    return [year for year in years_with_records(city) if year not in closed]
