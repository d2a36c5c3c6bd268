"""Who computes figures, closes years and corrects them. The object is the city, of a correction its unit."""

import rules

from mobilization.accounts.permissions import role_in_scope
from mobilization.accounts.states import Role

VIEWERS = (Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
ASKERS = (Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF)

rules.add_perm("statistics.rebuild_year", role_in_scope(Role.CITY_STAFF))
rules.add_perm("statistics.view_years", role_in_scope(*VIEWERS))
rules.add_perm("statistics.close_year", role_in_scope(Role.CITY_LEADER))
rules.add_perm("statistics.ask_correction", role_in_scope(*ASKERS))
rules.add_perm("statistics.view_corrections", role_in_scope(*ASKERS, Role.CITY_LEADER, Role.AUDITOR))
rules.add_perm("statistics.decide_correction", role_in_scope(Role.CITY_LEADER))
