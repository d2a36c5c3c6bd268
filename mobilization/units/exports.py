"""Units as a file, with the columns from which they can be loaded again."""

from collections.abc import Iterator

from mobilization.units.querysets import UnitQuerySet


def rows(units: UnitQuerySet) -> Iterator[list]:
    """Yield the units in the form of the shipped file (``UNIT_COLUMNS``): dates and numbers as machines write them."""
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
