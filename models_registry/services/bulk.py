"""Many registrations at once: tell beforehand what can be done, then do it row by row, each with its own step.

A kind of act is declared once (``register``), by the registry itself and by rooms above it. What can be done is told
by the rules of the single act; doing it calls the single act. Rows are (id, version that was seen): what has changed
since the preview is skipped and told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextField, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.once import Once
from mobilization.jobs import services as jobs
from mobilization.jobs.models import Job
from mobilization.units import closed_years
from mobilization.units.states import tier_of
from models_registry.announcing import together
from models_registry.models import DecidingTier, Registration

BULK = "models_registry.bulk"
"""The kind of the job."""
AT_ONCE = 500
"""So many rows are done while one waits, in one transaction; more are a job."""
MOST = 10_000
CHUNK = 100
"""Rows a transaction in a job."""

_LONG = [one.name for one in Registration._meta.concrete_fields if isinstance(one, TextField)]
"""Whole pages of text: no rule asks for them."""

Row = tuple[int, int]
Words = dict[str, Any]


@dataclass(frozen=True)
class BulkAct:
    """One kind of act on many registrations.

    ``refuse(registration, actor)`` raises ``DomainError`` where it cannot be done, and changes nothing;
    ``do(registration, actor, version, words)`` does it to one row, or raises the same; ``finish(rows, actor, words)``
    comes after the rows of one transaction, and may return those (id, reason) that it could not do after all: what is
    written for all rows at once is written there. ``ready(rows)`` reads at once what ``refuse`` asks of each row.
    ``was_done(rows, actor)`` returns the ids of those (id, version) that an
    earlier, cut-off run has done already. ``words`` are plain values, as they stand in the payload of a job.
    """

    code: str
    button: str | Promise
    says: str | Promise
    perm: str
    refuse: Callable[[Registration, Any], None]
    do: Callable[[Registration, Any, int, Words], Any]
    was_done: Callable[[Sequence[Row], Any], set[int]]
    finish: Callable[[Sequence[Registration], Any, Words], Sequence[tuple[int, str]] | None] = (
        lambda _rows, _actor, _words: None
    )
    ready: Callable[[Sequence[Registration]], None] = lambda _rows: None
    then: tuple[str | Promise, str] | None = None
    """Where one goes on when it is done: the words, and the name of the address."""


@dataclass
class Preview:
    """What an act would do to the rows as they stand."""

    will: list[Registration] = field(default_factory=list)
    cannot: list[tuple[Registration, str]] = field(default_factory=list)


@dataclass
class Outcome:
    """What was done, by id, and what was not, with the reason."""

    done: list[int] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


_acts: dict[str, BulkAct] = {}
_offers: Once[list[BulkAct]] = Once(64)


def register(act: BulkAct) -> BulkAct:
    """Declare a kind of act. Raises ``ValueError`` where two share a code."""
    if _acts.setdefault(act.code, act) is not act:
        raise ValueError(f"Two bulk acts are called {act.code}")
    return act


def find(code: str) -> BulkAct | None:
    """Return the act called ``code``, None where there is none."""
    return _acts.get(code)


def offered(user) -> list[BulkAct]:
    """Return the acts that ``user`` may do somewhere: what the lists offer.

    Asked once for all who hold the same roles at the same kinds of units, as the rooms of the navigation are.
    """
    held = frozenset((one.role, one.unit.kind) for one in user.positions_in_force())
    key = (user.is_active, held, tuple(_acts))
    return list(_offers.get(key, lambda: [act for act in _acts.values() if user.has_perm(act.perm)]))


def preview(found: QuerySet[Registration], act: BulkAct, *, actor) -> Preview:
    """Tell what ``act`` would do to the registrations ``found`` (already scoped), in their order."""
    answer, registrations = Preview(), prepared(found)
    act.ready(registrations)
    for registration in registrations:
        try:
            act.refuse(registration, actor)
        except DomainError as refusal:
            answer.cannot.append((registration, str(refusal)))
        else:
            answer.will.append(registration)
    return answer


def run(
    act: BulkAct,
    rows: Sequence[Row],
    words: Words,
    *,
    actor,
    chunk: int = CHUNK,
    advance: Callable[[int], None] = lambda _steps: None,
) -> Outcome:
    """Do ``act`` to ``rows``, a transaction for each ``chunk`` of them, and return what came of it.

    Run again after it was cut off, it does nothing twice and tells the whole outcome.
    """
    rows, outcome = sorted(rows), Outcome()
    for first in range(0, len(rows), chunk):
        part = rows[first : first + chunk]
        with transaction.atomic(), together():
            _run_part(act, part, words, actor, outcome)
        advance(len(part))
    counts = {"bulk": act.code, "done": len(outcome.done), "skipped": len(outcome.skipped)}
    log.record("registration.bulk", actor=actor, target=None, data=counts)
    return outcome


def prepared(found: Iterable[Registration]) -> list[Registration]:
    """Return the registrations with all that the rules ask, in a number of statements that does not grow."""
    if isinstance(found, QuerySet):
        found = found.select_related("model", "unit__heir", "campaign").with_recognitions().defer(*_LONG)
    registrations = list(found)
    # One object for each campaign, so that its windows are read once.
    campaigns = {one.campaign_id: one.campaign for one in registrations}
    prefetch_related_objects(registrations, "declarations")
    prefetch_related_objects([one for one in registrations if one.proposed_to], "proposals")
    prefetch_related_objects(list(campaigns.values()), "windows")
    tiers: dict[str, dict[str, DecidingTier]] = {}
    for rule in DecidingTier.objects.in_force():
        tiers.setdefault(rule.unit_tier, {})[rule.level] = rule
    closed = closed_years.locked_among(registrations)
    for one in registrations:
        one.year_is_closed = one.pk in closed
        one.campaign = campaigns[one.campaign_id]
        one.deciding_tiers = tiers.get(tier_of(one.unit.kind), {})
    return registrations


def _run_part(act: BulkAct, part: Sequence[Row], words: Words, actor, outcome: Outcome) -> None:
    done_before = act.was_done(part, actor)
    reach = Registration.objects.visible_to(actor).filter(pk__in=[pk for pk, _version in part])
    there = {one.pk: one for one in prepared(reach)}
    done_now = []
    for pk, version in part:
        if pk in done_before:
            outcome.done.append(pk)
        elif pk not in there:
            outcome.skipped.append((pk, _("This is not there any more.")))
        else:
            try:
                act.do(there[pk], actor, version, words)
            except DomainError as refusal:
                outcome.skipped.append((pk, str(refusal)))
            else:
                outcome.done.append(pk)
                done_now.append(there[pk])
    if done_now:
        for pk, reason in act.finish(done_now, actor, words) or ():
            outcome.done.remove(pk)
            outcome.skipped.append((pk, reason))


def carry_out(act: BulkAct, rows: Sequence[Row], words: Words, *, actor, back: str, token: str) -> Job:
    """Do ``act`` to ``rows``, at once where they are few, else as a job, and return the row that keeps the outcome.

    ``token`` names this asking: asked twice it is done once. ``back`` is the list that it was chosen from.
    """
    payload = {"act": act.code, "rows": [list(row) for row in sorted(rows)], "words": words, "back": back}
    asked = {"actor": actor, "payload": payload, "key": f"{BULK}:{token}"}
    asked["told"] = {"bulk": act.code, "count": len(rows)}
    if len(rows) <= AT_ONCE:
        return jobs.do_now(BULK, **asked)
    before = Job.objects.filter(key=asked["key"]).order_by("created_at").first()
    return before or jobs.start(BULK, **asked)
