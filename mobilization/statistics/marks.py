"""What has to be computed again: the marks that acts leave, gathered by year."""

from django.db import connection, transaction

from mobilization.statistics.models import Mark, YearStatus
from mobilization.units.models import Unit


def marked_years(city: Unit) -> list[int]:
    """The years of which something changed since they were computed, latest first; closed ones among them.

    A change of the tree of units concerns every year that was computed.
    """
    spread(city)
    marked = Mark.objects.of_city(city).order_by().values_list("year", flat=True).distinct()
    return sorted(marked, reverse=True)


def number_of(year: int, city: Unit) -> int:
    """How many changes wait to be computed in the year."""
    spread(city)
    return Mark.objects.of_city(city).of_year(year).count()


def take(cursor, year: int, city: Unit) -> int:
    """Take the marks of the year away and answer how many there were; before the records are read.

    What is marked after this, or not committed yet, stays for the next run.
    """
    cursor.execute(
        """
        DELETE FROM statistics_mark mark USING units_unit unit
        WHERE mark.year = %s AND unit.id = mark.unit_id AND starts_with(unit.path, %s)
        """,
        [year, city.path],
    )
    return cursor.rowcount


@transaction.atomic
def spread(city: Unit) -> None:
    """Turn a mark of the tree into one of each year that was computed."""
    if not Mark.objects.of_city(city).of_year(Mark.EVERY_YEAR).exists():
        return
    years = list(YearStatus.objects.of_city(city).values_list("year", flat=True))
    with connection.cursor() as cursor:
        taken = take(cursor, Mark.EVERY_YEAR, city)
    if taken:
        Mark.objects.bulk_create(Mark(year=year, unit=city) for year in years)
