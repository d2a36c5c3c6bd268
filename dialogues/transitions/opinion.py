"""The acts on an opinion. Answered is not solved; closed is not for ever: re-opening counts and shows."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dialogues.models import Dialogue, Opinion
from dialogues.states import COUNTED, OPEN_FOR_OPINIONS, OPINION_MOVES, OpinionAct
from dialogues.transitions.locking import apply, given, past_day, words_needed
from dialogues.transitions.opinion_writing import check, lock_opinion, tell, write
from mobilization.core.errors import DomainError
from mobilization.units import closed_years

if TYPE_CHECKING:
    from mobilization.accounts.models import User

#: What an edit may touch; answers, reasons and public texts belong to the acts.
EDITABLE = ("field", "matter", "text", "author_name", "unit_in_charge", "due_on", "is_sensitive")


def receive(opinion: Opinion, *, actor: "User") -> Opinion:
    """Save the unsaved ``opinion`` as the next one of its dialogue.

    Raises ``DomainError`` if the dialogue is not announced yet, was cancelled, or carries summary totals.
    """
    with transaction.atomic():
        # The lock keeps the numbers apart and the dialogue from becoming a summary at this moment.
        dialogue = (
            Dialogue.objects.select_for_update(of=("self",))
            .select_related("unit")
            .get(pk=opinion.dialogue_id)
        )
        if dialogue.state not in OPEN_FOR_OPINIONS:
            refusal = _("Opinions can be entered once the dialogue is announced.")
            raise DomainError(refusal, code="wrong_state")
        if dialogue.is_counted:
            closed_years.enter(dialogue.unit, dialogue.held_on.year, dialogue)
        opinion.dialogue, opinion.typed_by, opinion.version = dialogue, actor, 1
        opinion.order = (dialogue.opinions.aggregate(last=Max("order"))["last"] or 0) + 1
        opinion.status = OPINION_MOVES[OpinionAct.RECEIVE][1]
        check(opinion)
        opinion.save(force_insert=True)
        tell(opinion, OpinionAct.RECEIVE, actor, from_status="")
    return opinion


def edit(
    opinion: Opinion, changes: Mapping[str, Any], *, actor: "User", seen_version: int | None = None
) -> Opinion:
    """Change facts (``EDITABLE``). Nothing changed: nothing is written. Raises ``Conflict`` and ``DomainError``."""
    with transaction.atomic():
        current = lock_opinion(opinion, seen_version)
        changed = apply(current, {name: changes[name] for name in EDITABLE if name in changes})
        if not changed:
            return current
        check(current)
        return write(current, OpinionAct.EDIT, actor, from_status=current.status, changed=changed)


def answer_on_spot(
    opinion: Opinion,
    *,
    actor: "User",
    answer: str = "",
    answered_on: datetime.date | None = None,
    seen_version: int | None = None,
) -> Opinion:
    """Record that the chair answered at the conference itself; the words may be given, the day is that of the dialogue."""
    facts = given(answer=answer) | {"answered_on": past_day(answered_on, opinion.dialogue.held_on)}
    return _move(opinion, OpinionAct.ANSWER_ON_SPOT, actor, seen_version, facts, words=answer)


def take_up(opinion: Opinion, *, actor: "User", words: str = "", seen_version: int | None = None) -> Opinion:
    """Record that the unit in charge is dealing with it."""
    return _move(opinion, OpinionAct.TAKE_UP, actor, seen_version, {}, words=words)


def answer(
    opinion: Opinion,
    *,
    actor: "User",
    answer: str,
    answered_on: datetime.date | None = None,
    answer_document: str = "",
    seen_version: int | None = None,
) -> Opinion:
    """Record an answer that does not settle the matter yet."""
    facts = _answer_facts(answer, answered_on, answer_document)
    return _move(opinion, OpinionAct.ANSWER, actor, seen_version, facts, words=answer)


def resolve(
    opinion: Opinion,
    *,
    actor: "User",
    answer: str,
    answered_on: datetime.date | None = None,
    answer_document: str = "",
    seen_version: int | None = None,
) -> Opinion:
    """Record that the matter is settled; needs the answer, and its day (today, unless one is given)."""
    facts = _answer_facts(answer, answered_on, answer_document)
    return _move(opinion, OpinionAct.RESOLVE, actor, seen_version, facts, words=answer)


def refer_outside(
    opinion: Opinion, *, actor: "User", reason: str, seen_version: int | None = None
) -> Opinion:
    """Record that the matter is outside the competence of the unit; needs to say whose it is."""
    reason = words_needed(reason, "reason", _("Say who is competent."))
    return _move(opinion, OpinionAct.REFER_OUTSIDE, actor, seen_version, {"reason": reason}, words=reason)


def not_accept(opinion: Opinion, *, actor: "User", reason: str, seen_version: int | None = None) -> Opinion:
    """Record that the opinion is not accepted; needs a reason."""
    reason = words_needed(reason, "reason", _("Say why the opinion is not accepted."))
    return _move(opinion, OpinionAct.NOT_ACCEPT, actor, seen_version, {"reason": reason}, words=reason)


def reopen(
    opinion: Opinion,
    *,
    actor: "User",
    reason: str,
    due_on: datetime.date | None = None,
    seen_version: int | None = None,
) -> Opinion:
    """Open a closed opinion again; needs a reason. Its answers stay readable in its history."""
    reason = words_needed(reason, "reason", _("Say why the opinion is opened again."))
    facts = given(due_on=due_on) | {"reason": ""}
    return _move(opinion, OpinionAct.REOPEN, actor, seen_version, facts, words=reason)


def publish_text(
    opinion: Opinion,
    *,
    actor: "User",
    public_text: str,
    public_answer: str = "",
    matter: str = "",
    seen_version: int | None = None,
) -> Opinion:
    """Set what the public reads of this opinion, without names; it shows once the dialogue's results are published.

    The matter stands above the text: of what was entered at the table it is how the words as they were said begin, so
    another one may be given.
    """
    public_text = words_needed(public_text, "public_text", _("Write the text that the public will read."))
    facts = {"public_text": public_text, "public_answer": public_answer.strip(), "is_public": True}
    facts |= given(matter=matter.strip())
    with transaction.atomic():
        current = lock_opinion(opinion, seen_version)
        if current.dialogue.state not in COUNTED:
            raise DomainError(_("Opinions can be published once the dialogue was held."), code="wrong_state")
        if current.is_sensitive:
            raise DomainError(_("What is marked as sensitive is not published."), code="sensitive")
        changed = apply(current, facts)
        if not changed:
            return current
        return write(current, OpinionAct.PUBLISH_TEXT, actor, from_status=current.status, changed=changed)


def withdraw_text(
    opinion: Opinion, *, actor: "User", reason: str, seen_version: int | None = None
) -> Opinion:
    """Take a published opinion back from the public; needs a reason. The public text is kept for staff."""
    reason = words_needed(reason, "reason", _("Say why it is withdrawn."))
    with transaction.atomic():
        current = lock_opinion(opinion, seen_version)
        if not current.is_public:
            raise DomainError(_("This opinion is not published."), code="wrong_state")
        changed = apply(current, {"is_public": False})
        return write(
            current,
            OpinionAct.WITHDRAW_TEXT,
            actor,
            from_status=current.status,
            changed=changed,
            words=reason,
        )


def may_move(opinion: Opinion, act: str) -> bool:
    """Tell whether ``act`` may start from where the opinion stands."""
    return opinion.status in OPINION_MOVES[act][0]


def _answer_facts(text: str, answered_on: datetime.date | None, document: str) -> dict[str, Any]:
    text = words_needed(text, "answer", _("Write the answer."))
    return {"answer": text, "answered_on": past_day(answered_on)} | given(answer_document=document)


def _move(
    opinion: Opinion,
    act: OpinionAct,
    actor: "User",
    seen_version: int | None,
    facts: Mapping[str, Any],
    words: str = "",
) -> Opinion:
    with transaction.atomic():
        current = lock_opinion(opinion, seen_version)
        if not may_move(current, act):
            refusal = _("This cannot be done: the opinion stands at “%(status)s”.")
            raise DomainError(refusal % {"status": current.get_status_display()}, code="wrong_state")
        from_status, current.status = current.status, OPINION_MOVES[act][1]
        changed = apply(current, facts)
        if act == OpinionAct.REOPEN:
            current.reopened += 1
            changed.append("reopened")
        changed += apply(current, {"reopen_asked": False})
        check(current)
        return write(current, act, actor, from_status=from_status, changed=changed, words=words.strip())
