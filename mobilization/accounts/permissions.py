"""The ground of the policy: predicates on positions, for every app above, and the rights of the apps below.

A predicate answers one question about ``(user, object)``; the object may be a unit, a record with a ``unit``, or
nothing: without an object the question is whether the user may do this anywhere at all (menus, lists).
"""

from collections.abc import Callable

import rules

from mobilization.accounts.scopes import in_scope
from mobilization.accounts.states import Role
from mobilization.jobs.permissions import is_own_job, may_ask_for_such
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind


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
def is_not_self(user, target=None) -> bool:
    """Nobody closes the own account or ends an own position: there might be nobody left to undo it."""
    return target is None or getattr(target, "user", target) != user


@rules.predicate
def inspects_city(user) -> bool:
    """Tell whether the user inspects a whole city, and not only units in it."""
    return is_auditor(user) and any(unit.kind == UnitKind.CITY for unit in user.units_of(Role.AUDITOR))


# Who watches over the work of the whole city.
watches_city = is_city_staff | is_city_leader | is_administrator
inspects = role_in_scope(Role.AUDITOR)
# Everybody follows the own jobs; who watches over the portal follows them all.
sees_all_jobs = is_city_staff | is_administrator | inspects_city

rules.add_perm("desk.use", has_position)

# Accounts. An auditor reads those of the people who hold or held a position in scope; see UserQuerySet.visible_to.
rules.add_perm("accounts.view_accounts", is_administrator | is_auditor)
rules.add_perm("accounts.invite_account", is_administrator)
rules.add_perm("accounts.change_account", is_administrator)
rules.add_perm("accounts.deactivate_account", is_administrator & is_not_self)
rules.add_perm("accounts.grant_position", is_administrator & is_not_self)
rules.add_perm("accounts.end_position", is_administrator & is_not_self)

# The apps below, which know the names of their permissions but not the roles.
rules.add_perm("units.view_unit", has_position)
rules.add_perm("units.reorganise_units", is_administrator)
rules.add_perm("audit.view_entries", watches_city | inspects)
rules.add_perm("audit.view_all_entries", watches_city)
rules.add_perm("jobs.view_all_jobs", sees_all_jobs)
rules.add_perm("jobs.view_job", sees_all_jobs | is_own_job)
rules.add_perm(
    "jobs.run_job_again",
    (is_city_staff | is_administrator | (has_position & is_own_job)) & may_ask_for_such,
)
