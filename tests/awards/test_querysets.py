import datetime

import pytest

from awards.models import Award, AwardForm, Decision
from tests.accounts.factories import user_with
from tests.awards.factories import AwardFactory, DecisionFactory, form_on, issue_past, issued
from tests.units.factories import UnitFactory, city, close, succeed

pytestmark = pytest.mark.django_db


def codes(on):
    return set(AwardForm.objects.in_force(on).values_list("code", "legal_basis"))


def test_catalogue_in_force_changes_its_basis_with_the_law():
    days = [datetime.date(2023, 12, 31), datetime.date(2024, 1, 1), datetime.date(2025, 7, 1)]

    bases = [dict(codes(day))["merit-city"] for day in days]

    assert bases == [
        "Luật 15/2003/QH11; Nghị định 91/2017/NĐ-CP",
        "Luật 06/2022/QH15; Nghị định 98/2023/NĐ-CP",
        "Luật 06/2022/QH15; Nghị định 152/2025/NĐ-CP",
    ]


def test_catalogue_district_forms_end_with_the_districts():
    assert "certificate-district" in dict(codes(datetime.date(2025, 6, 30)))
    assert "certificate-district" not in dict(codes(datetime.date(2025, 7, 1)))


def test_catalogue_one_row_of_a_code_on_any_day():
    for day in (datetime.date(2020, 1, 1), datetime.date(2024, 6, 1), datetime.date(2026, 1, 1)):
        forms = AwardForm.objects.in_force(day)
        assert forms.count() == len(set(forms.values_list("code", flat=True)))


def test_public_decisions_are_those_ever_issued():
    DecisionFactory()
    standing, revoked = issued(), issued()
    Decision.objects.filter(pk=revoked.pk).update(state="revoked")

    assert set(Decision.objects.public()) == {standing, revoked}
    assert set(Decision.objects.issued()) == {standing}


def test_valid_awards_of_a_year_leave_drafts_and_ended_ones_out():
    AwardFactory()
    issued(2)
    issued(signed_on=datetime.date(2025, 5, 1))
    ended = issued()
    Award.objects.filter(decision=ended).update(state="revoked", ended_by=ended)

    assert Award.objects.valid().of_year(2026).count() == 2
    assert Award.objects.public().of_year(2026).count() == 3


def test_search_finds_number_title_and_recipient_without_accents(db):
    by_number = DecisionFactory(number="77/QĐ-UBND", title="Khen")
    by_name = AwardFactory(recipient_name="Hộ ông Đặng Văn Sĩ").decision

    assert set(Decision.objects.search("77 qd")) == {by_number}
    assert set(Decision.objects.search("dang van si")) == {by_name}
    assert set(Award.objects.search("si dang")) == {by_name.awards.get()}


@pytest.mark.parametrize("text", ["", "  ", "!!!", "\x00", "'; DROP", "a" * 10_000])
def test_search_anything_typed_is_safe(text):
    Decision.objects.search(text).count()


def test_under_unit_counts_what_was_awarded_below_it():
    district = UnitFactory(kind="rural_district")
    commune = UnitFactory(parent=district)
    AwardFactory(unit=commune)
    AwardFactory()

    assert Award.objects.under(district).count() == 1


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("official", {"own draft", "own issued", "rewards own"}),
        ("reviewer", {"own draft", "own issued", "rewards own"}),
    ],
)
def test_visible_to_local_roles_is_what_their_unit_grants_or_receives(commune, role, seen):
    decisions = named_decisions(commune)
    user = user_with(role, commune)

    assert {decisions[pk] for pk in Decision.objects.visible_to(user).values_list("pk", flat=True)} == seen


@pytest.mark.parametrize(
    ("role", "count"), [("city_staff", 6), ("city_leader", 6), ("auditor", 6), ("administrator", 0)]
)
def test_visible_to_roles_of_the_city(commune, role, count):
    named_decisions(commune)

    assert Decision.objects.visible_to(user_with(role, city())).count() == count


def test_visible_to_follows_the_heir_of_a_dissolved_unit(commune):
    successor = UnitFactory()
    decision = DecisionFactory(unit=commune, tier="commune", signed_on=datetime.date(2025, 6, 1))
    succeed(commune, successor, on=datetime.date(2025, 7, 1))

    assert Decision.objects.visible_to(user_with("reviewer", successor)).get() == decision


def test_visible_to_awards_shows_no_draft_of_another_unit(commune):
    draft = AwardFactory(unit=commune)
    public = issued().awards.get()
    user = user_with("official", commune)

    assert list(Award.objects.visible_to(user)) == []
    assert draft.decision.unit == city()
    assert public not in Award.objects.visible_to(user)


def named_decisions(commune):
    """One decision of each kind, by id."""
    leader = user_with("city_leader", city())
    own_draft = DecisionFactory(unit=commune, tier="commune")
    own_issued = DecisionFactory(unit=commune, tier="commune")
    AwardFactory(decision=own_issued, unit=commune)
    issue_past(own_issued, actor=leader)
    rewards_own = DecisionFactory()
    AwardFactory(decision=rewards_own, unit=commune)
    issue_past(rewards_own, actor=leader)
    would_reward_own = AwardFactory(unit=commune).decision
    neighbour = UnitFactory()
    other = DecisionFactory(unit=neighbour, tier="commune")
    AwardFactory(decision=other, unit=neighbour, form=form_on("commune"))
    city_other = issued()
    names = {
        own_draft: "own draft",
        own_issued: "own issued",
        rewards_own: "rewards own",
        would_reward_own: "draft of the city",
        other: "draft of a neighbour",
        city_other: "issued to another",
    }
    return {decision.pk: name for decision, name in names.items()}


def test_unit_closed_keeps_its_awards(commune, leader):
    decision = AwardFactory(unit=commune, decision__signed_on=datetime.date(2025, 6, 1)).decision
    issue_past(decision, actor=leader)
    close(commune, datetime.date(2025, 7, 1))

    assert Award.objects.valid().under(commune).count() == 1


def test_for_list_drafts_stand_first_then_the_newest():
    older, newer = issued(signed_on=datetime.date(2025, 5, 1)), issued()
    draft = DecisionFactory(signed_on=datetime.date(2024, 1, 1))

    assert list(Decision.objects.for_list()) == [draft, newer, older]
