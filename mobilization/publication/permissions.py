"""Who enters decisions quietly, and who announces them: whoever takes that decision in the registry.

That a decision may be published is asked of each registration: the same permission as the act itself.
"""

import rules

from mobilization.accounts.permissions import holds
from mobilization.accounts.states import Role
from mobilization.publication.models import PendingDecision
from models_registry.permissions import may_decide
from models_registry.querysets import READERS

decides_somewhere = holds(Role.REVIEWER, Role.CITY_STAFF)


@rules.predicate
def decides_this(user, target: PendingDecision | None = None) -> bool:
    """Tell whether the user decides on the registration at the level of the pending decision."""
    return target is None or may_decide(user, target.registration, target.level)


rules.add_perm("publication.view_pending", decides_somewhere)
rules.add_perm("publication.withdraw_pending", decides_somewhere & decides_this)
rules.add_perm("publication.publish", decides_somewhere)
rules.add_perm("publication.view_publications", holds(*READERS))
