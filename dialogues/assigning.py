"""Many opinions given into the charge of one unit, until one day, in one act."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues import notices
from dialogues.models import Opinion, OpinionStep
from dialogues.querysets import OpinionQuerySet
from dialogues.states import OpinionAct
from dialogues.validators import validate_opinion
from mobilization.audit import log

if TYPE_CHECKING:
    from mobilization.accounts.models import User
    from mobilization.units.models import Unit

MOST = 1_000


@dataclass
class Assigned:
    """What was done, and what was left out with the reason."""

    done: list[Opinion] = field(default_factory=list)
    left_out: list[tuple[Opinion, str]] = field(default_factory=list)


def sort_out(opinions: Iterable[Opinion], *, actor: "User") -> Assigned:
    """Tell which of ``opinions`` (with their dialogues and units) ``actor`` may assign, and why not the others."""
    found = Assigned()
    for opinion in opinions:
        reason = _why_not(opinion, actor)
        if reason:
            found.left_out.append((opinion, reason))
        else:
            found.done.append(opinion)
    return found


def assign(
    opinions: OpinionQuerySet,
    seen: Sequence[tuple[int, int]],
    *,
    unit: "Unit | None",
    due_on: datetime.date | None,
    actor: "User",
) -> Assigned:
    """Set unit in charge and due date (those given) on the opinions ``seen`` (id, version), and tell the unit once.

    ``opinions`` is what ``actor`` may read. What was changed since, closed, or due before its dialogue is left out and
    said. The number of statements does not grow with the opinions.
    """
    versions = dict(seen)
    with transaction.atomic():
        rows = opinions.filter(pk__in=versions).select_related("dialogue__unit").order_by("pk")
        locked = list(rows.select_for_update(of=("self",)))
        outcome, changed = Assigned(), {}
        for opinion in locked:
            reason = _stale(opinion, versions) or _why_not(opinion, actor) or _too_early(opinion, due_on)
            names = [] if reason else _set(opinion, unit, due_on)
            if not reason and not names:
                reason = _("It stands so already.")
            if reason:
                outcome.left_out.append((opinion, reason))
            else:
                outcome.done.append(opinion)
                changed[opinion.pk] = names
        _write(outcome.done, changed, unit, actor)
        if unit is not None and outcome.done:
            notices.tell_charge(outcome.done, unit=unit, actor=actor)
    return outcome


def _why_not(opinion: Opinion, actor: "User") -> str:
    if not actor.has_perm("dialogues.change_opinion", opinion):
        return _("It was recorded by another unit.")
    return "" if opinion.is_open else _("It is closed.")


def _stale(opinion: Opinion, versions: dict[int, int]) -> str:
    return "" if versions[opinion.pk] == opinion.version else _("It was changed in the meantime.")


def _too_early(opinion: Opinion, due_on: datetime.date | None) -> str:
    try:
        validate_opinion({"dialogue": opinion.dialogue, "due_on": due_on})
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _set(opinion: Opinion, unit: "Unit | None", due_on: datetime.date | None) -> list[str]:
    names = []
    if unit is not None and opinion.unit_in_charge_id != unit.pk:
        opinion.unit_in_charge = unit
        names.append("unit_in_charge")
    if due_on is not None and opinion.due_on != due_on:
        opinion.due_on = due_on
        names.append("due_on")
    return names


def _write(
    opinions: list[Opinion], changed: dict[int, list[str]], unit: "Unit | None", actor: "User"
) -> None:
    now = timezone.now()
    for opinion in opinions:
        opinion.version += 1
        opinion.updated_at = now
    Opinion.objects.bulk_update(opinions, ["unit_in_charge", "due_on", "version", "updated_at"])
    OpinionStep.objects.bulk_create(
        OpinionStep(
            opinion=opinion,
            act=OpinionAct.ASSIGN,
            from_status=opinion.status,
            to_status=opinion.status,
            actor=actor,
            changed=changed[opinion.pk],
            version=opinion.version,
            to_unit=unit if "unit_in_charge" in changed[opinion.pk] else None,
        )
        for opinion in opinions
    )
    log.record_many(
        log.Record(
            f"opinion.{OpinionAct.ASSIGN}", actor, opinion, opinion.unit, {"changed": changed[opinion.pk]}
        )
        for opinion in opinions
    )
