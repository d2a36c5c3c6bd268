"""How every act is carried out: locked, compared, changed, written down and told, in one transaction.

Only ``transitions`` uses this; whoever wants to move a registration calls the act by its name there.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.units import closed_years
from models_registry import holding, validators
from models_registry.announcing import announce
from models_registry.facts import refuse_by_facts
from models_registry.locks import lock, refuse_stale
from models_registry.models import Registration, ReviewStep
from models_registry.permissions import acting_for, level_of
from models_registry.states import MOVES, Act, By

_COLUMNS = [
    field.attname
    for field in Registration._meta.concrete_fields
    if not (field.primary_key or field.generated)
]


@dataclass
class Turn:
    """What one act knows: the locked registration, who acts, when, and what the step will say."""

    act: Act
    registration: Registration
    actor: object
    now: datetime.datetime
    reason: str = ""
    remarks: dict[str, str] | None = None
    due_on: datetime.date | None = None
    late: bool = False
    level: str = ""
    """The level that decides; empty for acts of the unit."""
    document: dict[str, str] = field(default_factory=dict)
    """The decision under which it is recognised: what the unit is told of it."""

    @property
    def today(self) -> datetime.date:
        return timezone.localtime(self.now).date()


@contextmanager
def move(
    act: Act, registration: Registration, actor, seen_version: int | None, *, reason: str = ""
) -> Iterator[Turn]:
    """Lock and check, let the caller change the locked registration, then save it, its step and the audit record."""
    refuse_problems(validators.problems_of_words(reason, needed=act in Act.NEED_REASON))
    with transaction.atomic():
        locked = lock(registration)
        refuse_stale(locked, seen_version, actor=actor)
        refuse_by_facts(act, locked, actor)
        if act is not Act.RENEW:  # what goes on into an open year leaves the closed one as it is
            closed_years.enter(locked.unit, locked.year, locked)
        turn = Turn(act, locked, actor, timezone.now(), reason=validators.clean_text(reason))
        if MOVES[act].by is not By.UNIT:
            turn.level = level_of(locked, MOVES[act].by)
        before = _values(locked)
        if act in Act.HANDS_IN:
            locked.typists = sorted({*locked.typists, actor.pk})
        yield turn
        _write(turn, before)


def _values(registration: Registration) -> dict[str, object]:
    """Return what stands in the columns that an act can change."""
    return {name: getattr(registration, name) for name in _COLUMNS}


def _write(turn: Turn, values_before: dict[str, object]) -> None:
    registration, before = turn.registration, turn.registration.state
    after = MOVES[turn.act].target or before
    if after != before:
        registration.state, registration.state_since = after, turn.now
    registration.changed_by, registration.changed_at = turn.actor, turn.now
    registration.version += 1
    # The columns that changed and no others: the text to search in is not folded anew for a new state.
    now = _values(registration)
    changed = [name for name, value in now.items() if value != values_before[name]]
    registration.save(force_update=True, update_fields=changed)
    if turn.act is Act.CONCLUDE:  # nothing that a level above looks at
        holding.carry_along(registration.pk, registration.version - 1, registration.version)
    # Computed by the database: to be read again by whoever asks.
    registration.__dict__.pop("awaits", None)
    replaced = acting_for(turn.actor, registration, turn.level) if turn.level else None
    step = ReviewStep.objects.create(
        registration=registration,
        act=turn.act,
        from_state=before,
        to_state=after,
        actor=turn.actor,
        acting_for=replaced,
        at=turn.now,
        reason=turn.reason,
        remarks=turn.remarks or {},
        due_on=turn.due_on,
        late=turn.late,
        version=registration.version,
    )
    log.record(
        f"registration.{turn.act}",
        actor=turn.actor,
        target=registration,
        unit=registration.unit,
        data={"from": before, "to": after, "version": registration.version}
        | ({"acting_for": replaced.pk} if replaced else {}),
        at=turn.now,
    )
    announce(step, turn.document)


def refuse_problems(problems: validators.Problems) -> None:
    if problems:
        raise DomainError(fields=problems, code="invalid")
