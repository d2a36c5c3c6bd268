"""Units as a file, with the columns from which they can be loaded again."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from mobilization.core.exports import stream_csv
from mobilization.units.plan_files import UNIT_COLUMNS
from mobilization.units.querysets import UnitQuerySet


def units_csv(units: UnitQuerySet) -> StreamingHttpResponse:
    """Answer the units as CSV in the form of the shipped file: dates and numbers as machines write them."""
    return stream_csv("units.csv", UNIT_COLUMNS, _rows(units))


def _rows(units: UnitQuerySet) -> Iterator[list]:
    for unit in units.select_related("parent").iterator(chunk_size=500):
        yield [
            unit.code,
            unit.kind,
            unit.full_name,
            unit.name,
            unit.parent.code if unit.parent else "",
            unit.valid_from.isoformat(),
            unit.valid_to.isoformat() if unit.valid_to else "",
            unit.lat,
            unit.lon,
            unit.population,
            unit.area_km2,
            unit.seat,
        ]
