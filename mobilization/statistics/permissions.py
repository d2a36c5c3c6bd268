"""Who computes figures, and who sees how they were computed."""

import rules

from mobilization.accounts.permissions import is_city_staff, role_in_scope
from mobilization.accounts.states import Role

rules.add_perm("statistics.rebuild_year", is_city_staff)
rules.add_perm("statistics.view_years", role_in_scope(Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR))
