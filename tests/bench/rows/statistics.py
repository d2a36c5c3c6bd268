"""A year's statistics beside the bare SQL that answers the same numbers."""

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Self

from django.db import connection, transaction

from mobilization.jobs.models import Job
from mobilization.statistics import services, tasks
from mobilization.statistics.models import Figure
from mobilization.statistics.places import Places
from mobilization.units.models import Unit
from tests.bench.rows.public import kept_row, made
from tests.bench.runner import Row

YEAR = 2024
OVERVIEW = f"/statistics/?year={YEAR}&basis=current"
ROUNDS = 7


def rows() -> Iterator[Row]:
    """A year again as every night (little has changed), and the first time (every figure is written); then all years."""
    city = Unit.objects.in_force().cities().get()
    bare = BareStatistics(city)
    yield Row(
        "a year's statistics, both bases, computed again",
        lambda: services.rebuild_year(YEAR, city=city),
        bare.aggregate,
        "bare SQL aggregates",
        "cost",
        1.5,
        rounds=ROUNDS,
    )

    def first_time() -> None:
        Figure.objects.of_year(YEAR).delete()
        services.rebuild_year(YEAR, city=city)

    yield Row(
        "a year's statistics, both bases, for the first time",
        first_time,
        bare.aggregate_and_store,
        "bare SQL aggregates, stored",
        "cost",
        1.5,
        rounds=ROUNDS,
    )
    yield Row(
        "overview of a year: charts, map, all units",
        made(OVERVIEW),
        bare.aggregate,
        "bare SQL aggregates",
        "speed",
        1,
        rounds=ROUNDS,
    )
    yield kept_row("overview of a year, kept", OVERVIEW)
    years = services.open_years(city)
    yield Row(
        f"{len(years)} years, both bases, one after the other",
        lambda: [services.rebuild_year(year, city=city) for year in years],
        lambda: [bare.aggregate(year) for year in years],
        "bare SQL aggregates",
        "cost",
        1.5,
        rounds=1,
    )
    with Workers(1) as one:
        alone = [one.seconds(years, city) for _ in range(2)][1:]
    with Workers(2) as two:
        together = [two.seconds(years, city) for _ in range(2)][1:]
    yield Row(
        f"{len(years)} years as Celery jobs, 2 workers",
        iter(together).__next__,
        iter(alone).__next__,
        "1 worker",
        "speed",
        1.3,
        rounds=1,
        measure=lambda told: told() * 1000,
    )


class Workers:
    """A Celery worker of its own with so many processes; its jobs are those of the night."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> Self:
        program = [sys.executable, "-m", "celery", "-A", "mobilization.celery", "worker"]
        options = [
            "-P",
            "prefork",
            "-c",
            str(self.number),
            "--without-gossip",
            "--without-mingle",
            "-l",
            "ERROR",
        ]
        self.process = subprocess.Popen([*program, *options], stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_raised: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def seconds(self, years: list[int], city: Unit) -> float:
        """Ask for every year and wait until the last one is done."""
        began = time.perf_counter()
        asked = [tasks.start_rebuild(year, city).pk for year in years]
        while Job.objects.open().filter(pk__in=asked).exists():
            if self.process.poll() is not None:
                raise SystemExit("The worker has ended.")
            time.sleep(0.02)
        return time.perf_counter() - began


class BareStatistics:
    """One aggregate per source, basis and scope, straight from the records: what one would write without a portal.

    Where each unit stands (itself, the units above it, its successor of today) is a table made beforehand.
    """

    def __init__(self, city: Unit) -> None:
        places = Places(city)
        pairs = [("as_filed", "own", unit, unit) for unit in places.paths]
        pairs += [("current", "own", unit, place) for unit, place in places.whole()]
        above: dict[tuple[str, int], list[int]] = {}
        for basis, unit, ancestor in places.ancestors():
            above.setdefault((basis, unit), []).append(ancestor)
        pairs += [
            (basis, "subtree", unit, ancestor)
            for basis, _own, unit, place in list(pairs)
            for ancestor in [place, *above.get((basis, place), ())]
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                CREATE TABLE IF NOT EXISTS bench_places (basis text, scope text, unit_id bigint, place_id bigint);
                CREATE TABLE IF NOT EXISTS bench_figures (
                    year int, basis text, scope text, unit_id bigint, dimension text, key text, measure text, value bigint,
                    PRIMARY KEY (year, basis, scope, unit_id, dimension, measure, key)
                );
                TRUNCATE bench_places
                """
            )
            arrays = [list(column) for column in zip(*pairs, strict=True)]
            cursor.execute(
                "INSERT INTO bench_places SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[])",
                arrays,
            )
            cursor.execute("ANALYZE bench_places")

    @transaction.atomic
    def aggregate(self, year: int = YEAR) -> None:
        """Every number, a column per measure, kept nowhere but in a temporary table each."""
        with connection.cursor() as cursor:
            for name, (statement, _measures) in AGGREGATES.items():
                for basis in ("as_filed", "current"):
                    for scope in ("own", "subtree"):
                        cursor.execute(
                            f"CREATE TEMPORARY TABLE {name}_{basis}_{scope} ON COMMIT DROP AS {statement}",
                            {"year": year, "basis": basis, "scope": scope},
                        )

    @transaction.atomic
    def aggregate_and_store(self) -> None:
        """The same, then a row per number into an indexed table."""
        self.aggregate()  # its tables go with the outer transaction
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM bench_figures WHERE year = %s", [YEAR])
            for name, (_statement, measures) in AGGREGATES.items():
                names = ", ".join(f"'{measure}'" for measure in measures)
                for basis in ("as_filed", "current"):
                    for scope in ("own", "subtree"):
                        cursor.execute(
                            f"""
                            INSERT INTO bench_figures SELECT {YEAR}, '{basis}', '{scope}', place_id, dimension, key, measure, value
                            FROM {name}_{basis}_{scope} CROSS JOIN LATERAL
                                unnest(ARRAY[{names}], ARRAY[{", ".join(measures)}]) AS figure (measure, value)
                            WHERE value > 0
                            """
                        )


def _counted(conditions: dict[str, str]) -> str:
    return ", ".join(
        f"count(*) FILTER (WHERE {condition}) AS {measure}" for measure, condition in conditions.items()
    )


_JOIN = "JOIN bench_places place ON place.unit_id = {unit} AND basis = %(basis)s AND scope = %(scope)s"
_ON = "('accepted', 'reported', 'report_returned', 'recognised', 'not_recognised')"
_REGISTERED = {
    "registered": "true",
    "registered_new": "novelty = 'new'",
    "registered_maintained": "novelty = 'maintained'",
    "accepted": f"state IN {_ON}",
    "reported": "state IN ('reported', 'report_returned', 'recognised', 'not_recognised')",
    "recognised": "state = 'recognised'",
    "exemplary": "state = 'recognised' AND exemplary",
    "replicated": "outcome = 'replicate'",
    "ended": "outcome = 'end'",
}
_DIALOGUES = {"dialogues_periodic": "kind = 'periodic'", "dialogues_ad_hoc": "kind = 'ad_hoc'"}
_SUMMED = {
    "dialogue_participants": "attending",
    "summary_total": "opinions_total",
    "summary_on_spot": "opinions_on_spot",
    "summary_resolved": "opinions_resolved",
    "summary_in_progress": "opinions_in_progress",
    "summary_outside": "opinions_outside",
}
_OPINIONS = {
    "opinions_received": "true",
    "opinions_answered_on_spot": "status = 'answered_on_spot'",
    "opinions_resolved": "status = 'resolved'",
    "opinions_in_progress": "status = 'in_progress'",
    "opinions_outside_competence": "status = 'outside_competence'",
    "opinions_overdue": "status IN ('received', 'in_progress') AND due_on < current_date",
}
_AWARDS = {
    f"awards_{kind}": f"recipient_kind = '{kind}'" for kind in ("collective", "individual", "household")
}

AGGREGATES: dict[str, tuple[str, list[str]]] = {
    "registrations": (
        f"""
        SELECT place_id, CASE WHEN grouping(field) = 0 THEN 'field' WHEN grouping(level) = 0 THEN 'level'
                WHEN grouping(kind) = 0 THEN 'kind' WHEN grouping(subject) = 0 THEN 'subject' ELSE 'none' END AS dimension,
            coalesce(field, level, kind, subject, '') AS key, {_counted(_REGISTERED)}
        FROM models_registry_registration registration {_JOIN.format(unit="registration.unit_id")}
        WHERE year = %(year)s AND state IN ('submitted', 'returned', {_ON[1:]}
        GROUP BY GROUPING SETS ((place_id), (place_id, field), (place_id, level), (place_id, kind), (place_id, subject))
        """,
        list(_REGISTERED),
    ),
    "recognitions": (
        f"""
        SELECT place_id, CASE WHEN grouping(recognition.level) = 0 THEN 'level' ELSE 'none' END AS dimension,
            coalesce(recognition.level, '') AS key, count(*) AS recognitions
        FROM models_registry_recognition recognition
        JOIN models_registry_registration registration ON registration.id = registration_id
        {_JOIN.format(unit="registration.unit_id")}
        WHERE year = %(year)s GROUP BY GROUPING SETS ((place_id), (place_id, recognition.level))
        """,
        ["recognitions"],
    ),
    "dialogues": (
        f"""
        SELECT place_id, 'none' AS dimension, '' AS key, {_counted(_DIALOGUES)},
            {", ".join(f"sum({column}) AS {measure}" for measure, column in _SUMMED.items())}
        FROM dialogues_dialogue dialogue {_JOIN.format(unit="dialogue.unit_id")}
        WHERE state IN ('held', 'published')
            AND held_on BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
        GROUP BY place_id
        """,
        [*_DIALOGUES, *_SUMMED],
    ),
    "opinions": (
        f"""
        SELECT place_id, 'none' AS dimension, '' AS key, {_counted(_OPINIONS)}
        FROM dialogues_opinion JOIN dialogues_dialogue dialogue ON dialogue.id = dialogue_id
        {_JOIN.format(unit="dialogue.unit_id")}
        WHERE state IN ('held', 'published')
            AND held_on BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
        GROUP BY place_id
        """,
        list(_OPINIONS),
    ),
    "awards": (
        f"""
        SELECT place_id, CASE WHEN grouping(form.tier) = 0 THEN 'tier' ELSE 'none' END AS dimension,
            coalesce(form.tier, '') AS key, {_counted(_AWARDS)}
        FROM awards_award award JOIN awards_decision decision ON decision.id = award.decision_id
        JOIN awards_awardform form ON form.id = form_id {_JOIN.format(unit="award.unit_id")}
        WHERE award.year = %(year)s AND award.state = 'valid' AND decision.state IN ('issued', 'revoked')
        GROUP BY GROUPING SETS ((place_id), (place_id, form.tier))
        """,
        list(_AWARDS),
    ),
    "models": (
        f"""
        SELECT place_id, 'none' AS dimension, '' AS key, count(DISTINCT model_id) AS models_awarded
        FROM awards_award award JOIN awards_decision decision ON decision.id = award.decision_id
        JOIN models_registry_registration registration ON registration.id = award.registration_id
        {_JOIN.format(unit="registration.unit_id")}
        WHERE award.year = %(year)s AND award.state = 'valid' AND decision.state IN ('issued', 'revoked')
        GROUP BY place_id
        """,
        ["models_awarded"],
    ),
}
