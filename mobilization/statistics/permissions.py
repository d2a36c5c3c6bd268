"""Who computes figures, and who sees how they were computed. The object is the city."""

import rules

from mobilization.accounts.permissions import role_in_scope
from mobilization.accounts.states import Role

VIEWERS = (Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)

rules.add_perm("statistics.rebuild_year", role_in_scope(Role.CITY_STAFF))
rules.add_perm("statistics.view_years", role_in_scope(*VIEWERS))
