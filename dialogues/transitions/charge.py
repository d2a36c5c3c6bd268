"""Who is in charge of an opinion: passing it on, asking the recording unit to open it again."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues import notices
from dialogues.models import Opinion
from dialogues.states import OpinionAct
from dialogues.transitions.locking import apply, given, words_needed
from dialogues.transitions.opinion_writing import check, lock_opinion, write
from mobilization.core.errors import DomainError

if TYPE_CHECKING:
    from mobilization.accounts.models import User
    from mobilization.units.models import Unit


def pass_on(
    opinion: Opinion,
    *,
    actor: "User",
    unit: "Unit",
    words: str,
    due_on: datetime.date | None = None,
    seen_version: int | None = None,
) -> Opinion:
    """Give an open opinion into the charge of another unit, with words, and tell that unit's people."""
    words = words_needed(words, "words", _("Say why it is passed on."))
    with transaction.atomic():
        current = lock_opinion(opinion, seen_version)
        if not current.is_open:
            raise DomainError(_("Only an open opinion is passed on."), code="wrong_state")
        if current.unit_in_charge_id == unit.pk:
            refusal = [_("This unit is in charge already.")]
            raise DomainError("", code="same_unit", fields={"unit": refusal})
        changed = apply(current, {"unit_in_charge": unit} | given(due_on=due_on))
        check(current)
        write(
            current,
            OpinionAct.PASS_ON,
            actor,
            from_status=current.status,
            changed=changed,
            words=words,
            to_unit=unit,
        )
        notices.tell_charge([current], unit=unit, actor=actor, words=words)
    return current


def ask_reopen(opinion: Opinion, *, actor: "User", reason: str, seen_version: int | None = None) -> Opinion:
    """Ask the unit that recorded a closed opinion to open it again; needs a reason. It stays closed until then."""
    reason = words_needed(reason, "reason", _("Say why it should be opened again."))
    with transaction.atomic():
        current = lock_opinion(opinion, seen_version)
        if current.is_open:
            raise DomainError(_("This opinion is open."), code="wrong_state")
        if current.reopen_asked:
            raise DomainError(
                _("This was asked already; the recording unit has not answered yet."), code="asked"
            )
        changed = apply(current, {"reopen_asked": True})
        write(
            current, OpinionAct.ASK_REOPEN, actor, from_status=current.status, changed=changed, words=reason
        )
        notices.tell_reopen_asked(current, actor=actor, reason=reason)
    return current
