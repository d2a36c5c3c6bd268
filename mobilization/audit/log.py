"""The one door through which acts enter the log."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from mobilization.audit.models import AuditEntry
from mobilization.audit.querysets import AuditEntryQuerySet, target_key
from mobilization.core.context import request_id

BATCH = 1_000


@dataclass(frozen=True)
class Record:
    """One act to be recorded; the fields mean what the arguments of ``record`` mean."""

    act: str
    actor: Model | None
    target: Model | None
    unit: Model | None = None
    data: dict[str, Any] = field(default_factory=dict)
    at: datetime.datetime | None = None


def record(
    act: str,
    *,
    actor: Model | None,
    target: Model | None,
    unit: Model | None = None,
    data: dict[str, Any] | None = None,
    at: datetime.datetime | None = None,
) -> AuditEntry:
    """Record one act, in the transaction of the act itself (one statement), and return the entry.

    ``act`` is a namespaced code (``registration.accept``). ``actor`` is a user; None only for what a job does on its
    own, whose name then stands in ``data["job"]``. ``target`` is the saved record that was acted on, None where there
    is no single one (an export of a list). ``unit`` is the unit concerned, by which auditors see the entry. ``data``
    holds plain values; never passwords, phones or other personal data. Raises ``ValueError`` if the actor is missing.
    """
    entry = _entry(Record(act, actor, target, unit, data or {}, at), timezone.now())
    entry.save(force_insert=True)
    return entry


def record_many(records: Iterable[Record]) -> int:
    """Record many acts of one transaction, a statement per thousand, and return how many there were."""
    now = timezone.now()
    batch: list[AuditEntry] = []
    count = 0
    for one in records:
        batch.append(_entry(one, now))
        if len(batch) == BATCH:
            count += len(AuditEntry.objects.bulk_create(batch))
            batch = []
    return count + len(AuditEntry.objects.bulk_create(batch))


def of(target: Model) -> AuditEntryQuerySet:
    """Return the timeline of one record, with the actors."""
    return AuditEntry.objects.of(target).select_related("actor")


def _entry(one: Record, now: datetime.datetime) -> AuditEntry:
    if one.actor is None and not one.data.get("job"):
        message = f"{one.act}: an act without an actor must name its job"
        raise ValueError(message)
    model, key = target_key(one.target) if one.target is not None else ("", "")
    return AuditEntry(
        act=one.act,
        actor=one.actor,
        unit=one.unit,
        target_model=model,
        target_id=key,
        data=one.data,
        at=one.at or now,
        request_id=request_id()[:64],
    )
