"""Reorganisations: units open, close and are linked, in one transaction, with an audit entry for each."""

import datetime
import logging
from collections.abc import Sequence

from django.db import connection, models, transaction

from mobilization.audit.log import Record, record_many
from mobilization.core.text import vietnamese_sort_key
from mobilization.units.comparison import AMENDABLE, LINK_FIELDS, Changes, Entry, compare
from mobilization.units.constraints import SUCCESSION_FITS, UNIT_FITS
from mobilization.units.models import Succession, Unit
from mobilization.units.plans import LifeKey, Link, Move, Plan, Report
from mobilization.units.recompute import recompute_heirs

logger = logging.getLogger(__name__)
LIFE_FIELDS = ("code", "kind", "valid_from", "valid_to", *AMENDABLE)


@transaction.atomic
def reorganise(
    plan: Plan, *, actor: models.Model | None, dry_run: bool = False, job: str = "reorganise"
) -> Report:
    """Carry out ``plan`` and return what was done; with ``dry_run`` all of it is taken back before returning.

    What the portal knows already is left as it is, so a plan may be repeated. ``actor`` is None for a command only,
    which names itself by ``job``. The caller moves positions along ``report.moves`` in the same transaction. Raises
    ``PlanRefused``; nothing is changed then.
    """
    _lock()
    changes = compare(plan)
    with transaction.atomic():
        report = _execute(changes, dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)
        else:
            record_many(_records(report, actor, job))
    return report


def refresh_heirs(on: datetime.date | None = None) -> int:
    """Recompute heirs as of ``on`` (today), for reorganisations that were entered ahead of their date.

    Returns how many changed; running it again changes nothing.
    """
    with transaction.atomic():
        _lock()
        changed = recompute_heirs(on)
    if changed:
        logger.info("heirs of %s units changed", changed)
    return changed


def _lock() -> None:
    # One reorganisation at a time; readers, and writers of records that only refer to units, go on.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE units_unit, units_succession IN SHARE ROW EXCLUSIVE MODE")


def _execute(changes: Changes, *, dry_run: bool) -> Report:
    report = Report(dry_run=dry_run, unchanged=changes.unchanged, links_unchanged=changes.links_unchanged)
    report.closed = _close(changes.closings)
    report.amended = _amend(changes.amendments)
    report.opened = _open(changes.openings)
    units = _units_by_key(changes)
    report.linked = _link(changes.new_links, units)
    report.relinked = _relink(changes.changed_links)
    report.heirs_changed = recompute_heirs()
    _check_now()
    report.moves = _moves(report.closed)
    return report


def _check_now() -> None:
    # What the database has to say about units, it says here and not at some later commit; positions may still move.
    names = ", ".join([UNIT_FITS.get_pgid(Unit), SUCCESSION_FITS.get_pgid(Succession)])
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")


def _close(closings: Sequence[Entry]) -> list[Unit]:
    closed = [entry.unit for entry in closings]
    for entry in closings:
        entry.unit.valid_to = entry.valid_to
    Unit.objects.bulk_update(closed, ["valid_to"])
    return closed


def _amend(amendments: Sequence[tuple[Unit, dict]]) -> list[tuple[Unit, dict]]:
    for unit, values in amendments:
        for name, value in values.items():
            setattr(unit, name, value)
        unit.sort_key = vietnamese_sort_key(unit.name)
    Unit.objects.bulk_update([unit for unit, _values in amendments], [*AMENDABLE, "sort_key"], batch_size=500)
    return list(amendments)


def _open(openings: Sequence[Entry]) -> list[Unit]:
    """Insert new units, parents first: each needs its own id for its path, and is its own heir to begin with."""
    if not openings:
        return []
    known = {LifeKey(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    order = {entry.key: entry for entry in openings}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('units_unit', 'id')) FROM generate_series(1, %s)",
            [len(openings)],
        )
        ids = [identifier for (identifier,) in cursor.fetchall()]
    opened: list[Unit] = []
    for entry, identifier in zip(
        sorted(order.values(), key=lambda entry: _depth(entry, order)), ids, strict=True
    ):
        parent = known[entry.parent] if entry.parent else None
        unit = Unit(
            pk=identifier,
            parent=parent,
            heir_id=identifier,
            path=f"{parent.path if parent else '/'}{identifier}/",
            sort_key=vietnamese_sort_key(entry.life.name),
            **{name: getattr(entry.life, name) for name in LIFE_FIELDS},
        )
        known[entry.key] = unit
        opened.append(unit)
    return Unit.objects.bulk_create(opened)


def _depth(entry: Entry, openings: dict[LifeKey, Entry]) -> int:
    depth = 0
    while entry is not None and entry.parent:
        entry = openings.get(entry.parent)
        depth += 1
    return depth


def _units_by_key(changes: Changes) -> dict[LifeKey, Unit]:
    if not changes.new_links:
        return {}
    return {LifeKey(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}


def _link(links: Sequence[Link], units: dict[LifeKey, Unit]) -> list[Succession]:
    return Succession.objects.bulk_create(
        Succession(
            predecessor=units[link.predecessor],
            successor=units[link.successor],
            on=link.on,
            **{name: getattr(link, name) for name in LINK_FIELDS},
        )
        for link in links
    )


def _relink(changed: Sequence[tuple[Succession, Link]]) -> list[Succession]:
    # Those that are no more the main one go first: a predecessor never has two, not even between two statements.
    for succession, link in sorted(changed, key=lambda pair: pair[1].is_main):
        for name in LINK_FIELDS:
            setattr(succession, name, getattr(link, name))
        succession.save(update_fields=LINK_FIELDS)
    return [succession for succession, _link in changed]


def _moves(closed: Sequence[Unit]) -> list[Move]:
    main = {
        link.predecessor_id: link.successor
        for link in Succession.objects.main().filter(predecessor__in=closed).select_related("successor")
    }
    return [Move(unit, main.get(unit.pk), unit.valid_to) for unit in closed]


def _records(report: Report, actor: models.Model | None, job: str) -> list[Record]:
    by_job = {} if actor else {"job": job}
    records = [
        Record("unit.open", actor, unit, unit, by_job | {"name": unit.full_name, "from": unit.valid_from})
        for unit in report.opened
    ]
    records += [
        Record("unit.close", actor, unit, unit, by_job | {"name": unit.full_name, "on": unit.valid_to})
        for unit in report.closed
    ]
    records += [
        Record("unit.amend", actor, unit, unit, by_job | {"new": values}) for unit, values in report.amended
    ]
    return records + [
        Record(
            "unit.link",
            actor,
            link.predecessor,
            link.predecessor,
            by_job | {"successor": link.successor_id, "on": link.on, "main": link.is_main},
        )
        for link in [*report.linked, *report.relinked]
    ]
