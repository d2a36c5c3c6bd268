"""Who writes sheets, notes and surveys, and who holds sessions: whoever decides there; see ``models_registry``.

Who must not decide on a registration, or has already handed in, are facts that the services check.
"""

import rules

from mobilization.accounts.permissions import holds
from mobilization.accounts.scopes import in_scope
from mobilization.accounts.states import Role
from mobilization.appraisal.models import CouncilSession, Note, SurveyFile
from mobilization.units.models import Unit
from models_registry.models import DecidingTier, Registration
from models_registry.permissions import decides, may_decide, reads_registration
from models_registry.states import State

sits_in_councils = holds(Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER)
decides_somewhere = holds(Role.REVIEWER, Role.CITY_STAFF)


def level_under_appraisal(registration: Registration) -> str:
    """Return the level at which ``registration`` waits to be recognised; empty where it does not."""
    return registration.level if registration.state == State.REPORTED else registration.proposed_to


def seats_of(user) -> list[tuple[Unit, str]]:
    """Return the councils that ``user`` holds sessions of: unit and level, each once."""
    seats = {
        (unit.pk, rule.level): (unit, rule.level)
        for rule in DecidingTier.objects.in_force()
        for unit in rule.held_by(user)
    }
    return list(seats.values())


@rules.predicate
def appraises(user, target: Registration | None = None) -> bool:
    """Tell whether the registration waits to be recognised at a level for which the user decides himself."""
    if not user.is_authenticated:
        return False
    return target is None or decides(user, target, level_under_appraisal(target))


@rules.predicate
def declares(user, target: Registration | None = None) -> bool:
    """Tell whether the registration waits for a decision that the user may take."""
    if not user.is_authenticated:
        return False
    return target is None or may_decide(user, target, target.awaits)


@rules.predicate
def writes_beside(user, target: Registration | None = None) -> bool:
    """Tell whether the user reviews in scope of the registration, which was submitted."""
    if not user.is_authenticated:
        return False
    if target is None:
        return True
    roles = (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER)
    return target.submitted_at is not None and in_scope(user, target.unit, *roles)


@rules.predicate
def reads_survey(user, target: SurveyFile | None = None) -> bool:
    """Tell whether the user reads the registration that the survey is about, as one who reviews or inspects."""
    return reads_registration(user, target and target.survey.registration)


@rules.predicate
def is_author(user, target: Note | None = None) -> bool:
    """Tell whether the user wrote the note."""
    return target is None or target.author_id == user.pk


@rules.predicate
def holds_this_seat(user, target: CouncilSession | None = None) -> bool:
    """Tell whether the user decides, by the rules of today, for the council of the session."""
    if target is None:
        return True
    return any(unit.pk == target.unit_id and level == target.level for unit, level in seats_of(user))


rules.add_perm("appraisal.declare", decides_somewhere & declares)
rules.add_perm("appraisal.appraise", decides_somewhere & appraises)
rules.add_perm("appraisal.write_note", sits_in_councils & writes_beside)
rules.add_perm("appraisal.remove_note", rules.is_authenticated & is_author)
rules.add_perm("appraisal.record_survey", decides_somewhere & writes_beside)
rules.add_perm("appraisal.view_survey_file", reads_survey)
rules.add_perm("appraisal.view_sessions", sits_in_councils)
rules.add_perm("appraisal.change_session", decides_somewhere & holds_this_seat)
