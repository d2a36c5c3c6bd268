"""An examination of more nominations than one waits for: a job, in one transaction, harmless when run again."""

from collections.abc import Mapping, Sequence
from typing import Any

from awards.models import Examination, NominationStep
from awards.nominating import judging
from awards.states import NominationAct
from mobilization.core.errors import DomainError
from mobilization.jobs import services as jobs
from mobilization.jobs.models import Job

KIND = "awards.examination"
HEAD = ("number", "held_on", "place", "chair", "secretary", "present", "members")
Line = tuple[int, int, int]
"""Nomination, the version that was seen, its number in the list."""


def ask(
    examination: Examination,
    votes: judging.Votes,
    lines: Sequence[Line],
    *,
    actor,
    typed: Mapping[str, str],
    back: str,
    token: str,
) -> Job:
    """Ask for the job that records ``examination``, not saved yet, with its ``votes``.

    ``token`` names this asking: asked twice it is done once. ``typed`` and ``back`` are kept for whoever has to write
    the minutes again, because something was changed meanwhile.
    """
    head = {name: getattr(examination, name) for name in HEAD} | {"held_on": examination.held_on.isoformat()}
    payload = {
        "unit": examination.unit_id,
        "head": head,
        "lines": [[*line, *votes[line[0]]] for line in lines],
        "typed": dict(typed),
        "back": back,
    }
    told = {"number": examination.number, "nominations": len(lines)}
    return asked_before(token) or jobs.start(
        KIND, actor=actor, payload=payload, key=f"{KIND}:{token}", told=told
    )


def asked_before(token: str) -> Job | None:
    """Return the job that was asked for with ``token``."""
    return Job.objects.filter(key=f"{KIND}:{token}").order_by("created_at").first()


def run(payload: Mapping[str, Any], *, actor) -> dict[str, Any]:
    """Record what was asked for, whole or not at all, and return the examination with the number of its lines.

    What an earlier, cut-off run has recorded is found by its step. A refusal is returned as ``refused``, in words.
    """
    lines = payload["lines"]
    first, version = lines[0][:2]
    steps = NominationStep.objects.filter(nomination=first, act=NominationAct.EXAMINE, actor=actor)
    before = steps.filter(version=version + 1).first()
    if before is not None:
        return {"examination": before.data["examination"], "done_count": len(lines)}
    examination = Examination(unit_id=payload["unit"], **payload["head"])
    votes = {pk: (in_favour, against) for pk, _version, _number, in_favour, against in lines}
    try:
        judging.examine(examination, votes, {line[0]: line[1] for line in lines}, actor=actor)
    except DomainError as refusal:
        return {"refused": str(refusal), "done_count": 0}
    return {"examination": examination.pk, "done_count": len(lines)}
