"""Who received an award, over all awards: linked by kind, unit and name, without touching the names as granted.

Names are compared without accents, case and doubled blanks, within the very unit of the award; that two units' lists
name one person is for people to say (``merging``). Awards drawn from nominations bring their recipient along.
"""

from collections.abc import Collection

from django.db import connection

_MAKE = r"""
    INSERT INTO awards_recipient (kind, name, unit_id, note, created_at, version)
    SELECT a.recipient_kind, (array_agg(a.name ORDER BY a.id DESC))[1], a.unit_id, '', now(), 1
    FROM (
        SELECT id, recipient_kind, unit_id, regexp_replace(btrim(recipient_name), '\s+', ' ', 'g') AS name
        FROM awards_award
        WHERE recipient_id IS NULL AND (%(every)s OR decision_id = ANY(%(decisions)s))
    ) a
    WHERE NOT EXISTS (
        SELECT 1 FROM awards_recipient r
        WHERE r.folded_name = portal_fold(a.name) AND r.kind = a.recipient_kind AND r.unit_id = a.unit_id AND r.note = ''
    )
    GROUP BY a.recipient_kind, a.unit_id, portal_fold(a.name)
    ORDER BY a.unit_id, a.recipient_kind, portal_fold(a.name)
    ON CONFLICT DO NOTHING
"""
_LINK = r"""
    UPDATE awards_award a SET recipient_id = (
        SELECT coalesce(r.merged_into_id, r.id) FROM awards_recipient r
        WHERE r.folded_name = portal_fold(regexp_replace(btrim(a.recipient_name), '\s+', ' ', 'g'))
          AND r.kind = a.recipient_kind AND r.unit_id = a.unit_id AND r.note = ''
        ORDER BY r.merged_into_id IS NOT NULL, r.id LIMIT 1
    )
    WHERE a.recipient_id IS NULL AND (%(every)s OR a.decision_id = ANY(%(decisions)s))
"""
_DROP = """
    DELETE FROM awards_recipient r
    WHERE r.id = ANY(%s) AND r.created_by_id IS NULL AND r.merged_into_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM awards_award a WHERE a.recipient_id = r.id)
      AND NOT EXISTS (SELECT 1 FROM awards_nomination n WHERE n.recipient_id = r.id)
      AND NOT EXISTS (SELECT 1 FROM awards_recipientmerge m WHERE r.id IN (m.kept_id, m.double_id))
      AND NOT EXISTS (SELECT 1 FROM awards_recipient d WHERE d.merged_into_id = r.id)
"""


def link_recipients(decisions: Collection[int] | None = None) -> int:
    """Give each award without a recipient its own, made where there is none yet; return how many awards were linked.

    ``decisions`` (ids) bounds it; without it all awards are looked at. Two statements, however many rows.
    """
    words = {"every": decisions is None, "decisions": list(decisions or [])}
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, words)
        cursor.execute(_LINK, words)
        return cursor.rowcount


def drop_unused(recipients: Collection[int]) -> int:
    """Delete those of ``recipients`` (ids) that were made by linking and of which nothing is left; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [list(recipients)])
        return cursor.rowcount
