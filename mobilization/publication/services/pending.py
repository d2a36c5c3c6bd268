"""A decision on one registration, entered now and told later."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text
from mobilization.publication.models import PendingDecision
from mobilization.publication.states import Act
from models_registry import validators
from models_registry.facts import refuse_beforehand
from models_registry.locks import lock, refuse_stale
from models_registry.models import Registration
from models_registry.permissions import level_of
from models_registry.recusal import refuse_barred
from models_registry.states import MOVES, Level

MAX_REASON = 1_500
"""Shorter than a step's, which also says who decided, and where."""
MAX_SOURCE = 200


def enter(
    registration: Registration,
    *,
    act: str,
    actor,
    level: str = "",
    exemplary: bool = False,
    reason: str = "",
    source: str = "",
    seen_version: int | None = None,
) -> PendingDecision:
    """Write down what was decided on ``registration``, to be announced later, and return it.

    ``act`` is one of ``publication.states.Act``; ``level`` is the level that decides, found by itself where it is not
    given. ``source`` says in words where it was decided. Without ``seen_version`` the decision is on the registration
    as it stands now. The role is asked at the boundary: the permission of the registry's act.

    Raises ``NotAllowed`` on own work, ``Conflict`` when the registration has moved on or a decision waits already,
    ``DomainError`` for what is missing or wrong.
    """
    decision = _act(act)
    _refuse_words(decision, exemplary=exemplary, reason=reason, source=source)
    with transaction.atomic():
        locked = lock(registration)
        refuse_stale(locked, seen_version, actor=actor)
        refuse_second(locked)
        refuse_beforehand(decision.in_registry, locked, actor=actor, windows=False)
        pending = PendingDecision(
            registration=locked,
            act=decision,
            level=_level(decision, locked, level),
            exemplary=exemplary,
            reason=clean_text(reason),
            source=clean_text(source),
            entered_by=actor,
            entered_at=timezone.now(),
            seen_version=locked.version,
        )
        # Under the registration's lock, so nobody can come between; the constraint says the same.
        pending.save(force_insert=True)
        log.record(
            "pending.enter",
            actor=actor,
            target=pending,
            unit=locked.unit,
            data=_facts(pending),
            at=pending.entered_at,
        )
    return pending


def withdraw(pending: PendingDecision, *, actor) -> None:
    """Take back what was entered and not announced yet; the registration stays as it stands.

    Raises ``Conflict`` when it was announced, or taken back, meanwhile; ``NotAllowed`` where ``actor`` must not decide
    on the registration: what others decided on it is not his to undo.
    """
    with transaction.atomic():
        waiting = PendingDecision.objects.pending().select_for_update(of=("self",))
        locked = waiting.select_related("registration__unit__heir").filter(pk=pending.pk).first()
        if locked is None:
            raise Conflict(_("This decision was announced or taken back meanwhile."))
        refuse_barred(actor, locked.registration, locked.level)
        unit = locked.registration.unit
        log.record("pending.withdraw", actor=actor, target=locked, unit=unit, data=_facts(locked))
        locked.delete()


def _act(act: str) -> Act:
    if act not in Act.values:
        raise DomainError(fields={"act": [_("This cannot be decided quietly.")]}, code="invalid")
    return Act(act)


def _refuse_words(decision: Act, *, exemplary: bool, reason: str, source: str) -> None:
    needed = decision.in_registry in decision.in_registry.NEED_REASON
    problems = validators.problems_of_words(reason, needed=needed)
    too_long = _("This text is too long: %(limit)d characters at most.")
    if len(reason) > MAX_REASON:
        problems["reason"] = [too_long % {"limit": MAX_REASON}]
    if len(source) > MAX_SOURCE:
        problems["source"] = [too_long % {"limit": MAX_SOURCE}]
    elif "reason" not in problems and validators.problems_of_words(source, needed=False):
        problems["source"] = validators.problems_of_words(source, needed=False)["reason"]
    if exemplary and not decision.recognises:
        problems["exemplary"] = [_("Only what is recognised can be exemplary.")]
    if problems:
        raise DomainError(fields=problems, code="invalid")


def _level(decision: Act, locked: Registration, asked: str) -> Level:
    decides = level_of(locked, MOVES[decision.in_registry].by)
    if asked and asked != decides:
        label = Level(decides).label
        raise DomainError(
            fields={"level": [_("This is decided at the level “%(level)s”.") % {"level": label}]}
        )
    return Level(decides)


def refuse_second(registration: Registration) -> None:
    """Raise ``Conflict`` where a decision on ``registration`` waits already, naming who entered it."""
    waiting = getattr(registration, "waiting_decisions", None)
    if waiting is None:
        waiting = PendingDecision.objects.pending().filter(registration=registration)[:1]
    for first in waiting:
        when = timezone.localtime(first.entered_at).strftime("%d/%m/%Y %H:%M")
        raise Conflict(
            _("A decision on this waits to be announced already: “%(what)s”, entered by %(who)s, %(when)s.")
            % {"what": first.get_act_display(), "who": first.entered_by, "when": when},
            code="pending",
        )


def _facts(pending: PendingDecision) -> dict:
    # Not what was decided: the log has more readers than the decision has until it is announced.
    return {"registration": pending.registration_id, "level": pending.level}
