import pytest

from tests.accounts.factories import user_with
from tests.awards.factories import AwardFactory, DecisionFactory, issued
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db

ALL = ("official", "reviewer", "city_staff", "city_leader", "auditor", "administrator")
TABLE = [
    # right, about what, who
    ("change_decision", "commune draft", {"official", "reviewer", "city_staff"}),
    ("change_decision", "city draft", {"city_staff"}),
    ("change_decision", "city issued", set()),
    ("issue_decision", "commune draft", {"reviewer", "city_leader"}),
    ("issue_decision", "city draft", {"city_leader"}),
    ("issue_decision", "city issued", set()),
    ("correct_decision", "city issued", {"city_staff"}),
    ("correct_decision", "city draft", set()),
    ("revoke_decision", "city issued", {"city_leader"}),
    ("revoke_decision", "city draft", set()),
    ("view_decisions", None, set(ALL) - {"administrator"}),
    ("draft_decision", None, {"official", "reviewer", "city_staff"}),
    ("change_catalogue", None, {"city_staff", "administrator"}),
    ("view_catalogue", None, set(ALL)),
]


@pytest.mark.parametrize(("right", "target", "who"), TABLE)
def test_right_is_held_by_just_these_roles(commune, right, target, who):
    made = {
        "commune draft": lambda: (
            AwardFactory(decision=DecisionFactory(unit=commune, tier="commune"), unit=commune).decision
        ),
        "city draft": DecisionFactory,
        "city issued": issued,
        None: lambda: None,
    }
    about = made[target]()
    local = {"official", "reviewer"}
    users = {role: user_with(role, commune if role in local else city()) for role in ALL}

    assert {role for role, user in users.items() if user.has_perm(f"awards.{right}", about)} == who


def test_reviewer_of_another_commune_issues_nothing_here(commune):
    decision = DecisionFactory(unit=commune, tier="commune")

    assert not user_with("reviewer", UnitFactory()).has_perm("awards.issue_decision", decision)


def test_revocation_cannot_be_revoked(leader):
    revocation = DecisionFactory(amends=issued(), amendment_kind="revocation", reason="Sai")
    revocation.state = "issued"

    assert not leader.has_perm("awards.revoke_decision", revocation)
