"""Who may do what in the registry: one predicate a question, one line a permission.

Permissions ask for the role at the unit and the tier that decides, on the day of asking. Whether the registration
stands where the act starts from, and whether the actor reviews own work, are facts that ``transitions`` checks under
the lock: a reviewer who comes second reads what happened, and gets no "not found".
"""

import rules
from django.db.models import prefetch_related_objects

from mobilization.accounts.permissions import holds, is_city_staff
from mobilization.accounts.scopes import in_scope
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from mobilization.units.states import tier_of
from models_registry.models import Attachment, Registration
from models_registry.querysets import READERS, kinds_of
from models_registry.recusal import bar_of
from models_registry.states import MOVES, Act, By, Move, Outcome, State


def decides(user, registration: Registration, level: str) -> bool:
    """Tell whether ``user`` decides on ``registration`` at ``level`` himself, by the rule of today."""
    rule = registration.deciding_tiers.get(level)
    return rule is not None and _holds_tier(user, registration.unit.heir, rule.role, rule.decides)


def may_decide(user, registration: Registration, level: str) -> bool:
    """Tell whether ``user`` decides at ``level`` himself, or as city staff in place of a lower reviewer."""
    if not level:
        return False
    return in_scope(user, registration.unit, Role.CITY_STAFF) or decides(user, registration, level)


def acting_for(user, registration: Registration, level: str) -> Unit | None:
    """Return the unit whose reviewer ``user`` replaces when deciding at ``level``; None where he decides himself."""
    rule = registration.deciding_tiers.get(level)
    if rule is None or rule.role != Role.REVIEWER or decides(user, registration, level):
        return None
    return deciding_unit(registration, level)


def deciding_unit(registration: Registration, level: str) -> Unit | None:
    """Return the unit at which ``registration`` is decided at ``level``, by the rule of today; None without a rule."""
    rule = registration.deciding_tiers.get(level)
    if rule is None:
        return None
    lineage = [int(part) for part in registration.unit.heir.path.strip("/").split("/")]
    return Unit.objects.filter(pk__in=lineage, kind__in=kinds_of(rule.decides)).first()


def level_of(registration: Registration, by: By) -> str:
    """Return the level whose decision ``by`` means for ``registration``; empty where there is none."""
    if by is By.LEVEL:
        return registration.level
    return registration.recognised_level if by is By.RECOGNISER else registration.proposed_to


def available_acts(user, registration: Registration) -> list[Act]:
    """Return the acts that ``user`` can do to ``registration`` as it stands: the buttons of its page."""
    # Asked of each act, read once.
    prefetch_related_objects([registration], "declarations")
    return [act for act, move in MOVES.items() if _is_available(user, registration, act, move)]


def _is_available(user, registration: Registration, act: Act, move: Move) -> bool:
    if registration.state not in move.sources:
        return False
    if act is Act.RENEW and registration.outcome not in Outcome.GOES_ON:
        return False
    if act is Act.PROPOSE and registration.proposed_to:
        return False
    if not user.has_perm(move.perm, registration):
        return False
    return move.by is By.UNIT or bar_of(user, registration, level_of(registration, move.by)) is None


def _holds_tier(user, unit: Unit, role: str, tier: str) -> bool:
    """Tell whether ``user`` holds ``role`` at the unit of ``tier`` that ``unit`` is, or lies under."""
    if not user.is_authenticated:
        return False
    return any(tier_of(own.kind) == tier and unit.path.startswith(own.path) for own in user.units_of(role))


@rules.predicate
def is_official_of_unit(user, target=None) -> bool:
    """Tell whether the user is an official of the very unit that answers for the object (a record or a unit)."""
    if not user.is_authenticated:
        return False
    units = user.units_of(Role.OFFICIAL)
    if target is None:
        return bool(units)
    unit = target if isinstance(target, Unit) else _registration_of(target).unit
    return any(own.pk == unit.heir_id for own in units)


@rules.predicate
def reads_registration(user, target=None) -> bool:
    """Tell whether the user reads the object: a reader's role in scope, once it was submitted."""
    if not user.is_authenticated:
        return False
    if target is None:
        return user.has_role(*READERS)
    registration = _registration_of(target)
    return registration.submitted_at is not None and in_scope(user, registration.unit, *READERS)


@rules.predicate
def is_in_the_units_hands(user, target=None) -> bool:
    """Tell whether the registration is the unit's to write: a draft, returned, or accepted and to be reported."""
    return target is None or _registration_of(target).state in State.TO_FILE


@rules.predicate
def is_draft(user, target=None) -> bool:
    """Tell whether the registration was never submitted."""
    return target is None or target.state == State.DRAFT


@rules.predicate
def is_public_file(user, target=None) -> bool:
    """Tell whether the file was made public, at a registration that anybody may read."""
    return target is not None and target.is_public and target.registration.is_public


@rules.predicate
def shows_files(user, target=None) -> bool:
    """Tell whether the user reviews here: who reads the evidence may also show it, and hide it, at any time."""
    if not user.is_authenticated:
        return False
    if target is None:
        return user.has_role(Role.REVIEWER, Role.CITY_STAFF)
    registration = _registration_of(target)
    return registration.submitted_at is not None and in_scope(
        user, registration.unit, Role.REVIEWER, Role.CITY_STAFF
    )


def _by(by: By) -> rules.Predicate:
    if by is By.UNIT:
        return is_official_of_unit

    @rules.predicate(name=f"decides_at:{by.value}")
    def predicate(user, target=None) -> bool:
        if not user.is_authenticated:
            return False
        if target is None:
            return user.has_role(Role.REVIEWER, Role.CITY_STAFF)
        return may_decide(user, target, level_of(target, by))

    return predicate


def _registration_of(target) -> Registration:
    return target.registration if isinstance(target, Attachment) else target


for _line in MOVES.values():
    rules.add_perm(_line.perm, _by(_line.by))

rules.add_perm("models_registry.view_registrations", is_official_of_unit | reads_registration)
rules.add_perm("models_registry.view_registration", is_official_of_unit | reads_registration)
rules.add_perm("models_registry.start_registration", is_official_of_unit)
rules.add_perm("models_registry.change_registration", is_official_of_unit & is_in_the_units_hands)
rules.add_perm("models_registry.discard_registration", is_official_of_unit & is_draft)
rules.add_perm("models_registry.view_attachment", is_public_file | is_official_of_unit | reads_registration)
rules.add_perm("models_registry.change_attachment", is_official_of_unit & is_in_the_units_hands)
rules.add_perm("models_registry.show_attachment", is_official_of_unit | shows_files)
rules.add_perm("models_registry.review_registrations", rules.is_authenticated & _by(By.LEVEL))
rules.add_perm("models_registry.view_matrix", holds(*READERS))
rules.add_perm("models_registry.remind_units", holds(Role.REVIEWER, Role.CITY_STAFF))
rules.add_perm("models_registry.view_campaigns", is_official_of_unit | reads_registration)
rules.add_perm("models_registry.view_campaign", holds(Role.OFFICIAL, *READERS))
rules.add_perm("models_registry.change_campaign", is_city_staff)
rules.add_perm("models_registry.grant_extension", is_city_staff)
rules.add_perm("models_registry.keep_reasons", is_city_staff)
