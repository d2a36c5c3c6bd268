"""A year's statistics beside the bare SQL that answers the same numbers."""

from collections.abc import Callable, Iterator

from django.db import transaction

from mobilization.accounts.models import User
from mobilization.statistics import closing, reconciling, services
from mobilization.statistics.models import Figure
from mobilization.units.models import Unit
from tests.bench.rows.public import kept_row, made
from tests.bench.rows.statistics_bare import BareStatistics
from tests.bench.rows.statistics_workers import seconds_of
from tests.bench.runner import Row, peak_memory

YEAR, NO_YEAR = 2024, 1990
OVERVIEW = f"/statistics/?year={YEAR}&basis=current"
ROUNDS, LONG_ROUNDS = 7, 3
COST, WITH_PROOF, FLAT = 1.5, 4, 1.1


def rows() -> Iterator[Row]:
    """A year, all years one after the other and by workers; what looks after the figures; the page that shows them."""
    city = Unit.objects.in_force().cities().get()
    bare = BareStatistics(city)
    yield from _year_rows(city, bare)
    yield Row(
        "overview of a year: charts, map, all units",
        made(OVERVIEW),
        lambda: bare.aggregate(YEAR),
        "bare SQL aggregates",
        "speed",
        1,
        rounds=ROUNDS,
    )
    yield kept_row("overview of a year, kept", OVERVIEW)
    yield from _proof_rows(city, bare)
    yield from _all_years_rows(city, bare)


def _year_rows(city: Unit, bare: BareStatistics) -> Iterator[Row]:
    """A year again as every night (little has changed), and the first time (every figure is written); its memory."""
    yield Row(
        "a year's statistics, both bases, computed again",
        lambda: services.rebuild_year(YEAR, city=city),
        lambda: bare.aggregate(YEAR),
        "bare SQL aggregates",
        "cost",
        COST,
        rounds=ROUNDS,
    )

    def first_time() -> None:
        Figure.objects.of_year(YEAR).delete()
        services.rebuild_year(YEAR, city=city)

    yield Row(
        "a year's statistics, both bases, for the first time",
        first_time,
        lambda: bare.aggregate_and_store(YEAR),
        "bare SQL aggregates, stored",
        "cost",
        COST,
        rounds=ROUNDS,
    )
    yield Row(
        "memory of the worker: a year's statistics",
        lambda: services.rebuild_year(YEAR, city=city),
        _undone(lambda: services.rebuild_year(NO_YEAR, city=city)),
        "a year without any record",
        "cost",
        FLAT,
        rounds=LONG_ROUNDS,
        measure=peak_memory,
        unit="MB",
    )


def _proof_rows(city: Unit, bare: BareStatistics) -> Iterator[Row]:
    """Each figure counted directly and compared; and closing, which computes, compares, seals and locks the year."""
    yield Row(
        "a year reconciled: every figure counted directly",
        lambda: reconciling.reconcile(YEAR, city=city),
        lambda: bare.aggregate(YEAR),
        "bare SQL aggregates",
        "cost",
        WITH_PROOF,
        rounds=LONG_ROUNDS,
    )
    yield Row(
        "a year closed: computed, reconciled, sealed",
        _undone(lambda: closing.close_year(YEAR, city=city, actor=User.objects.first(), words="Đã rõ.")),
        lambda: bare.aggregate_and_store(YEAR),
        "bare SQL aggregates, stored",
        "cost",
        WITH_PROOF,
        rounds=LONG_ROUNDS,
    )


def _all_years_rows(city: Unit, bare: BareStatistics) -> Iterator[Row]:
    years = services.open_years(city)
    yield Row(
        f"{len(years)} years, both bases, one after the other",
        lambda: [services.rebuild_year(year, city=city) for year in years],
        lambda: [bare.aggregate(year) for year in years],
        "bare SQL aggregates",
        "cost",
        COST,
        rounds=LONG_ROUNDS,
    )
    yield Row(
        f"{len(years)} years as Celery jobs, 2 workers",
        lambda: seconds_of(2, years, city),
        lambda: seconds_of(1, years, city),
        "1 worker",
        "speed",
        1.3,
        rounds=1,
        measure=lambda told: told() * 1000,
    )


def _undone(act: Callable[[], object]) -> Callable[[], None]:
    """Return what does ``act`` and takes it back, so that it can be done again."""

    def do() -> None:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    return do
