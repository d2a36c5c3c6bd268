"""How an act on an opinion is locked, checked and written down."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from dialogues.models import Opinion, OpinionStep
from dialogues.states import OpinionAct
from dialogues.transitions.locking import lock, refuse_invalid
from dialogues.validators import validate_opinion
from mobilization.audit import log

if TYPE_CHECKING:
    from mobilization.accounts.models import User
    from mobilization.units.models import Unit

_CHECKED = ("dialogue", "due_on", "answered_on", "answer", "status", "reason", "is_sensitive", "is_public")


def lock_opinion(opinion: Opinion, seen_version: int | None) -> Opinion:
    """Return the opinion as it stands, locked; raises ``Conflict`` where it is not what the actor saw."""
    return lock(Opinion.objects.select_related("dialogue__unit", "unit_in_charge"), opinion, seen_version)


def check(opinion: Opinion) -> None:
    """Raise ``DomainError`` where the facts of the opinion do not fit each other."""
    try:
        validate_opinion({name: getattr(opinion, name) for name in _CHECKED})
    except ValidationError as error:
        raise refuse_invalid(error) from error


def write(
    opinion: Opinion,
    act: OpinionAct,
    actor: "User",
    *,
    from_status: str,
    changed: list[str],
    words: str = "",
    to_unit: "Unit | None" = None,
) -> Opinion:
    """Save what ``changed`` of the locked opinion, with its step and the entry of the log."""
    opinion.version += 1
    opinion.save(update_fields=[*changed, "status", "version", "updated_at"])
    tell(opinion, act, actor, from_status=from_status, changed=changed, words=words, to_unit=to_unit)
    return opinion


def tell(
    opinion: Opinion,
    act: OpinionAct,
    actor: "User",
    *,
    from_status: str,
    changed: list[str] | None = None,
    words: str = "",
    to_unit: "Unit | None" = None,
) -> OpinionStep:
    """Write the step and the entry of the log, and return the step."""
    step = OpinionStep.objects.create(
        opinion=opinion,
        act=act,
        from_status=from_status,
        to_status=opinion.status,
        actor=actor,
        words=words,
        changed=changed or [],
        version=opinion.version,
        to_unit=to_unit,
    )
    details = {"changed": changed} if changed else {}
    log.record(f"opinion.{act}", actor=actor, target=opinion, unit=opinion.dialogue.unit, data=details)
    return step
