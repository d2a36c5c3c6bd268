"""What became of a closed year after its closing: beside the sealed figures, never instead of them."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Decision
from mobilization.audit import log
from mobilization.core.errors import Conflict
from mobilization.core.planner import hashed
from mobilization.statistics import marks, rollup, runs, sealing, services
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Adjustment, AdjustmentLine, Correction, RebuildRun, Seal
from mobilization.statistics.places import Places
from mobilization.statistics.rollup import KEY
from mobilization.statistics.states import Basis, Why
from mobilization.units.models import Unit

FOLLOWED_UP = frozenset(
    {"opinions_answered_on_spot", "opinions_resolved", "opinions_in_progress", "opinions_outside_competence"}
)
"""What goes on changing by right: every opinion is followed up to its end, also after the year was closed."""


def adjust_year(year: int, *, city: Unit) -> Adjustment | None:
    """Compare a closed ``year`` with its records, where something changed; keep what differs with its causes.

    The sealed figures stay. None where nothing changed, or another one is at it.
    """
    with runs.one_at_a_time(year, city, wait=False) as held:
        if not held or not marks.number_of(year, city):
            return None
        with (
            runs.recorded(year, city, why=Why.CHANGE) as run,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            kept = _adjust(cursor, Seal.objects.get(city=city, year=year), run)
            runs.done(run)
            return kept


def _adjust(cursor, seal: Seal, run: RebuildRun) -> Adjustment | None:
    moved = _restate(cursor, seal, run.city)
    places, run.marks = services.compute(cursor, seal.year, run.city)
    rows = _differences(cursor, seal, list(places.paths))
    run.changed = len(rows)
    if moved and not any(row[0] == Basis.AS_FILED for row in rows):
        return _move_lines(seal, rows)
    return _keep(seal, rows) if rows else None


@transaction.atomic
def explain(adjustment: Adjustment, *, actor, reason: str) -> Adjustment:
    """Name the cause of an adjustment that none was known of. Raises ``Conflict`` where somebody did so already."""
    locked = Adjustment.objects.select_for_update(of=["self"]).select_related("city").get(pk=adjustment.pk)
    if not locked.unexplained:
        raise Conflict(_("Somebody has named the cause already."))
    known = [cause for cause in locked.causes if cause["kind"] != "unexplained"]
    told = {"id": "", "kind": "explained", "reason": reason, "actor": actor.full_name, "at": timezone.now()}
    locked.causes, locked.unexplained = [*known, told], False
    locked.save(update_fields=["causes", "unexplained"])
    data = {"year": locked.year, "reason": reason}
    log.record("statistics.explain_adjustment", actor=actor, target=locked, unit=locked.city, data=data)
    return locked


def _restate(cursor, seal: Seal, city: Unit) -> bool:
    """Where the tree of units is another one than was sealed: restate what was sealed onto the units of today.

    As filed nothing changes, and the totals of the city stay as they are.
    """
    places = Places(city)
    if places.fingerprint() == json.loads(seal.header)["tree"]:
        return False
    sealing.restore_cells(cursor, seal)
    with hashed(cursor):
        rollup.aggregate(cursor, places)
        rollup.narrow(cursor)
        rollup.store(cursor, seal.year, places)
    AdjustmentLine.objects.filter(
        adjustment__city=city, adjustment__year=seal.year, basis=Basis.CURRENT
    ).delete()
    return True


def _move_lines(seal: Seal, rows: list[tuple]) -> None:
    """What was adjusted stands under other units of today now; the causes are those told before."""
    last = Adjustment.objects.filter(city=seal.city_id).of_year(seal.year).last()
    if last is not None:
        _add_lines(last, rows)


def _differences(cursor, seal: Seal, units: list[int]) -> list[tuple]:
    """What the records say now, less what is stored and what is adjusted already."""
    settled = [code for code, measure in MEASURES.items() if not measure.is_of_the_day]
    cursor.execute(
        f"""
        SELECT {KEY}, sum(own)::bigint, sum(subtree)::bigint FROM (
            SELECT {KEY}, own, subtree FROM stat_figures
            UNION ALL SELECT {KEY}, -own, -subtree FROM statistics_figure WHERE year = %s AND unit_id = ANY(%s)
            UNION ALL SELECT {KEY}, -own, -subtree FROM statistics_adjustmentline line
                JOIN statistics_adjustment adjustment ON adjustment.id = line.adjustment_id
                WHERE adjustment.city_id = %s AND adjustment.year = %s
        ) figures
        WHERE measure = ANY(%s)
        GROUP BY {KEY} HAVING sum(own) <> 0 OR sum(subtree) <> 0
        """,  # noqa: S608 -- built of constants
        [seal.year, units, seal.city_id, seal.year, settled],
    )
    return cursor.fetchall()


def _keep(seal: Seal, rows: list[tuple]) -> Adjustment:
    causes = list(_new_causes(seal))
    measures = {row[3] for row in rows}
    if measures & FOLLOWED_UP:
        causes.append({"id": "", "kind": "follow_up"})
    unexplained = bool(measures - FOLLOWED_UP) and not any(cause["id"] for cause in causes)
    if unexplained:
        causes.append({"id": "", "kind": "unexplained"})
    kept = Adjustment.objects.create(
        city_id=seal.city_id, year=seal.year, causes=causes, unexplained=unexplained
    )
    _add_lines(kept, rows)
    return kept


def _add_lines(kept: Adjustment, rows: list[tuple]) -> None:
    AdjustmentLine.objects.bulk_create(
        AdjustmentLine(
            adjustment=kept,
            basis=basis,
            unit_id=unit,
            dimension=dimension,
            measure=measure,
            key=key,
            own=own,
            subtree=subtree,
        )
        for basis, unit, dimension, measure, key, own, subtree in rows
    )


def _new_causes(seal: Seal) -> Iterator[dict[str, Any]]:
    earlier = Adjustment.objects.filter(city=seal.city_id).of_year(seal.year).values_list("causes", flat=True)
    told = {cause["id"] for causes in earlier for cause in causes}
    for cause in (*_corrections(seal), *_decisions(seal)):
        if cause["id"] not in told:
            yield cause


def _corrections(seal: Seal) -> Iterator[dict[str, Any]]:
    done = Correction.objects.filter(city=seal.city_id, year=seal.year).done()
    for correction in done.select_related("asked_by", "decided_by", "permit").order_by("permit__used_at"):
        yield {
            "id": f"correction:{correction.pk}",
            "kind": "correction",
            "title": correction.title,
            "url": correction.url,
            "reason": correction.reason,
            "actor": correction.asked_by.full_name,
            "approved_by": correction.decided_by.full_name,
            "at": correction.permit.used_at,
        }


def _decisions(seal: Seal) -> Iterator[dict[str, Any]]:
    """Later decisions that ended awards of the year: to revoke is an act of the year in which it is signed."""
    later = Decision.objects.filter(
        ended_awards__year=seal.year, unit__path__startswith=f"/{seal.city_id}/", issued_at__gt=seal.sealed_at
    )
    for decision in later.distinct().select_related("issued_by").order_by("issued_at"):
        yield {
            "id": f"decision:{decision.pk}",
            "kind": "decision",
            "title": f"{decision.number} · {decision.title}",
            "url": decision.get_absolute_url(),
            "reason": decision.reason,
            "actor": decision.issued_by.full_name,
            "approved_by": decision.signer,
            "at": decision.issued_at,
        }
