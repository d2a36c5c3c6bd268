"""Who may do what to decisions and to the catalogue of awards.

Officials and reviewers prepare the decisions of their own unit, city staff those of the city and, for the record, of
any unit below. Signing is the leaders': the reviewer of a commune, district or committee issues what that unit
grants, the city leader what the city grants (and may act for units below, dissolved districts among them).
That nobody issues what they drafted is a fact, asked in ``transitions``.
"""

import rules

from awards.states import DECIDED, NOMINATION_MOVES, DecisionState, NominationAct
from mobilization.accounts.permissions import holds, role_in_scope
from mobilization.accounts.states import Role

reads_awards = holds(Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
prepares = role_in_scope(Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF)
signs = role_in_scope(Role.REVIEWER, Role.CITY_LEADER)
keeps_catalogue = holds(Role.CITY_STAFF, Role.ADMINISTRATOR)
reads_catalogue = reads_awards | keeps_catalogue


@rules.predicate
def is_draft(user, decision=None) -> bool:
    """Tell whether the decision is still in preparation (without one: whether there may be such)."""
    return decision is None or decision.state == DecisionState.DRAFT


@rules.predicate
def is_issued(user, decision=None) -> bool:
    """Tell whether the decision stands."""
    return decision is None or decision.state == DecisionState.ISSUED


@rules.predicate
def was_decided(user, decision=None) -> bool:
    """Tell whether the decision was ever issued, whatever came after."""
    return decision is None or decision.state in DECIDED


@rules.predicate
def carries_awards(user, decision=None) -> bool:
    """A revocation carries no awards: there is nothing in it to correct or revoke."""
    return decision is None or decision.amendment_kind != "revocation"


rules.add_perm("awards.view_decisions", reads_awards)
rules.add_perm("awards.draft_decision", prepares)
rules.add_perm("awards.change_decision", is_draft & prepares)
rules.add_perm("awards.issue_decision", is_draft & signs)
rules.add_perm("awards.correct_decision", is_issued & carries_awards & prepares)
rules.add_perm("awards.revoke_decision", is_issued & carries_awards & signs)
# A register puts registrations, dialogues and decisions of many units on record at once, without their review.
rules.add_perm("awards.load_register", holds(Role.CITY_STAFF))
rules.add_perm("awards.view_catalogue", reads_catalogue)
rules.add_perm("awards.change_catalogue", keeps_catalogue)

# Certificates: printed and handed out by who prepares or signs the decision; whoever is only rewarded by it does not.
prints = role_in_scope(Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER)
rules.add_perm("awards.preview_certificates", is_draft & prints)
rules.add_perm("awards.print_certificates", was_decided & prints)
rules.add_perm("awards.hand_out_certificates", was_decided & carries_awards & prepares)
rules.add_perm(
    "awards.take_back_handover",
    role_in_scope(Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF, unit_of=lambda row: row.award.decision.unit),
)
rules.add_perm("awards.view_templates", holds(Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR))
rules.add_perm("awards.change_templates", holds(Role.CITY_STAFF))


# Nominations: prepared like decisions, for the recipient's unit; judged by the body that grants, whose tier and unit
# follow from the form as the catalogue has it by date. That nobody judges what they typed or submitted is a fact.
judges = role_in_scope(Role.REVIEWER, Role.CITY_STAFF, unit_of=lambda nomination: nomination.granting_unit)
drafts_for = role_in_scope(
    Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF, unit_of=lambda nomination: nomination.granting_unit
)


def stands_for(*acts: NominationAct) -> rules.Predicate:
    """Return the predicate: one of ``acts`` may start from where the nomination stands."""
    sources = {state for act in acts for state in NOMINATION_MOVES[act]}

    @rules.predicate(name=f"stands_for:{'|'.join(acts)}")
    def predicate(user, nomination=None) -> bool:
        return nomination is None or nomination.state in sources

    return predicate


@rules.predicate
def not_own_nomination(user, nomination=None) -> bool:
    """Tell whether somebody else typed and submitted the nomination."""
    return nomination is None or user.pk not in (nomination.typed_by_id, nomination.submitted_by_id)


rules.add_perm("awards.view_nominations", reads_awards)
rules.add_perm("awards.prepare_nominations", prepares)
rules.add_perm("awards.judge_nominations", holds(Role.REVIEWER, Role.CITY_STAFF))
rules.add_perm("awards.change_nomination", stands_for(NominationAct.CHANGE) & prepares)
rules.add_perm("awards.submit_nomination", stands_for(NominationAct.SUBMIT) & prepares)
rules.add_perm("awards.withdraw_nomination", stands_for(NominationAct.WITHDRAW) & prepares)
for _act in (NominationAct.RETURN, NominationAct.EXAMINE, NominationAct.APPROVE, NominationAct.DECLINE):
    rules.add_perm(f"awards.{_act}_nomination", stands_for(_act) & judges & not_own_nomination)
rules.add_perm("awards.draw_nomination", stands_for(NominationAct.DRAW) & drafts_for)
rules.add_perm("awards.attach_paper", prepares | judges)
rules.add_perm("awards.record_examination", role_in_scope(Role.REVIEWER, Role.CITY_STAFF))
rules.add_perm("awards.keep_recipients", prepares)
