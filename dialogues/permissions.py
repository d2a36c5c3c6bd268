"""Who may do what to a dialogue or an opinion. Facts (states, reasons) are asked in ``transitions.py``."""

import rules

from dialogues.models import Opinion
from dialogues.querysets import NEAR, READERS
from mobilization.accounts.permissions import role_in_scope
from mobilization.accounts.states import Role


@rules.predicate
def keeps_the_record(user, target=None) -> bool:
    """Tell whether the object belongs to a unit whose official ``user`` is. Without an object: is one at all."""
    if not (user.is_authenticated and user.is_active):
        return False
    if target is None:
        return user.has_role(Role.OFFICIAL)
    return _is_own(user, target.unit)


@rules.predicate
def is_in_charge(user, target=None) -> bool:
    """Tell whether ``user`` is an official of the unit in charge of the opinion."""
    if not isinstance(target, Opinion) or target.unit_in_charge_id is None or not user.is_authenticated:
        return False
    return user.is_active and _is_own(user, target.unit_in_charge)


def _is_own(user, unit) -> bool:
    # The heir is the unit itself while it is in force: no query for the usual record.
    return any(own.pk == unit.heir_id for own in user.units_of(Role.OFFICIAL))


@rules.predicate
def is_withheld(user, target=None) -> bool:
    """Tell whether the opinion is sensitive and ``user`` works neither at one of its units nor as city staff."""
    if not isinstance(target, Opinion) or not target.is_sensitive or user.has_role(Role.CITY_STAFF):
        return False
    units = [target.unit, *([target.unit_in_charge] if target.unit_in_charge else [])]
    own = {unit.pk for unit in user.units_of(*NEAR)}
    return not any(unit.heir_id in own for unit in units)


reads = keeps_the_record | role_in_scope(*READERS)
reads_charge = role_in_scope(*READERS, unit_of=lambda opinion: opinion.unit_in_charge)
records = keeps_the_record | role_in_scope(Role.CITY_STAFF)

rules.add_perm("dialogues.view_dialogues", reads)
rules.add_perm("dialogues.view_dialogue", reads)
rules.add_perm("dialogues.record_dialogue", records)
rules.add_perm("dialogues.change_dialogue", records)
rules.add_perm("dialogues.announce_dialogue", records)
rules.add_perm("dialogues.hold_dialogue", records)
rules.add_perm("dialogues.publish_dialogue", records)
rules.add_perm("dialogues.cancel_dialogue", records)

rules.add_perm("dialogues.view_opinion", (reads | is_in_charge | reads_charge) & ~is_withheld)
# Whoever answers an opinion need not know who raised it.
rules.add_perm("dialogues.view_opinion_author", reads)
rules.add_perm("dialogues.record_opinion", records)
rules.add_perm("dialogues.change_opinion", records)
rules.add_perm("dialogues.answer_opinion", records | is_in_charge)
rules.add_perm("dialogues.pass_on_opinion", records | is_in_charge)
# Whoever recorded it opens it again; the unit in charge asks for that.
rules.add_perm("dialogues.reopen_opinion", records)
rules.add_perm("dialogues.ask_reopen_opinion", is_in_charge & ~records)
rules.add_perm("dialogues.publish_opinion", records)

rules.add_perm("dialogues.view_attachment", reads)
rules.add_perm("dialogues.remove_attachment", records)
