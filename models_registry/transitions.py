"""The acts of the workflow: one public function for each line of ``states.MOVES``, named by it.

All go through ``_move``: lock the row, compare it with what the actor saw and with MOVES, change it, write the
ReviewStep and the audit record, in one transaction. Roles are asked at the boundary (``permissions``); facts here:
nobody reviews own work, a return needs a reason, windows bind. Each returns the registration as it stands afterwards;
the object handed in stays as it was seen.

``seen_version`` is the version that the actor had before his eyes; None compares the state only. All raise
``Conflict`` when somebody else was first, ``NotAllowed`` on own work, ``DomainError`` for what is missing or wrong.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from models_registry import notices, validators
from models_registry.locks import lock, refuse_stale, what_happened
from models_registry.models import (
    CONTENT_FIELDS,
    Campaign,
    Proposal,
    Recognition,
    Registration,
    ReviewStep,
)
from models_registry.permissions import acting_for, is_own_work, level_of, may_decide
from models_registry.states import MOVES, Act, By, Level, Novelty, Outcome, ProposalState, Stage, State
from models_registry.windows import is_late, refuse_unopened


@dataclass
class _Turn:
    """What one act knows: the locked registration, who acts, when, and what the step will say."""

    act: Act
    registration: Registration
    actor: object
    now: datetime.datetime
    reason: str = ""
    remarks: dict[str, str] | None = None
    due_on: datetime.date | None = None
    late: bool = False
    level: str = ""
    """The level that decides; empty for acts of the unit."""

    @property
    def today(self) -> datetime.date:
        return timezone.localtime(self.now).date()


def submit(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand a draft in. It is filed under the unit of the day: a draft of a unit that ended goes to its heir."""
    with _move(Act.SUBMIT, registration, actor, seen_version) as turn:
        draft = turn.registration
        draft.unit = draft.unit.heir
        _refuse(validators.missing_to_submit(draft))
        refuse_unopened(draft, turn.today)
        turn.late = draft.late = is_late(draft, Stage.REGISTRATION, draft.level, turn.today)
        draft.submitted_by, draft.submitted_at = actor, turn.now
    return turn.registration


def withdraw(
    registration: Registration, *, actor, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Take back what was submitted and is not decided yet."""
    with _move(Act.WITHDRAW, registration, actor, seen_version, reason=reason) as turn:
        _forget_return(turn.registration)
    return turn.registration


def return_(
    registration: Registration,
    *,
    actor,
    reason: str,
    remarks: Mapping[str, str] | None = None,
    due_on: datetime.date | None = None,
    seen_version: int | None = None,
) -> Registration:
    """Send a submission back to its unit, with a reason, remarks by form field and a day to mend it by."""
    with _move(Act.RETURN, registration, actor, seen_version, reason=reason) as turn:
        _send_back(turn, remarks, due_on)
    return turn.registration


def resubmit(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand in again what was returned; it goes to whoever returned it."""
    with _move(Act.RESUBMIT, registration, actor, seen_version) as turn:
        _refuse(validators.missing_to_submit(turn.registration))
        _come_back(turn)
        turn.registration.submitted_by = actor
    return turn.registration


def accept(
    registration: Registration, *, actor, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Put a submission on the list of the campaign. From now on it is public, and names its model."""
    with _move(Act.ACCEPT, registration, actor, seen_version, reason=reason) as turn:
        accepted = turn.registration
        _forget_return(accepted)
        if accepted.model.title != accepted.title:
            accepted.model.title = accepted.title
            accepted.model.save(update_fields=["title"])
    return turn.registration


def decline(
    registration: Registration, *, actor, reason: str, seen_version: int | None = None
) -> Registration:
    """Refuse a submission for this campaign, with a reason."""
    with _move(Act.DECLINE, registration, actor, seen_version, reason=reason) as turn:
        _forget_return(turn.registration)
    return turn.registration


def report(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand in the results of what was accepted."""
    with _move(Act.REPORT, registration, actor, seen_version) as turn:
        reported = turn.registration
        _refuse(validators.missing_to_report(reported))
        turn.late = reported.report_late = is_late(reported, Stage.RESULTS, reported.level, turn.today)
        reported.reported_at = turn.now
    return turn.registration


def return_report(
    registration: Registration,
    *,
    actor,
    reason: str,
    remarks: Mapping[str, str] | None = None,
    due_on: datetime.date | None = None,
    seen_version: int | None = None,
) -> Registration:
    """Send a report back to its unit, as ``return_`` does with a submission."""
    with _move(Act.RETURN_REPORT, registration, actor, seen_version, reason=reason) as turn:
        _send_back(turn, remarks, due_on)
    return turn.registration


def resubmit_report(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand in again a report that was returned; it goes to whoever returned it."""
    with _move(Act.RESUBMIT_REPORT, registration, actor, seen_version) as turn:
        _refuse(validators.missing_to_report(turn.registration))
        _come_back(turn)
    return turn.registration


def recognise(
    registration: Registration,
    *,
    actor,
    body: str,
    number: str,
    decided_on: datetime.date,
    exemplary: bool = False,
    reason: str = "",
    seen_version: int | None = None,
) -> Registration:
    """Record the decision that recognises a registration at its own level."""
    with _move(Act.RECOGNISE, registration, actor, seen_version, reason=reason) as turn:
        _forget_return(turn.registration)
        _add_recognition(turn, body, number, decided_on, exemplary=exemplary)
    return turn.registration


def refuse(
    registration: Registration, *, actor, reason: str, seen_version: int | None = None
) -> Registration:
    """Conclude the appraisal without recognition, with a reason."""
    with _move(Act.REFUSE, registration, actor, seen_version, reason=reason) as turn:
        turn.late = is_late(turn.registration, Stage.RECOGNITION, turn.level, turn.today)
        _forget_return(turn.registration)
    return turn.registration


def propose(
    registration: Registration, *, actor, level: str, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Send what is recognised upward, to be recognised at ``level`` as well. One proposal waits at a time."""
    with _move(Act.PROPOSE, registration, actor, seen_version, reason=reason) as turn:
        proposed = turn.registration
        if level not in Level.values or not Level(level).is_above(turn.level):
            raise DomainError(fields={"level": [_("Choose a level above the one that has recognised it.")]})
        if proposed.proposed_to:
            raise Conflict(what_happened(proposed, actor=actor))
        Proposal.objects.create(
            registration=proposed, level=level, reason=turn.reason, proposed_by=actor, proposed_at=turn.now
        )
        proposed.proposed_to = level
    return turn.registration


def accept_proposal(
    registration: Registration,
    *,
    actor,
    body: str,
    number: str,
    decided_on: datetime.date,
    exemplary: bool = False,
    reason: str = "",
    seen_version: int | None = None,
) -> Registration:
    """Recognise what was proposed, at the level to which it was proposed."""
    with _move(Act.ACCEPT_PROPOSAL, registration, actor, seen_version, reason=reason) as turn:
        _decide_proposal(turn, ProposalState.ACCEPTED)
        _add_recognition(turn, body, number, decided_on, exemplary=exemplary)
    return turn.registration


def decline_proposal(
    registration: Registration, *, actor, reason: str, seen_version: int | None = None
) -> Registration:
    """Leave what was proposed as it is, with a reason."""
    with _move(Act.DECLINE_PROPOSAL, registration, actor, seen_version, reason=reason) as turn:
        _decide_proposal(turn, ProposalState.DECLINED)
    return turn.registration


def conclude(
    registration: Registration, *, actor, outcome: str, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Set the outcome of the year. It may be set anew until the model is renewed."""
    with _move(Act.CONCLUDE, registration, actor, seen_version, reason=reason) as turn:
        if outcome not in Outcome.values:
            raise DomainError(fields={"outcome": [_("Choose an outcome of the year.")]})
        concluded = turn.registration
        if outcome not in Outcome.GOES_ON and concluded.renewals.exclude(state=State.WITHDRAWN).exists():
            raise DomainError(_("This model goes on already: it was renewed into a later campaign."))
        concluded.outcome, concluded.outcome_reason = outcome, turn.reason
    return turn.registration


def renew(
    registration: Registration, campaign: Campaign, *, actor, seen_version: int | None = None
) -> Registration:
    """Carry a model on: return a new draft of the same model in a later campaign, with the content carried over.

    The registration itself stays where it stands; the draft belongs to the unit that answers for it today.
    """
    with _move(Act.RENEW, registration, actor, seen_version) as turn:
        before = turn.registration
        if before.outcome not in Outcome.GOES_ON:
            raise DomainError(
                _("Only what was concluded with “replicate”, “maintain” or “strengthen” can be renewed."),
                code="outcome",
            )
        if campaign.year <= before.year or campaign.city_id != before.campaign.city_id:
            raise DomainError(fields={"campaign": [_("Choose a later campaign of the same city.")]})
        if before.model.registrations.filter(campaign=campaign).exclude(state=State.WITHDRAWN).exists():
            raise Conflict(_("This model is registered in that campaign already."), code="renewed")
        return _next_draft(before, campaign, turn)


@contextmanager
def _move(
    act: Act, registration: Registration, actor, seen_version: int | None, *, reason: str = ""
) -> Iterator[_Turn]:
    """Lock and check, let the caller change the locked registration, then save it, its step and the audit record."""
    _refuse(validators.problems_of_words(reason, needed=act in Act.NEED_REASON))
    with transaction.atomic():
        locked = lock(registration)
        refuse_stale(locked, seen_version, actor=actor)
        if locked.state not in MOVES[act].sources:
            raise Conflict(_out_of_turn(locked, actor), code="state")
        turn = _Turn(act, locked, actor, timezone.now(), reason=validators.clean_text(reason))
        if MOVES[act].by is not By.UNIT:
            turn.level = level_of(locked, MOVES[act].by)
            _refuse_own_work(turn)
        yield turn
        _write(turn)


def _write(turn: _Turn) -> None:
    registration, before = turn.registration, turn.registration.state
    after = MOVES[turn.act].target or before
    if after != before:
        registration.state, registration.state_since = after, turn.now
    registration.changed_by, registration.changed_at = turn.actor, turn.now
    registration.version += 1
    registration.save(force_update=True)
    # Computed by the database: to be read again by whoever asks.
    registration.__dict__.pop("awaits", None)
    replaced = acting_for(turn.actor, registration, turn.level) if turn.level else None
    step = ReviewStep.objects.create(
        registration=registration,
        act=turn.act,
        from_state=before,
        to_state=after,
        actor=turn.actor,
        acting_for=replaced,
        at=turn.now,
        reason=turn.reason,
        remarks=turn.remarks or {},
        due_on=turn.due_on,
        late=turn.late,
        version=registration.version,
    )
    log.record(
        f"registration.{turn.act}",
        actor=turn.actor,
        target=registration,
        unit=registration.unit,
        data={"from": before, "to": after, "version": registration.version}
        | ({"acting_for": replaced.pk} if replaced else {}),
        at=turn.now,
    )
    if turn.act in Act.RETURNS:
        notices.announce_return(step)


def _out_of_turn(locked: Registration, actor) -> str:
    stands = _("This registration stands at “%(state)s”.") % {"state": locked.get_state_display()}
    return f"{stands} {what_happened(locked, actor=actor)}"


def _refuse(problems: validators.Problems) -> None:
    if problems:
        raise DomainError(fields=problems, code="invalid")


def _refuse_own_work(turn: _Turn) -> None:
    if is_own_work(turn.actor, turn.registration):
        raise NotAllowed(_("You typed or submitted this yourself: somebody else has to review it."))


def _send_back(turn: _Turn, remarks: Mapping[str, str] | None, due_on: datetime.date | None) -> None:
    remarks = {name: text for name, text in (remarks or {}).items() if text.strip()}
    fields = turn.registration.reviewed_fields
    problems = validators.problems_of_words(turn.reason, needed=True, remarks=remarks, fields=fields)
    if due_on is not None and due_on < turn.today:
        problems["due_on"] = [_("The day to complete it by has passed already.")]
    _refuse(problems)
    turn.remarks = {name: validators.clean_text(text) for name, text in remarks.items()}
    turn.due_on = turn.registration.return_due_on = due_on
    turn.registration.returned_by = turn.actor
    turn.registration.rounds += 1


def _come_back(turn: _Turn) -> None:
    """Route to whoever returned it, unless he no longer decides there: then to all who do."""
    registration = turn.registration
    turn.late = registration.return_due_on is not None and turn.today > registration.return_due_on
    registration.return_due_on = None
    if not may_decide(registration.returned_by, registration, registration.level):
        registration.returned_by = None


def _forget_return(registration: Registration) -> None:
    registration.returned_by = registration.return_due_on = None


def _add_recognition(
    turn: _Turn, body: str, number: str, decided_on: datetime.date, *, exemplary: bool
) -> None:
    _refuse(validators.problems_of_recognition(body, number, decided_on, today=turn.today))
    turn.late = is_late(turn.registration, Stage.RECOGNITION, turn.level, turn.today)
    Recognition.objects.create(
        registration=turn.registration,
        level=turn.level,
        body=validators.clean_text(body),
        number=validators.clean_text(number),
        decided_on=decided_on,
        exemplary=exemplary,
        recorded_by=turn.actor,
        recorded_at=turn.now,
    )
    turn.registration.exemplary = turn.registration.exemplary or exemplary


def _decide_proposal(turn: _Turn, outcome: ProposalState) -> None:
    if not turn.registration.proposed_to:
        raise Conflict(what_happened(turn.registration, actor=turn.actor))
    proposal = turn.registration.proposals.pending().get()
    if proposal.proposed_by_id == turn.actor.pk:
        raise NotAllowed(_("You proposed this yourself: somebody else has to decide on it."))
    proposal.state, proposal.decision_reason = outcome, turn.reason
    proposal.decided_by, proposal.decided_at = turn.actor, turn.now
    proposal.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])
    turn.registration.proposed_to = ""


def _next_draft(before: Registration, campaign: Campaign, turn: _Turn) -> Registration:
    carried = {name: getattr(before, name) for name in CONTENT_FIELDS}
    if before.ends_on and before.ends_on.year < campaign.year:
        carried["ends_on"] = None
    return Registration.objects.create(
        **carried | {"novelty": Novelty.MAINTAINED},
        model=before.model,
        campaign=campaign,
        year=campaign.year,
        unit=before.unit.heir,
        previous=before,
        typed_by=turn.actor,
        typists=[turn.actor.pk],
        state_since=turn.now,
        created_at=turn.now,
        changed_by=turn.actor,
        changed_at=turn.now,
    )
