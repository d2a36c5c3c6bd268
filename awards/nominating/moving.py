"""How an act on nominations happens: lock, check, change, step, audit record, for one row and for hundreds alike.

Rows are (id, version that was seen). Everything that does not grow with the rows is one statement; a row that the act
cannot be done to is told with its reason, and the others are done. Roles are asked at the boundary, facts here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Nomination, NominationStep
from awards.states import JUDGING, NOMINATION_MOVES, NominationAct
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError, NotAllowed

Row = tuple[int, int | None]
BATCH = 500


@dataclass
class Outcome:
    """What was done, and what was not, with the refusal."""

    done: list[Nomination] = field(default_factory=list)
    skipped: list[tuple[int, DomainError]] = field(default_factory=list)

    def reasons(self) -> list[tuple[str, int]]:
        """Return the sentences of what was not done, with how many rows each concerns."""
        return Counter(str(refusal) for _pk, refusal in self.skipped).most_common()


@dataclass(frozen=True)
class Deed:
    """One act by one actor: what it checks and changes on each row beside the state, and the words that it leaves.

    ``check`` raises ``DomainError``; ``change`` sets fields of the row, those that ``fields`` names; ``same`` are
    values that all rows get, ``found`` (without ``fields``) expressions by which the database finds each; ``told`` returns
    what the step of a row keeps.
    """

    act: NominationAct
    actor: Any
    check: Callable[[Nomination], None] = lambda _row: None
    change: Callable[[Nomination], None] = lambda _row: None
    fields: Sequence[str] = ()
    same: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    told: Callable[[Nomination], dict[str, Any]] = lambda _row: {}


@transaction.atomic
def do(
    rows: Iterable[Row], deed: Deed, ready: Callable[[Sequence[Nomination]], None] = lambda _r: None
) -> Outcome:
    """Do ``deed`` to ``rows``.

    ``ready`` gets the locked rows that stand where the act starts: it reads at once what the checks ask of each, and
    makes what the rows will point to.
    """
    outcome, seen = Outcome(), dict(rows)
    locked = lock(seen)
    standing = _standing(locked, seen, deed, outcome)
    ready(standing)
    for pk in sorted(seen.keys() - {row.pk for row in locked}):
        outcome.skipped.append((pk, Conflict(_("This is not there any more."))))
    for row in standing:
        try:
            deed.check(row)
        except DomainError as refusal:
            outcome.skipped.append((row.pk, refusal))
        else:
            deed.change(row)
            outcome.done.append(row)
    _write(outcome.done, deed)
    return outcome


def only(outcome: Outcome) -> Nomination:
    """Return the one row that was done, or raise why it was not."""
    if outcome.skipped:
        raise outcome.skipped[0][1]
    return outcome.done[0]


def one(nomination: Nomination, seen_version: int | None) -> list[Row]:
    """Return the rows of an act on a single nomination."""
    return [(nomination.pk, seen_version)]


def lock(pks: Iterable[int]) -> list[Nomination]:
    """Return the nominations, locked in the order of their ids, with all that the acts ask."""
    rows = Nomination.objects.select_for_update(of=["self"]).filter(pk__in=list(pks))
    return list(
        rows.select_related(
            "unit__heir",
            "granting_unit__heir",
            "form",
            "recipient",
            "registration",
            "vote__examination",
            "submitted_by",
        )
        .defer("search", "recipient__search", "registration__search")
        .order_by("pk")
    )


def write_steps(rows: Sequence[Nomination], deed: Deed, before: dict[int, str]) -> None:
    """Write a step and an entry of the log for each row; ``before`` tells the state that each came from."""
    NominationStep.objects.bulk_create(
        (
            NominationStep(
                nomination=row,
                act=deed.act,
                from_state=before[row.pk],
                to_state=row.state,
                actor=deed.actor,
                at=row.state_since if before[row.pk] != row.state else timezone.now(),
                reason=deed.reason,
                data=deed.told(row),
                version=row.version,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    log.record_many(
        log.Record(
            f"nomination.{deed.act}",
            deed.actor,
            row,
            row.unit,
            {"from": before[row.pk], "to": row.state, "reason": deed.reason, **deed.told(row)},
        )
        for row in rows
    )


def _standing(
    locked: Sequence[Nomination], seen: dict[int, int | None], deed: Deed, outcome: Outcome
) -> list[Nomination]:
    """Return the rows that stand where the act starts and are as they were seen; the others are told why."""
    sources, late, standing = NOMINATION_MOVES[deed.act], [], []
    for row in locked:
        if row.state not in sources:
            late.append(row)
        elif seen[row.pk] is not None and seen[row.pk] != row.version:
            stale = _("This nomination was changed while you read it. Please read it again.")
            outcome.skipped.append((row.pk, Conflict(stale, code="stale")))
        elif deed.act in JUDGING and deed.actor.pk in (row.typed_by_id, row.submitted_by_id):
            own = _("You typed or submitted this nomination. Somebody else has to decide on it.")
            outcome.skipped.append((row.pk, NotAllowed(own, code="own_work")))
        else:
            standing.append(row)
    outcome.skipped += [(row.pk, Conflict(sentence)) for row, sentence in _what_happened(late)]
    return standing


def _what_happened(rows: Sequence[Nomination]) -> list[tuple[Nomination, str]]:
    if not rows:
        return []
    steps = NominationStep.objects.filter(nomination__in=rows).select_related("actor")
    last = {step.nomination_id: step for step in steps.order_by("nomination", "-pk").distinct("nomination")}
    return [(row, _sentence(row, last.get(row.pk))) for row in rows]


def _sentence(row: Nomination, step: NominationStep | None) -> str:
    if step is None:
        return _("This nomination stands at “%(state)s”.") % {"state": row.get_state_display()}
    return _("%(actor)s was first, at %(time)s: %(act)s.") % {
        "actor": step.actor.full_name,
        "time": timezone.localtime(step.at).strftime("%H:%M %d/%m/%Y"),
        "act": step.get_act_display(),
    }


def _write(rows: list[Nomination], deed: Deed) -> None:
    if not rows:
        return
    now = timezone.now()
    before = {row.pk: row.state for row in rows}
    by_target: dict[str, list[int]] = {}
    for row in rows:
        target = NOMINATION_MOVES[deed.act][row.state]
        by_target.setdefault(target, []).append(row.pk)
        if target != row.state:
            row.state_since = now
        row.state = target
        row.version += 1
        for name, value in deed.same.items():
            setattr(row, name, value)
    if deed.fields:
        # With the state in one statement: the table holds that both fit each other.
        names = [*deed.fields, *deed.same, "state", "state_since", "version"]
        Nomination.objects.bulk_update(rows, names, batch_size=BATCH)
    else:
        for target, pks in by_target.items():
            moved = {"state": target, "version": F("version") + 1, **deed.same, **deed.found}
            if any(before[pk] != target for pk in pks):
                moved["state_since"] = now
            Nomination.objects.filter(pk__in=pks).update(**moved)
    write_steps(rows, deed, before)
