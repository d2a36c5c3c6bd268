"""From cells to figures, in the database: own figures of both bases, then with all units below, then what changed.

Between cells and figures everything is kept wide, one column per measure, since a dozen breakdowns of two dozen
measures are a dozen rows then and not three hundred.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from mobilization.statistics.cells import BITS, KEY_COLUMNS, KEYED, counted, depth, summed
from mobilization.statistics.measures import MEASURES, SOURCES
from mobilization.statistics.places import Places
from mobilization.statistics.restating import hand_out
from mobilization.statistics.states import Basis

COLUMNS = [f'"{code}"' for code in MEASURES]
NAMED = ", ".join(COLUMNS)
SUMS = ", ".join(f"sum(wide.{column})" for column in COLUMNS)
KEY = "basis, unit_id, dimension, measure, key"
#: The bits of the measures that are not zero in a wide row.
PRESENT = " | ".join(
    f"(CASE WHEN wide.{c} <> 0 THEN {BITS[code]} ELSE 0 END)"
    for code, c in zip(MEASURES, COLUMNS, strict=True)
)


def aggregate(cursor, places: Places) -> None:
    """Make the temporary table ``stat_wide`` of ``stat_cells``: own figures and sums of the units below, both bases."""
    _create_tables(cursor, places)
    _group(cursor, Basis.AS_FILED, "stat_cells")
    _restate_whole(cursor)
    _restate_shared_out(cursor, places)
    _doubt(cursor)
    _roll_up(cursor)


def _create_tables(cursor, places: Places) -> None:
    """Make the tables that are filled here, and those of the tree: few rows, which the planner is to know of."""
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.stat_wide, pg_temp.stat_handed, pg_temp.stat_whole, pg_temp.stat_doubts,
            pg_temp.stat_ancestors;
        CREATE TEMPORARY TABLE stat_wide (
            basis text, below boolean NOT NULL DEFAULT false, unit_id bigint, dimension text, key text,
            doubt bigint NOT NULL DEFAULT 0, {", ".join(f"{column} integer" for column in COLUMNS)}
        ) ON COMMIT DROP;
        CREATE TEMPORARY TABLE stat_handed (LIKE stat_cells) ON COMMIT DROP;
        CREATE TEMPORARY TABLE stat_whole (unit_id bigint, place_id bigint) ON COMMIT DROP;
        CREATE TEMPORARY TABLE stat_doubts (unit_id bigint, place_id bigint) ON COMMIT DROP;
        CREATE TEMPORARY TABLE stat_ancestors (basis text, unit_id bigint, above_id bigint) ON COMMIT DROP;
        INSERT INTO stat_whole SELECT * FROM unnest(%s::bigint[], %s::bigint[]);
        INSERT INTO stat_doubts SELECT * FROM unnest(%s::bigint[], %s::bigint[]);
        INSERT INTO stat_ancestors SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[]);
        ANALYZE stat_whole, stat_doubts, stat_ancestors
        """,  # noqa: S608 -- built of the declared codes only
        [*_columns(places.whole(), 2), *_columns(places.doubts(), 2), *_columns(places.ancestors(), 3)],
    )


def _columns(rows: Iterable[tuple], number: int) -> list[str]:
    """Return the columns of ``rows`` as literals of arrays, which PostgreSQL reads faster than lists of expressions."""
    columns = list(zip(*rows, strict=True)) or [()] * number
    return ["{%s}" % ",".join(map(_element, column)) for column in columns]  # noqa: UP031 -- braces are written here


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


def _group(cursor, basis: Basis, cells: str) -> None:
    """Own figures of all breakdowns, one pass of grouping sets over the cells of each source."""
    first, parts, params = 0, [], []
    for source in SOURCES:
        measures = [measure.code for measure, _part in counted(source)]
        lines = range(first, first + bool(measures) + len(summed(source)))
        first = lines.stop
        measures += [measure.code for measure, _part in summed(source)]
        dimensions = [dimension for dimension in KEYED if dimension in source.dimensions]
        sets = ["(unit_id)", *(f'(unit_id, "{dimension}")' for dimension in dimensions)]
        which = " ".join(f"""WHEN GROUPING("{d}") = 0 THEN '{d}'""" for d in dimensions)
        key = ", ".join(f'"{d}"' for d in dimensions)
        sums = (
            f"sum(n) FILTER (WHERE mask & {BITS[c]} <> 0)" if c in measures else "NULL::bigint"
            for c in MEASURES
        )
        parts.append(
            f"""
            SELECT %s, unit_id, {f"CASE {which} ELSE 'none' END" if which else "'none'"},
                {f"coalesce({key}, '')" if key else "''"}, {", ".join(sums)}
            FROM {cells} WHERE line BETWEEN %s AND %s
            GROUP BY GROUPING SETS ({", ".join(sets)})
            """  # noqa: S608 -- built of the declared codes only
        )
        params += [basis, lines.start, lines.stop - 1]
    cursor.execute(
        f"INSERT INTO stat_wide (basis, unit_id, dimension, key, {NAMED}) {' UNION ALL '.join(parts)}",
        params,
    )


def _restate_whole(cursor) -> None:
    cursor.execute(
        f"""
        INSERT INTO stat_wide (basis, unit_id, dimension, key, {NAMED})
        SELECT %s, place_id, dimension, key, {SUMS}
        FROM stat_wide wide JOIN stat_whole USING (unit_id)
        GROUP BY place_id, dimension, key
        """,  # noqa: S608 -- built of the declared codes only
        [Basis.CURRENT],
    )


def _restate_shared_out(cursor, places: Places) -> None:
    """Hand out the records of the units that were split by known shares; a unit's cells at a time."""
    shared_out = places.shared_out()
    if not shared_out:
        return
    cursor.execute(
        f"SELECT unit_id, line, mask, {KEY_COLUMNS}, n FROM stat_cells WHERE unit_id = ANY(%s) ORDER BY unit_id, line",  # noqa: S608
        [list(shared_out)],
    )
    handed = []
    for (unit, _line), rows in groupby(cursor.fetchall(), key=itemgetter(0, 1)):
        ordered = sorted(rows, key=lambda row: (-depth(row[2]), -row[2], [key or "" for key in row[3:-1]]))
        cells = [(tuple(row[1:-1]), int(row[-1])) for row in ordered]
        handed += [
            (cell[0], place, *cell[2:], cell[1], n)
            for place, cell, n in hand_out(shared_out[unit].parts, cells)
        ]
    types = ["smallint", "bigint", *["text"] * len(KEYED), "bigint", "bigint"]
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    cursor.execute(f"INSERT INTO stat_handed SELECT * FROM unnest({arrays})", _columns(handed, len(types)))  # noqa: S608
    _group(cursor, Basis.CURRENT, "stat_handed")


def _doubt(cursor) -> None:
    cursor.execute(
        f"""
        INSERT INTO stat_wide (basis, unit_id, dimension, key, doubt)
        SELECT %s, place_id, dimension, key, bit_or({PRESENT})
        FROM stat_wide wide JOIN stat_doubts USING (unit_id)
        WHERE basis = %s
        GROUP BY place_id, dimension, key
        """,  # noqa: S608 -- built of the declared codes only
        [Basis.CURRENT, Basis.AS_FILED],
    )


def _roll_up(cursor) -> None:
    cursor.execute(
        f"""
        INSERT INTO stat_wide (basis, below, unit_id, dimension, key, {NAMED})
        SELECT basis, true, above_id, dimension, key, {SUMS}
        FROM stat_wide wide JOIN stat_ancestors USING (basis, unit_id)
        GROUP BY basis, above_id, dimension, key
        """  # noqa: S608 -- built of the declared codes only
    )


def narrow(cursor) -> None:
    """Make the temporary table ``stat_figures``: a row per figure, those left out that are zero and certain.

    What is wide is read once for each measure: a condition over a column costs nothing
    beside taking rows apart into arrays of which most elements are zero.
    """
    sums = ", ".join(
        f"sum({column}) FILTER (WHERE NOT below) AS own_{place}, sum({column}) AS all_{place}"
        for place, column in enumerate(COLUMNS)
    )
    figures = " UNION ALL ".join(
        f"""
        SELECT basis, unit_id, dimension, '{code}' AS measure, key, coalesce(own_{place}, 0) AS own,
            coalesce(all_{place}, 0) AS subtree, doubt & {BITS[code]} <> 0 AS estimated
        FROM stat_sums WHERE all_{place} <> 0 OR doubt & {BITS[code]} <> 0
        """  # noqa: S608 -- built of the declared codes only
        for place, code in enumerate(MEASURES)
    )
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.stat_sums, pg_temp.stat_figures;
        CREATE TEMPORARY TABLE stat_sums ON COMMIT DROP AS
        SELECT basis, unit_id, dimension, key, bit_or(doubt) AS doubt, {sums}
        FROM stat_wide GROUP BY basis, unit_id, dimension, key;
        CREATE TEMPORARY TABLE stat_figures ON COMMIT DROP AS {figures}
        """  # noqa: S608 -- built of the declared codes only
    )


def store(cursor, year: int, places: Places) -> tuple[int, int]:
    """Bring the stored figures of the year to those of ``stat_figures``; answers how many there are, how many changed.

    Only differences are written: a night in which nothing happened writes nothing.
    """
    cursor.execute("SELECT count(*) FROM stat_figures")
    (number,) = cursor.fetchone()
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.stat_changes;
        CREATE TEMPORARY TABLE stat_changes ON COMMIT DROP AS
        SELECT {KEY}, new.own, new.subtree, new.estimated
        FROM stat_figures new FULL JOIN (
            SELECT {KEY}, own, subtree, estimated FROM statistics_figure
            WHERE year = %s AND unit_id IN (SELECT id FROM units_unit WHERE starts_with(path, %s))
        ) old USING ({KEY})
        WHERE (new.own, new.subtree, new.estimated) IS DISTINCT FROM (old.own, old.subtree, old.estimated)
        """,  # noqa: S608 -- built of constants
        [year, places.city.path],
    )
    changed = cursor.rowcount
    if changed:
        _write_changes(cursor, year)
    return number, changed


def _write_changes(cursor, year: int) -> None:
    cursor.execute(
        f"""
        DELETE FROM statistics_figure old USING stat_changes new
        WHERE year = %s AND ({_of("new")}) = ({_of("old")})
        """,  # noqa: S608 -- built of constants
        [year],
    )
    cursor.execute(
        f"""
        INSERT INTO statistics_figure (year, {KEY}, own, subtree, estimated)
        SELECT %s, {KEY}, own, subtree, estimated FROM stat_changes WHERE own IS NOT NULL
        """,  # noqa: S608 -- built of constants
        [year],
    )


def _of(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in KEY.split(", "))
