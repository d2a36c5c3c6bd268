"""Fills what follows from the tree and the successions, for all units at once."""

import datetime

from django.db import connection
from django.utils import timezone

# Follows each unit that has ended to its main successor, or else to the unit above it, until one is in force. It ends,
# since a successor outlives its predecessor and a parent its children.
_HEIRS = """
    WITH RECURSIVE walk AS (
        SELECT id AS unit_id, id AS at_id, 0 AS step FROM units_unit
        UNION ALL
        SELECT walk.unit_id, coalesce(link.successor_id, ended.parent_id), walk.step + 1
        FROM walk
        JOIN units_unit ended ON ended.id = walk.at_id AND ended.valid_to <= %s
        LEFT JOIN units_succession link ON link.predecessor_id = ended.id AND link.is_main
        WHERE coalesce(link.successor_id, ended.parent_id) IS NOT NULL
    ), heirs AS (
        SELECT DISTINCT ON (unit_id) unit_id, at_id AS heir_id FROM walk ORDER BY unit_id, step DESC
    )
    UPDATE units_unit SET heir_id = heirs.heir_id FROM heirs
    WHERE heirs.unit_id = units_unit.id AND units_unit.heir_id <> heirs.heir_id
"""


def recompute_heirs(on: datetime.date | None = None) -> int:
    """Set every unit's heir as of ``on`` (today), and return how many changed.

    The heir is the unit in force that answers for a unit's records: itself while it is in force (or not yet), else its
    main successor's heir, else, where nothing succeeded it, its parent's heir.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEIRS, [on or timezone.localdate()])
        return cursor.rowcount
