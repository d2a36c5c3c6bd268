"""The other side of a year's statistics: the SQL that one would write by hand for the same numbers."""

from django.db import connection, transaction

from mobilization.statistics.places import Places
from mobilization.units.models import Unit


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
    def aggregate(self, year: int) -> None:
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
    def aggregate_and_store(self, year: int) -> None:
        """The same, then a row per number into an indexed table."""
        self.aggregate(year)  # its tables go with the outer transaction
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM bench_figures WHERE year = %s", [year])
            for name, (_statement, measures) in AGGREGATES.items():
                names = ", ".join(f"'{measure}'" for measure in measures)
                for basis in ("as_filed", "current"):
                    for scope in ("own", "subtree"):
                        cursor.execute(
                            f"""
                            INSERT INTO bench_figures SELECT {year}, '{basis}', '{scope}', place_id, dimension, key, measure, value
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
