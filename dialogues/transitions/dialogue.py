"""The acts on a dialogue."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.models import Dialogue, DialogueStep
from dialogues.states import MOVES, Act, State
from dialogues.transitions.locking import apply, given, lock, past_day, refuse_invalid, words_needed
from dialogues.validators import SUMMARY_FIELDS, validate_dialogue
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.units import closed_years

if TYPE_CHECKING:
    from mobilization.accounts.models import User

#: What an edit may touch; the rest belongs to the acts.
EDITABLE = (
    "unit",
    "kind",
    "topic",
    "plan_number",
    "plan_date",
    "held_on",
    "starts_at",
    "venue",
    "form",
    "chairs",
    "attending",
    "spoke",
    "minutes_number",
    "minutes_date",
    "conclusion_number",
    "conclusion_date",
    "announced_on",
    "summary_only",
    *SUMMARY_FIELDS,
)
CHECKED = (*EDITABLE, "state", "published_on")


def plan(dialogue: Dialogue, *, actor: "User") -> Dialogue:
    """Put the unsaved ``dialogue`` into the plan. Raises ``DomainError`` with sentences by field."""
    return _create(dialogue, Act.PLAN, actor)


def record(dialogue: Dialogue, *, actor: "User") -> Dialogue:
    """Save the unsaved ``dialogue`` as one that was held, without its plan and notice having been recorded here."""
    return _create(dialogue, Act.RECORD, actor)


def edit(
    dialogue: Dialogue, changes: Mapping[str, Any], *, actor: "User", seen_version: int | None = None
) -> Dialogue:
    """Change facts (``EDITABLE``) of a dialogue that was not cancelled; its unit only until it is held.

    Nothing changed: nothing is written. Raises ``Conflict`` and ``DomainError``.
    """
    with transaction.atomic():
        current = lock(Dialogue.objects.select_related("unit"), dialogue, seen_version)
        if current.state == State.CANCELLED:
            raise DomainError(_("A cancelled dialogue stays as it is."), code="wrong_state")
        unit, held_on = current.unit, current.held_on
        changed = apply(current, {name: changes[name] for name in _editable(current) if name in changes})
        if "unit" in changed and current.is_counted:
            refusal = _("A dialogue that was held stays with the unit it was filed under.")
            raise DomainError("", code="unit_kept", fields={"unit": [refusal]})
        if not changed:
            return current
        if current.is_counted:
            for year in dict.fromkeys((held_on.year, current.held_on.year)):
                closed_years.enter(unit, year, current)
        if "summary_only" in changed and current.summary_only and current.opinions.exists():
            refusal = _("Opinions were entered for this dialogue; it cannot carry summary totals as well.")
            raise DomainError("", code="has_opinions", fields={"summary_only": [refusal]})
        if "held_on" in changed and current.opinions.filter(due_on__lt=current.held_on).exists():
            refusal = _("An opinion of this dialogue is due before this day. Change its due date first.")
            raise DomainError("", code="due_before", fields={"held_on": [refusal]})
        _check(current)
        data = {"unit": [unit.pk, current.unit_id]} if "unit" in changed else {}
        return _write(current, Act.EDIT, actor, from_state=current.state, changed=changed, data=data)


def announce(
    dialogue: Dialogue,
    *,
    actor: "User",
    announced_on: datetime.date | None = None,
    seen_version: int | None = None,
) -> Dialogue:
    """Record that time, place and content were made known (today, unless a day is given)."""
    return _move(dialogue, Act.ANNOUNCE, actor, seen_version, {"announced_on": past_day(announced_on)})


def hold(
    dialogue: Dialogue,
    *,
    actor: "User",
    attending: int | None = None,
    spoke: int | None = None,
    seen_version: int | None = None,
) -> Dialogue:
    """Record that the dialogue took place; from here on statistics count it."""
    return _move(dialogue, Act.HOLD, actor, seen_version, given(attending=attending, spoke=spoke))


def publish(
    dialogue: Dialogue,
    *,
    actor: "User",
    published_on: datetime.date | None = None,
    conclusion_number: str = "",
    conclusion_date: datetime.date | None = None,
    seen_version: int | None = None,
) -> Dialogue:
    """Publish the results (today, unless a day is given): from here on the public sees the dialogue."""
    facts = given(conclusion_number=conclusion_number, conclusion_date=conclusion_date)
    return _move(dialogue, Act.PUBLISH, actor, seen_version, facts | {"published_on": past_day(published_on)})


def cancel(dialogue: Dialogue, *, actor: "User", reason: str, seen_version: int | None = None) -> Dialogue:
    """Call off a dialogue that was not held; needs a reason."""
    reason = words_needed(reason, "reason", _("Say why the dialogue is cancelled."))
    return _move(dialogue, Act.CANCEL, actor, seen_version, {"cancel_reason": reason}, reason=reason)


def may_move(dialogue: Dialogue, act: str) -> bool:
    """Tell whether ``act`` may start from where the dialogue stands."""
    return dialogue.state in MOVES[act][0]


def _editable(dialogue: Dialogue) -> tuple[str, ...]:
    # The day of the notice comes into being by announcing, never by editing.
    if dialogue.state == State.PLANNED:
        return tuple(name for name in EDITABLE if name != "announced_on")
    return EDITABLE


def _create(dialogue: Dialogue, act: Act, actor: "User") -> Dialogue:
    dialogue.state, dialogue.typed_by, dialogue.version = MOVES[act][1], actor, 1
    _check(dialogue)
    with transaction.atomic():
        if dialogue.is_counted:
            closed_years.enter(dialogue.unit, dialogue.held_on.year)
        dialogue.save(force_insert=True)
        _tell(dialogue, act, actor, from_state="")
    return dialogue


def _move(
    dialogue: Dialogue,
    act: Act,
    actor: "User",
    seen_version: int | None,
    facts: Mapping[str, Any],
    reason: str = "",
) -> Dialogue:
    with transaction.atomic():
        current = lock(Dialogue.objects.select_related("unit"), dialogue, seen_version)
        if not may_move(current, act):
            refusal = _("This cannot be done: the dialogue stands at “%(state)s”.")
            raise DomainError(refusal % {"state": current.get_state_display()}, code="wrong_state")
        if act == Act.HOLD:  # to publish what was held changes no figure, and is owed to the people
            closed_years.enter(current.unit, current.held_on.year, current)
        from_state, current.state = current.state, MOVES[act][1]
        changed = apply(current, facts)
        _check(current)
        return _write(current, act, actor, from_state=from_state, changed=changed, reason=reason)


def _check(dialogue: Dialogue) -> None:
    try:
        validate_dialogue({name: getattr(dialogue, name) for name in CHECKED})
    except ValidationError as error:
        raise refuse_invalid(error) from error


def _write(
    dialogue: Dialogue, act: Act, actor: "User", *, from_state: str, changed: list[str], **told: Any
) -> Dialogue:
    dialogue.version += 1
    dialogue.save(update_fields=[*changed, "state", "version", "updated_at"])
    _tell(dialogue, act, actor, from_state=from_state, changed=changed, **told)
    return dialogue


def _tell(
    dialogue: Dialogue,
    act: Act,
    actor: "User",
    *,
    from_state: str,
    changed: list[str] | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    DialogueStep.objects.create(
        dialogue=dialogue,
        act=act,
        from_state=from_state,
        to_state=dialogue.state,
        actor=actor,
        reason=reason,
        changed=changed or [],
        version=dialogue.version,
    )
    details = (data or {}) | ({"changed": changed} if changed else {})
    log.record(f"dialogue.{act}", actor=actor, target=dialogue, unit=dialogue.unit, data=details)
