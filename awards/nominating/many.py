"""Acts on many nominations: few while one waits, more portion by portion in a job that is harmless when run again.

A portion is one transaction. What an earlier, cut-off run has done is known by the step that it left: the same act by
the same actor on the version that was seen.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Decision, Nomination, NominationStep
from awards.nominating import drawing, judging, proposing
from awards.nominating.moving import Outcome, Row
from awards.notices import tell_judged
from awards.states import NominationAct
from mobilization.audit import log
from mobilization.core.errors import Conflict
from mobilization.jobs import services as jobs
from mobilization.jobs.models import Job

KIND = "awards.nominations"
AT_ONCE = 500
"""So many are done while one waits, in one transaction; more are a job."""
MOST = 10_000
PORTION = 250
Words = Mapping[str, Any]
"""What was typed, as plain values."""


@dataclass
class Told:
    """What came of it: the ids of what was done, what was left out with the reason, the drafts that were filled."""

    done: list[int] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    drafts: dict[int, Decision] = field(default_factory=dict)

    def reasons(self) -> list[tuple[str, int]]:
        """Return the sentences of what was left out, with how many rows each concerns."""
        return Counter(reason for _pk, reason in self.skipped).most_common()


def ask(act: NominationAct, rows: Sequence[Row], words: Words, *, actor, back: str, token: str) -> Job:
    """Ask for the job that does ``act`` to ``rows``; ``token`` names this asking: asked twice it is done once.

    ``back`` is the list that they were chosen from.
    """
    key = f"{KIND}:{token}"
    before = Job.objects.filter(key=key).order_by("created_at").first()
    payload = {
        "act": str(act),
        "rows": [list(row) for row in sorted(rows)],
        "words": dict(words),
        "back": back,
    }
    told = {"act": str(act), "count": len(rows)}
    return before or jobs.start(KIND, actor=actor, payload=payload, key=key, told=told)


def run(
    act: NominationAct,
    rows: Sequence[Row],
    words: Words,
    *,
    actor,
    name: str = "",
    portion_of: int = AT_ONCE,
    advance: Callable[[int], None] = lambda _steps: None,
) -> Told:
    """Do ``act`` to ``rows`` portion by portion, and tell those who submitted them once, at the end.

    With the ``name`` of a job nobody is told twice for it. What is out of the actor's reach by now is left out. Raises
    ``DomainError`` where nothing can be done at all: no reason, a draft to go into that is none any more.
    """
    told, rows = Told(), sorted(rows)
    for first in range(0, len(rows), portion_of):
        portion = rows[first : first + portion_of]
        with transaction.atomic():
            _do_portion(act, portion, words, actor, told)
        advance(len(portion))
    if act in _KINDS_OF_MESSAGE:
        rows_done = Nomination.objects.filter(pk__in=told.done).select_related("submitted_by", "form", "unit")
        done, reason = list(rows_done.defer("search").order_by("pk")), words.get("reason", "")
        tell_judged(_KINDS_OF_MESSAGE[act], done, actor=actor, words=reason, key=name)
    counts = {"act": str(act), "done": len(told.done), "skipped": len(told.skipped)}
    log.record("nomination.many", actor=actor, target=None, data=counts)
    return told


def _do_portion(act: NominationAct, portion: Sequence[Row], words: Words, actor, told: Told) -> None:
    before = _done_before(act, portion, actor)
    told.done += sorted(before)
    if act == NominationAct.DRAW:
        told.drafts |= _drafts_of(before)
    left = [row for row in portion if row[0] not in before]
    reach = Nomination.objects.visible_to(actor).within_reach_of(actor, act)
    mine = set(reach.filter(pk__in=[pk for pk, _version in left]).values_list("pk", flat=True))
    refusal = _("This is not decided at your level.")
    told.skipped += [(pk, refusal) for pk, _version in left if pk not in mine]
    outcome = _DOING[act]([row for row in left if row[0] in mine], words, actor, told)
    told.done += [row.pk for row in outcome.done]
    told.skipped += [(pk, str(why)) for pk, why in outcome.skipped]


def _done_before(act: NominationAct, portion: Sequence[Row], actor) -> set[int]:
    seen = dict(portion)
    steps = NominationStep.objects.filter(nomination__in=seen, act=act, actor=actor)
    return {pk for pk, version in steps.values_list("nomination_id", "version") if version == seen[pk] + 1}


def _drafts_of(pks: set[int]) -> dict[int, Decision]:
    """Return the drafts that an earlier run has put these into, as far as they are drafts still."""
    found = Nomination.objects.filter(pk__in=pks, award__isnull=False).values("award__decision")
    return Decision.objects.drafts().in_bulk(list(found.values_list("award__decision", flat=True)))


def _draw(rows: Sequence[Row], words: Words, actor, told: Told) -> Outcome:
    into = Decision.objects.filter(pk=words["into"]).first() if words.get("into") else None
    if words.get("into") and into is None:
        raise Conflict(_("This draft was deleted meanwhile."))
    drawn = drawing.draw(
        rows, actor=actor, title=words.get("title", ""), into=into, onto=told.drafts.values()
    )
    told.drafts |= {draft.pk: draft for draft in drawn.decisions}
    return drawn.outcome


def _submit(rows: Sequence[Row], words: Words, actor, told: Told) -> Outcome:
    return proposing.submit_many(rows, actor=actor)


def _withdraw(rows: Sequence[Row], words: Words, actor, told: Told) -> Outcome:
    return proposing.withdraw_many(rows, actor=actor, reason=words["reason"])


def _return(rows: Sequence[Row], words: Words, actor, told: Told) -> Outcome:
    return judging.return_many(rows, actor=actor, reason=words["reason"], tells=False)


def _approve(rows: Sequence[Row], words: Words, actor, told: Told) -> Outcome:
    return judging.approve_many(rows, actor=actor, words=words["about"], tells=False)


def _decline(rows: Sequence[Row], words: Words, actor, told: Told) -> Outcome:
    return judging.decline_many(rows, actor=actor, reason=words["reason"], tells=False)


_DOING: dict[NominationAct, Callable[[Sequence[Row], Words, Any, Told], Outcome]] = {
    NominationAct.SUBMIT: _submit,
    NominationAct.WITHDRAW: _withdraw,
    NominationAct.RETURN: _return,
    NominationAct.APPROVE: _approve,
    NominationAct.DECLINE: _decline,
    NominationAct.DRAW: _draw,
}
_KINDS_OF_MESSAGE = {
    NominationAct.RETURN: "nomination.returned",
    NominationAct.APPROVE: "nomination.approved",
    NominationAct.DECLINE: "nomination.declined",
}
