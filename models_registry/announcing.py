"""What an act tells the unit: right after it, or together with the other acts of the same transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from models_registry import notices
from models_registry.models import ReviewStep
from models_registry.states import Act

KINDS = {
    Act.RETURN: "registration.returned",
    Act.RETURN_REPORT: "registration.returned",
    Act.ACCEPT: "registration.accepted",
    Act.DECLINE: "registration.declined",
    Act.RECOGNISE: "registration.recognised",
    Act.ACCEPT_PROPOSAL: "registration.recognised",
    Act.REFUSE: "registration.not_recognised",
    Act.DECLINE_PROPOSAL: "registration.proposal_declined",
}
"""What the level above does is told; what the unit does itself it knows."""

Told = tuple[ReviewStep, Mapping[str, Any]]
_gathered: ContextVar[list[Told] | None] = ContextVar("gathered", default=None)


def announce(step: ReviewStep, document: Mapping[str, Any]) -> None:
    """Tell the unit's people of ``step``, in its transaction. ``document`` names the decision behind it, if any."""
    if step.act not in KINDS:
        return
    gathered = _gathered.get()
    if gathered is None:
        _tell([(step, document)])
    else:
        gathered.append((step, document))


@contextmanager
def together() -> Iterator[None]:
    """Tell what the acts inside did at the end of the block, in a number of statements that does not grow with them.

    Inside one transaction: a block that breaks tells nothing.
    """
    told: list[Told] = []
    token = _gathered.set(told)
    try:
        yield
    finally:
        _gathered.reset(token)
    _tell(told)


def _tell(told: list[Told]) -> None:
    groups: dict[tuple, list[Told]] = {}
    for step, document in told:
        groups.setdefault((KINDS[Act(step.act)], step.actor), []).append((step, document))
    for (kind, actor), items in groups.items():
        notices.tell(
            kind,
            [step.registration for step, _document in items],
            actor=actor,
            each={step.registration_id: _data(step) | dict(document) for step, document in items},
            key={step.registration_id: f"{kind}:{step.pk}" for step, _document in items},
        )


def _data(step: ReviewStep) -> dict[str, Any]:
    return {"reason": step.reason, "due_on": step.due_on and step.due_on.isoformat()}
