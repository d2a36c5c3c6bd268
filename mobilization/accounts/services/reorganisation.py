"""A reorganisation with its people: positions follow the units, in the same transaction."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.accounts.transitions import position_data
from mobilization.audit import log
from mobilization.units.models import Unit
from mobilization.units.plans import Move, Plan, Report
from mobilization.units.services import reorganise

BATCH = 1000


@dataclass
class PositionMoves:
    """What a reorganisation did to positions, for the administrator to read."""

    moved: list[Position] = field(default_factory=list)
    """The positions that go on at the main successor; ``moved_from`` is the ended one."""

    merged: list[tuple[Position, Unit]] = field(default_factory=list)
    """Ended positions whose person holds the same role at the successor already, for all of the time left."""

    undecided: list[Position] = field(default_factory=list)
    """Ended positions that nobody continues: the unit has no successor, the role does not fit it, or its person holds
    the role there for a part of the time only, which leaves a gap."""


@dataclass
class ReorganisationReport(Report):
    """What was done to the units, and with them to the positions."""

    positions: PositionMoves = field(default_factory=PositionMoves)


@transaction.atomic
def apply_reorganisation(
    plan: Plan, *, actor: User | None, dry_run: bool = False, job: str = "reorganise"
) -> ReorganisationReport:
    """Carry out ``plan`` and move the positions of every unit that ends to its main successor, all or nothing.

    With ``dry_run`` all of it is taken back before returning. Raises ``PlanRefused``. ``actor`` is None for a
    command only, which names itself by ``job``.
    """
    with transaction.atomic():
        done = reorganise(plan, actor=actor, job=job)
        moves = move_all_positions(done.moves, actor=actor, job=job)
        if dry_run:
            transaction.set_rollback(True)
    return ReorganisationReport(**(vars(done) | {"dry_run": dry_run}), positions=moves)


def move_positions(
    predecessor: Unit, successor: Unit | None, on: datetime.date, actor: User | None
) -> PositionMoves:
    """Move the positions of one unit that ends ``on`` to the unit that follows it; see ``move_all_positions``."""
    return move_all_positions([Move(predecessor, successor, on)], actor=actor)


@transaction.atomic
def move_all_positions(
    moves: Sequence[Move], *, actor: User | None, job: str = "reorganise"
) -> PositionMoves:
    """End the positions at each predecessor on its day and continue them at its successor.

    Person, role and end stay. What cannot be continued is listed for a decision. The number of statements does not
    depend on the number of positions; one day after the other, so that a position follows its unit through a chain.
    """
    result = PositionMoves()
    in_order = sorted(moves, key=lambda move: move.on)
    for on, of_the_day in groupby(in_order, key=lambda move: move.on):
        _move_on(on, {move.predecessor.pk: move.successor for move in of_the_day}, actor, job, result)
    return result


def _move_on(
    on: datetime.date, successors: dict[int, Unit | None], actor: User | None, job: str, result: PositionMoves
) -> None:
    ending = list(
        Position.objects.select_for_update(of=("self",))
        .at(list(successors))
        .not_ended(on)
        .select_related("user", "unit")
        .order_by("-valid_to", "pk")  # what lasts longest first: it takes the shorter ones in
    )
    held = _held_at({unit.pk for unit in successors.values() if unit}, on)
    begun = []
    for position in ending:
        successor, until = successors[position.unit_id], position.valid_to
        _end(position, on, actor)
        if successor is None or not Role(position.role).fits(successor.kind):
            result.undecided.append(position)
            continue
        there = held[position.user_id, position.role, successor.pk]
        continued = _continued(position, successor, on, until, actor)
        if not any(_meet(other, continued) for other in there):
            there.append(continued)
            begun.append(continued)
        elif any(_lasts_as_long(other, continued) for other in there):
            result.merged.append((position, successor))
        else:
            result.undecided.append(position)
    Position.objects.bulk_update(ending, ["valid_to", "ended_by", "ended_at"], batch_size=BATCH)
    result.moved += Position.objects.bulk_create(begun, batch_size=BATCH)
    log.record_many(_records(ending, begun, actor, job))


def _held_at(units: Iterable[int], on: datetime.date) -> dict[tuple[int, str, int], list[Position]]:
    held = defaultdict(list)
    for position in Position.objects.at(units).not_ended(on):
        held[position.user_id, position.role, position.unit_id].append(position)
    return held


def _meet(one: Position, other: Position) -> bool:
    """Tell whether there is a day on which both give access."""
    return one.valid_from < _until(other) and other.valid_from < _until(one)


def _lasts_as_long(held: Position, wanted: Position) -> bool:
    """Tell whether ``held`` gives access on every day on which ``wanted`` would."""
    return held.valid_from <= wanted.valid_from and _until(wanted) <= _until(held)


def _until(position: Position) -> datetime.date:
    return position.valid_to or datetime.date.max


def _end(position: Position, on: datetime.date, actor: User | None) -> None:
    position.valid_to = max(on, position.valid_from)
    position.ended_by, position.ended_at = actor, timezone.now()


def _continued(
    position: Position, successor: Unit, on: datetime.date, until: datetime.date | None, actor: User | None
) -> Position:
    return Position(
        user=position.user,
        role=position.role,
        unit=successor,
        valid_from=max(on, position.valid_from),
        valid_to=until,
        granted_by=actor,
        moved_from=position,
    )


def _records(
    ended: list[Position], begun: list[Position], actor: User | None, job: str
) -> Iterable[log.Record]:
    for act, positions in (("position.end_by_reorganisation", ended), ("position.move", begun)):
        for position in positions:
            yield log.Record(act, actor, position.user, position.unit, position_data(position, actor, job))
