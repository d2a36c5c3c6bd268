"""Computing a year, and knowing which years there are to compute."""

from django.db import connection, transaction
from django.db.models import Exists, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award
from dialogues.models import Dialogue
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.planner import hashed
from mobilization.statistics import cells, marks, rollup, runs
from mobilization.statistics.models import RebuildRun, YearStatus
from mobilization.statistics.places import Places
from mobilization.statistics.states import Why
from mobilization.units.models import Unit
from models_registry.models import Campaign


def rebuild_year(year: int, *, city: Unit, actor=None, why: str = Why.ASKED) -> YearStatus:
    """Compute all figures of ``year`` under ``city`` from the records, and store what changed.

    One transaction on one state of the records: whoever reads meanwhile sees the figures of before. One at a time per
    year and city: a second call waits for the first. To do it twice changes nothing, and a run that was killed leaves
    nothing but its row. Raises ``DomainError`` (``year_closed``) where the figures of the year are final.
    """
    with runs.one_at_a_time(year, city):
        return _rebuild(year, city, actor, why)


def refresh_year(year: int, *, city: Unit) -> YearStatus | None:
    """Compute ``year`` again where something changed since; None where nothing did or another one is at it."""
    with runs.one_at_a_time(year, city, wait=False) as held:
        if held and marks.number_of(year, city):
            return _rebuild(year, city, None, Why.CHANGE)
    return None


def compute_held(year: int, city: Unit, *, why: str, actor=None) -> YearStatus:
    """The same as ``rebuild_year`` for whoever holds the year already (``runs.one_at_a_time``)."""
    return _rebuild(year, city, actor, why)


def compute(cursor, year: int, city: Unit) -> tuple[Places, int]:
    """Count the records of the year: temporary tables of cells and of figures on both bases, not stored yet.

    Answers the tree they stand on, and how many changes led to it. Within a transaction.
    """
    marked = marks.take(cursor, year, city)
    cells.collect(cursor, year, city)
    places = Places(city)
    with hashed(cursor):  # every table is read whole, and the planner knows none of them
        rollup.aggregate(cursor, places)
        rollup.narrow(cursor)
    return places, marked


def _rebuild(year: int, city: Unit, actor, why: str) -> YearStatus:
    marks.spread(city)
    with runs.recorded(year, city, why=why, actor=actor) as run:
        snapshot = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if snapshot:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            refuse_final(year, city)
            places, run.marks = compute(cursor, year, city)
            with hashed(cursor):
                run.rows, run.changed = rollup.store(cursor, year, places)
            status = _note(run)
            runs.done(run)
            return status


def _note(run: RebuildRun) -> YearStatus:
    status = YearStatus(
        city=run.city,
        year=run.year,
        computed_at=run.began_at,
        computed_by=run.actor,
        figures=run.rows,
        changed=run.changed,
        duration=timezone.now() - run.began_at,
    )
    # One statement: whoever computes holds the year, so there is nobody to wait for.
    YearStatus.objects.bulk_create(
        [status],
        update_conflicts=True,
        unique_fields=["city", "year"],
        update_fields=["computed_at", "computed_by", "figures", "changed", "duration"],
    )
    if run.actor is not None:
        data = {"year": run.year, "figures": run.rows, "changed": run.changed}
        log.record("statistics.rebuild_year", actor=run.actor, target=status, unit=run.city, data=data)
    return status


def refuse_final(year: int, city: Unit) -> None:
    """Raise ``DomainError`` (``year_closed``) where the figures of the year are final."""
    if YearStatus.objects.of_city(city).final().filter(year=year).exists():
        message = _("The year %(year)s is closed; its figures no longer change.") % {"year": year}
        raise DomainError(message, code="year_closed")


def years_with_records(city: Unit) -> list[int]:
    """The years in which anything that statistics count was recorded under ``city``, latest first."""
    years = set(Campaign.objects.filter(city=city).values_list("year", flat=True))
    years |= set(YearStatus.objects.of_city(city).values_list("year", flat=True))
    years |= _years_of_acts(city)
    return sorted(years, reverse=True)


def _years_of_acts(city: Unit) -> set[int]:
    """The years in which dialogues were held or awards given.

    Of every year from the first to the last one record is looked for by the indexes; not every record for its year.
    """
    held = Dialogue.objects.aggregate(first=Min("held_on"), last=Max("held_on"))
    given = Award.objects.aggregate(first=Min("year"), last=Max("year"))
    bounds = [day.year for day in held.values() if day] + [year for year in given.values() if year]
    if not bounds:
        return set()
    years = range(min(bounds), max(bounds) + 1)
    dialogues, awards = Dialogue.objects.held().under(city), Award.objects.valid().under(city)
    asked = {f"{year}_held": Exists(dialogues.of_year(year)) for year in years}
    asked |= {f"{year}_given": Exists(awards.of_year(year)) for year in years}
    answers = Unit.objects.filter(pk=city.pk).values(**asked).get()
    return {int(name.partition("_")[0]) for name, found in answers.items() if found}


def open_years(city: Unit) -> list[int]:
    """The years with records whose figures are not final, latest first."""
    closed = set(YearStatus.objects.of_city(city).final().values_list("year", flat=True))
    return [year for year in years_with_records(city) if year not in closed]
