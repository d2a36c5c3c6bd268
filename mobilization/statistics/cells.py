"""The records of a year as counted cells: one pass over each source, in the database.

A cell says: under this unit, with these keys, so many records that count in these measures. The measures of a source
are told apart by bits (the n-th measure of ``MEASURES`` is bit n), so that a record stays one whole however many
measures count it.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from mobilization.core.planner import hashed_joins
from mobilization.statistics.measures import MEASURES, SOURCES
from mobilization.statistics.measuring import Measure, Part, Source
from mobilization.statistics.states import Dimension

BITS: dict[str, int] = {code: 1 << place for place, code in enumerate(MEASURES)}
KEYED = tuple(dimension for dimension in Dimension if dimension != Dimension.NONE)
NESTED = tuple(code for source in SOURCES for code in source.nested)
_DROP = "DROP TABLE IF EXISTS pg_temp.stat_cells;"
KEY_COLUMNS = ", ".join(f'"{dimension}"' for dimension in KEYED)


def depth(mask: int) -> int:
    """How many steps of its source's nested measures a cell has come."""
    return sum(1 for code in NESTED if mask & BITS[code])


def counted(source: Source) -> list[tuple[Measure, Part]]:
    """The measures that count records of ``source``."""
    return [
        (m, part) for m in MEASURES.values() for part in m.parts if part.source is source and not part.value
    ]


def summed(source: Source) -> list[tuple[Measure, Part]]:
    """The measures that add up a column of ``source``."""
    return [(m, part) for m in MEASURES.values() for part in m.parts if part.source is source and part.value]


def collect(cursor, year: int, city) -> None:
    """Make the temporary table ``stat_cells`` of the year's records under ``city``.

    Two statements: one over the records that are many, which PostgreSQL may share among several processes since it
    makes the table as well, and one over those that are few.
    """
    many, few = [], []
    for line, (source, query) in enumerate(queries(year, city)):
        (few if source.few else many).append(_of_all_columns(line, source, query))
    cursor.execute(
        f"{_DROP} CREATE TEMPORARY TABLE stat_cells ON COMMIT DROP AS {_union(many)}", _params(many)
    )
    with hashed_joins(cursor):
        cursor.execute(f"INSERT INTO stat_cells {_union(few)}", _params(few))


def _of_all_columns(line: int, source: Source, query: QuerySet) -> tuple[str, Sequence]:
    """Return the statement of a line, and its parameters, with the columns of ``stat_cells``."""
    sql, params = query.query.sql_with_params()
    given = ["unit_id", *(f'"{dimension}"' for dimension in source.dimensions), "mask", "n"]
    keys = [f'"{d}"::text' if d in source.dimensions else f'NULL::text AS "{d}"' for d in KEYED]
    columns = [f"{line}::smallint AS line", "unit_id", *keys, "mask::bigint AS mask", "n::integer AS n"]
    return f"SELECT {', '.join(columns)} FROM ({sql}) cell ({', '.join(given)})", params  # noqa: S608 -- as above


def _union(parts: list[tuple[str, Sequence]]) -> str:
    return " UNION ALL ".join(sql for sql, _params in parts)


def _params(parts: list[tuple[str, Sequence]]) -> list:
    return [value for _sql, params in parts for value in params]


def create_table(cursor) -> None:
    """Make the temporary table ``stat_cells``, empty."""
    cursor.execute(
        f"""
        {_DROP} CREATE TEMPORARY TABLE stat_cells (
            line smallint, unit_id bigint, {", ".join(f'"{d}" text' for d in KEYED)}, mask bigint, n integer
        ) ON COMMIT DROP
        """
    )


def lines() -> list[tuple[str, frozenset[str]]]:
    """The lines of cells, in the order of ``queries``: source, and the measures that can be told in its bits."""
    found = []
    for source in SOURCES:
        if measures := counted(source):
            found.append((source.code, frozenset(measure.code for measure, _part in measures)))
        found += [(source.code, frozenset([measure.code])) for measure, _part in summed(source)]
    return found


def queries(year: int, city) -> Iterator[tuple[Source, QuerySet]]:
    """One query for each line of cells: a source's records with their keys and bits; each summed column apart."""
    for source in SOURCES:
        records = source.of_year(year).filter(**{f"{source.unit}__path__startswith": city.path}).order_by()
        if measures := counted(source):
            keys = [F(path) for path in source.dimensions.values()]
            cells = records.annotate(cell_mask=_mask(source, measures)).filter(cell_mask__gt=0)
            yield source, cells.values_list(F(source.unit), *keys, "cell_mask").annotate(cell_n=Count("pk"))
        for measure, part in summed(source):
            bit = Value(BITS[measure.code], output_field=IntegerField())
            cells = part.words(records).values_list(F(source.unit), bit)
            yield Source(source.code, source.of_year), cells.annotate(n=Sum(part.value)).filter(n__gt=0)


def _mask(source: Source, measures: list[tuple[Measure, Part]]) -> Combinable:
    mask = Value(0, output_field=IntegerField())
    for measure, part in measures:
        mask = mask + _bit(source, measure, part)
    return mask


def _bit(source: Source, measure: Measure, part: Part) -> Combinable:
    """The measure's bit where the words of the measure choose the record.

    The words are applied to the bare model and their condition is taken over as it stands; they must not join.
    """
    bit = Value(BITS[measure.code], output_field=IntegerField())
    chosen = part.words(source.of_year(0).model.objects.all()).query
    if not chosen.where:
        return bit
    if len(chosen.alias_map) > 1:
        raise ValueError(f"The words of {measure.code} join other tables.")
    return Case(When(chosen.where, then=bit), default=Value(0), output_field=IntegerField())
