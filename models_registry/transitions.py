"""The acts of the workflow: one public function for each line of ``states.MOVES``, named by it.

All go through ``moves.move``: lock the row, compare it with what the actor saw and with MOVES, change it, write the
ReviewStep and the audit record, in one transaction. Roles are asked at the boundary (``permissions``); facts here:
nobody reviews own work, a return needs a reason, windows bind. Each returns the registration as it stands afterwards;
the object handed in stays as it was seen.

``seen_version`` is the version that the actor had before his eyes; None compares the state only. All raise
``Conflict`` when somebody else was first, ``NotAllowed`` on own work, ``DomainError`` for what is missing or wrong.
"""

import datetime
from collections.abc import Mapping

from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.units import closed_years
from models_registry import validators
from models_registry.facts import pending_proposal
from models_registry.locks import what_happened
from models_registry.models import CONTENT_FIELDS, Campaign, Proposal, Recognition, Registration
from models_registry.moves import Turn, move, refuse_problems
from models_registry.permissions import may_decide
from models_registry.recusal import bar_of
from models_registry.states import Act, Level, Novelty, Outcome, ProposalState, Stage, State
from models_registry.windows import is_late, refuse_unopened


def submit(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand a draft in. It is filed under the unit of the day: a draft of a unit that ended goes to its heir."""
    with move(Act.SUBMIT, registration, actor, seen_version) as turn:
        draft = turn.registration
        draft.unit = draft.unit.heir
        refuse_problems(validators.missing_to_submit(draft))
        refuse_unopened(draft, turn.today)
        turn.late = draft.late = is_late(draft, Stage.REGISTRATION, draft.level, turn.today)
        draft.submitted_by, draft.submitted_at = actor, turn.now
    return turn.registration


def withdraw(
    registration: Registration, *, actor, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Take back what was submitted and is not decided yet."""
    with move(Act.WITHDRAW, registration, actor, seen_version, reason=reason) as turn:
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
    with move(Act.RETURN, registration, actor, seen_version, reason=reason) as turn:
        _send_back(turn, remarks, due_on)
    return turn.registration


def resubmit(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand in again what was returned; it goes to whoever returned it."""
    with move(Act.RESUBMIT, registration, actor, seen_version) as turn:
        refuse_problems(validators.missing_to_submit(turn.registration))
        _come_back(turn)
        turn.registration.submitted_by = actor
    return turn.registration


def accept(
    registration: Registration, *, actor, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Put a submission on the list of the campaign. From now on it is public, and names its model."""
    with move(Act.ACCEPT, registration, actor, seen_version, reason=reason) as turn:
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
    with move(Act.DECLINE, registration, actor, seen_version, reason=reason) as turn:
        _forget_return(turn.registration)
    return turn.registration


def report(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand in the results of what was accepted."""
    with move(Act.REPORT, registration, actor, seen_version) as turn:
        reported = turn.registration
        refuse_problems(validators.missing_to_report(reported))
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
    with move(Act.RETURN_REPORT, registration, actor, seen_version, reason=reason) as turn:
        _send_back(turn, remarks, due_on)
    return turn.registration


def resubmit_report(registration: Registration, *, actor, seen_version: int | None = None) -> Registration:
    """Hand in again a report that was returned; it goes to whoever returned it."""
    with move(Act.RESUBMIT_REPORT, registration, actor, seen_version) as turn:
        refuse_problems(validators.missing_to_report(turn.registration))
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
    with move(Act.RECOGNISE, registration, actor, seen_version, reason=reason) as turn:
        _forget_return(turn.registration)
        _add_recognition(turn, body, number, decided_on, exemplary=exemplary)
    return turn.registration


def refuse(
    registration: Registration, *, actor, reason: str, seen_version: int | None = None
) -> Registration:
    """Conclude the appraisal without recognition, with a reason."""
    with move(Act.REFUSE, registration, actor, seen_version, reason=reason) as turn:
        turn.late = is_late(turn.registration, Stage.RECOGNITION, turn.level, turn.today)
        _forget_return(turn.registration)
    return turn.registration


def propose(
    registration: Registration, *, actor, level: str, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Send what is recognised upward, to be recognised at ``level`` as well. One proposal waits at a time."""
    with move(Act.PROPOSE, registration, actor, seen_version, reason=reason) as turn:
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
    with move(Act.ACCEPT_PROPOSAL, registration, actor, seen_version, reason=reason) as turn:
        _decide_proposal(turn, ProposalState.ACCEPTED)
        _add_recognition(turn, body, number, decided_on, exemplary=exemplary)
    return turn.registration


def decline_proposal(
    registration: Registration, *, actor, reason: str, seen_version: int | None = None
) -> Registration:
    """Leave what was proposed as it is, with a reason."""
    with move(Act.DECLINE_PROPOSAL, registration, actor, seen_version, reason=reason) as turn:
        _decide_proposal(turn, ProposalState.DECLINED)
    return turn.registration


def conclude(
    registration: Registration, *, actor, outcome: str, reason: str = "", seen_version: int | None = None
) -> Registration:
    """Set the outcome of the year; what ends says why. It may be set anew until the model is renewed."""
    with move(Act.CONCLUDE, registration, actor, seen_version, reason=reason) as turn:
        if outcome not in Outcome.values:
            raise DomainError(fields={"outcome": [_("Choose an outcome of the year.")]})
        if outcome == Outcome.END and not turn.reason:
            raise DomainError(fields={"reason": [_("Say why the model ends.")]}, code="invalid")
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
    with move(Act.RENEW, registration, actor, seen_version) as turn:
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
        closed_years.refuse(before.unit, campaign.year)
        return _next_draft(before, campaign, turn)


def _send_back(turn: Turn, remarks: Mapping[str, str] | None, due_on: datetime.date | None) -> None:
    remarks = {name: text for name, text in (remarks or {}).items() if text.strip()}
    fields = turn.registration.reviewed_fields
    problems = validators.problems_of_words(turn.reason, needed=True, remarks=remarks, fields=fields)
    if due_on is not None and due_on < turn.today:
        problems["due_on"] = [_("The day to complete it by has passed already.")]
    refuse_problems(problems)
    turn.remarks = {name: validators.clean_text(text) for name, text in remarks.items()}
    turn.due_on = turn.registration.return_due_on = due_on
    turn.registration.returned_by = turn.actor
    turn.registration.rounds += 1


def _come_back(turn: Turn) -> None:
    """Route to whoever returned it, unless he does not decide on it any more, or must not: then to all who do."""
    registration, returner = turn.registration, turn.registration.returned_by
    turn.late = registration.return_due_on is not None and turn.today > registration.return_due_on
    registration.return_due_on = None
    decides = may_decide(returner, registration, registration.level)
    if not decides or bar_of(returner, registration, registration.level) is not None:
        registration.returned_by = None


def _forget_return(registration: Registration) -> None:
    registration.returned_by = registration.return_due_on = None


def _add_recognition(
    turn: Turn, body: str, number: str, decided_on: datetime.date, *, exemplary: bool
) -> None:
    refuse_problems(validators.problems_of_recognition(body, number, decided_on, today=turn.today))
    turn.late = is_late(turn.registration, Stage.RECOGNITION, turn.level, turn.today)
    turn.document = {
        "body": validators.clean_text(body),
        "number": validators.clean_text(number),
        "decided_on": decided_on.isoformat(),
    }
    Recognition.objects.create(
        registration=turn.registration,
        level=turn.level,
        body=turn.document["body"],
        number=turn.document["number"],
        decided_on=decided_on,
        exemplary=exemplary,
        recorded_by=turn.actor,
        recorded_at=turn.now,
    )
    turn.registration.exemplary = turn.registration.exemplary or exemplary


def _decide_proposal(turn: Turn, outcome: ProposalState) -> None:
    proposal = pending_proposal(turn.registration, turn.actor)
    proposal.state, proposal.decision_reason = outcome, turn.reason
    proposal.decided_by, proposal.decided_at = turn.actor, turn.now
    proposal.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])
    turn.registration.proposed_to = ""


def _next_draft(before: Registration, campaign: Campaign, turn: Turn) -> Registration:
    carried = {name: getattr(before, name) for name in CONTENT_FIELDS}
    if before.ends_on and before.ends_on.year < campaign.year:
        carried["ends_on"] = None
    draft = Registration.objects.create(
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
    log.record(
        "registration.start",
        actor=turn.actor,
        target=draft,
        unit=draft.unit,
        data={"campaign": campaign.pk},
        at=turn.now,
    )
    return draft
