"""The ground of the policy: predicates on positions, for every app above, and the rights of the apps below.

A predicate answers one question about ``(user, object)``; the object may be a unit, a record with a ``unit``, or
nothing: without an object the question is whether the user may do this anywhere at all (menus, lists).
"""

from collections.abc import Callable

import rules

from mobilization.accounts.scopes import in_scope
from mobilization.accounts.states import Role
from mobilization.jobs.permissions import is_own_job
from mobilization.units.models import Unit


@rules.predicate
def has_position(user) -> bool:
    """Tell whether any position of ``user`` is in force."""
    return user.is_authenticated and user.is_active and bool(user.positions_in_force())


def holds(*roles: str) -> rules.Predicate:
    """Return the predicate: the user holds one of ``roles`` today, wherever."""

    @rules.predicate(name=f"holds:{'|'.join(roles)}")
    def predicate(user) -> bool:
        return user.is_authenticated and user.is_active and user.has_role(*roles)

    return predicate


def role_in_scope(*roles: str, unit_of: Callable[[object], Unit | None] | None = None) -> rules.Predicate:
    """Return the predicate: the user holds one of ``roles`` at the object's unit or above it.

    ``unit_of`` finds the unit of an object that neither is one nor has one as ``unit``. Without an object it is
    enough to hold one of ``roles`` anywhere.
    """

    @rules.predicate(name=f"in_scope:{'|'.join(roles)}")
    def predicate(user, target=None) -> bool:
        if not (user.is_authenticated and user.is_active):
            return False
        if target is None:
            return user.has_role(*roles)
        unit = unit_of(target) if unit_of else _unit_of(target)
        return unit is not None and in_scope(user, unit, *roles)

    return predicate


def _unit_of(target: object) -> Unit | None:
    return target if isinstance(target, Unit) else getattr(target, "unit", None)


is_official = holds(Role.OFFICIAL)
is_reviewer = holds(Role.REVIEWER)
is_city_staff = holds(Role.CITY_STAFF)
is_city_leader = holds(Role.CITY_LEADER)
is_auditor = holds(Role.AUDITOR)
is_administrator = holds(Role.ADMINISTRATOR)
any_role_in_scope = role_in_scope(*Role.values)


@rules.predicate
def is_self(user, target=None) -> bool:
    """Tell whether the object is the user's own account."""
    return target is not None and target == user


@rules.predicate
def is_not_self(user, target=None) -> bool:
    """Nobody ends his own positions or closes his own account: there would be nobody left to undo it."""
    return target is None or target != user


# Accounts. City-wide auditors read them; a local auditor inspects records, not people of other units.
rules.add_perm("accounts.view_accounts", is_administrator | role_in_scope(Role.AUDITOR))
rules.add_perm("accounts.invite_account", is_administrator)
rules.add_perm("accounts.change_account", is_administrator)
rules.add_perm("accounts.deactivate_account", is_administrator & is_not_self)
rules.add_perm("accounts.grant_position", is_administrator)
rules.add_perm("accounts.end_position", is_administrator)
rules.add_perm("accounts.reorganise_units", is_administrator)
rules.add_perm("desk.use", has_position)

# Jobs. Everybody follows the own ones; who watches over the portal follows them all.
sees_all_jobs = is_city_staff | is_administrator | is_auditor
rules.add_perm("jobs.view_all_jobs", sees_all_jobs)
rules.add_perm("jobs.view_job", sees_all_jobs | is_own_job)
rules.add_perm("jobs.run_job_again", is_city_staff | is_administrator | (has_position & is_own_job))
