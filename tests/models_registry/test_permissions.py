"""Who may do what: the table of roles and acts, by tier and date."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mobilization.accounts.states import Role
from models_registry.permissions import acting_for, available_acts
from models_registry.states import MOVES, Act, By, Level, Outcome, State
from tests.accounts.factories import UserFactory, user_with
from tests.models_registry.factories import ProposalFactory, RegistrationFactory, city_staff
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db

UNIT_ACTS = {act for act, move in MOVES.items() if move.by is By.UNIT}
LEVEL_ACTS = {act for act, move in MOVES.items() if move.by is By.LEVEL}


@pytest.fixture
def people():
    """One person of every kind, around one commune."""
    district = UnitFactory(kind="rural_district")
    commune, other = UnitFactory(parent=district), UnitFactory(parent=district)
    gone = user_with(Role.REVIEWER, commune)
    gone.positions.update(valid_to=timezone.localdate())
    gone.forget_positions()
    return {
        "unit": commune,
        "official": user_with(Role.OFFICIAL, commune),
        "reviewer": user_with(Role.REVIEWER, commune),
        "other_official": user_with(Role.OFFICIAL, other),
        "other_reviewer": user_with(Role.REVIEWER, other),
        "district_official": user_with(Role.OFFICIAL, district),
        "district_reviewer": user_with(Role.REVIEWER, district),
        "city_staff": city_staff(),
        "city_leader": user_with(Role.CITY_LEADER, city()),
        "auditor": user_with(Role.AUDITOR, city()),
        "administrator": user_with(Role.ADMINISTRATOR, city()),
        "gone": gone,
        "stranger": UserFactory(),
        "anonymous": AnonymousUser(),
    }


def may(people, perm: str, obj) -> set[str]:
    return {name for name, user in people.items() if name != "unit" and user.has_perm(perm, obj)}


def acts_of(user, registration) -> set[Act]:
    return {act for act, move in MOVES.items() if user.has_perm(move.perm, registration)}


def test_acts_of_the_unit_are_its_officials(people):
    registration = RegistrationFactory(unit=people["unit"])

    for act in UNIT_ACTS:
        assert may(people, MOVES[act].perm, registration) == {"official"}, act


def test_acts_of_the_level_are_its_reviewers_and_city_staff(people):
    registration = RegistrationFactory(unit=people["unit"], submitted=True)

    for act in LEVEL_ACTS:
        assert may(people, MOVES[act].perm, registration) == {"reviewer", "city_staff"}, act


@pytest.mark.parametrize("level", [Level.INTERMEDIATE, Level.CITY])
def test_acts_of_the_levels_above_are_city_staffs_today(people, level):
    registration = RegistrationFactory(unit=people["unit"], submitted=True, level=level)

    assert may(people, "models_registry.accept_registration", registration) == {"city_staff"}


def test_proposals_go_from_the_recogniser_to_the_level_above(people):
    registration = ProposalFactory(
        registration=RegistrationFactory(unit=people["unit"], recognised=True, proposed_to=Level.INTERMEDIATE)
    ).registration

    assert may(people, "models_registry.propose_registration", registration) == {"reviewer", "city_staff"}
    assert may(people, "models_registry.accept_proposal", registration) == {"city_staff"}


@pytest.mark.parametrize("state", list(State))
def test_view_is_for_the_unit_and_its_readers_once_submitted(people, state):
    registration = RegistrationFactory(unit=people["unit"], state=state)
    readers = {"reviewer", "district_reviewer", "city_staff", "city_leader", "auditor"}

    expected = {"official"} | (readers if state != State.DRAFT else set())

    assert may(people, "models_registry.view_registration", registration) == expected
    listed = {
        name
        for name, user in people.items()
        if name != "unit" and type(registration).objects.visible_to(user).exists()
    }
    assert listed == expected


@pytest.mark.parametrize("state", list(State))
def test_change_is_for_the_official_while_it_is_the_units_turn(people, state):
    registration = RegistrationFactory(unit=people["unit"], state=state)

    for perm in ("change_registration", "change_attachment"):
        changing = may(people, f"models_registry.{perm}", registration)
        assert changing == ({"official"} if state in State.TO_FILE else set())
    discarding = may(people, "models_registry.discard_registration", registration)
    assert discarding == ({"official"} if state == State.DRAFT else set())


def test_start_is_for_officials_of_the_unit(people):
    assert may(people, "models_registry.start_registration", people["unit"]) == {"official"}


def test_campaigns_are_prepared_by_city_staff(people):
    for perm in ("change_campaign", "grant_extension"):
        assert may(people, f"models_registry.{perm}", None) == {"city_staff"}


def test_menus_follow_the_roles(people):
    readers = {"reviewer", "other_reviewer", "district_reviewer", "city_staff", "city_leader", "auditor"}
    officials = {"official", "other_official", "district_official"}

    assert may(people, "models_registry.view_registrations", None) == readers | officials
    assert may(people, "models_registry.review_registrations", None) == {
        "reviewer",
        "other_reviewer",
        "district_reviewer",
        "city_staff",
    }


def test_auditor_leader_and_administrator_do_nothing(people):
    for state in State:
        registration = RegistrationFactory(unit=people["unit"], state=state)
        for name in ("auditor", "city_leader", "administrator", "gone", "stranger", "anonymous"):
            assert acts_of(people[name], registration) == set()


@pytest.mark.parametrize(
    ("state", "official", "reviewer"),
    [
        (State.DRAFT, {Act.SUBMIT}, set()),
        (State.SUBMITTED, {Act.WITHDRAW}, {Act.ACCEPT, Act.RETURN, Act.DECLINE}),
        (State.RETURNED, {Act.RESUBMIT, Act.WITHDRAW}, set()),
        (State.ACCEPTED, {Act.REPORT, Act.RENEW}, {Act.CONCLUDE}),
        (State.REPORTED, set(), {Act.RECOGNISE, Act.REFUSE, Act.RETURN_REPORT, Act.CONCLUDE}),
        (State.RECOGNISED, {Act.RENEW}, {Act.PROPOSE, Act.CONCLUDE}),
        (State.WITHDRAWN, set(), set()),
        (State.DECLINED, set(), set()),
    ],
)
def test_available_acts_are_the_buttons_of_the_state(people, state, official, reviewer):
    outcome = Outcome.MAINTAIN if state in State.RENEWABLE else ""
    registration = RegistrationFactory(unit=people["unit"], state=state, outcome=outcome)

    assert set(available_acts(people["official"], registration)) == official
    assert set(available_acts(people["reviewer"], registration)) == reviewer


def test_available_acts_leave_out_own_work(people):
    registration = RegistrationFactory(unit=people["unit"], submitted=True, by_official=people["reviewer"])

    assert available_acts(people["reviewer"], registration) == []


def test_available_acts_take_few_queries(people, django_assert_max_num_queries):
    registration = RegistrationFactory(unit=people["unit"], recognised=True)
    people["reviewer"].positions_in_force()

    with django_assert_max_num_queries(4):
        available_acts(people["reviewer"], registration)


def test_acting_for_names_the_unit_whose_reviewer_is_replaced(people):
    registration = RegistrationFactory(unit=people["unit"], submitted=True)

    assert acting_for(people["city_staff"], registration, Level.GRASSROOTS) == people["unit"]
    assert acting_for(people["reviewer"], registration, Level.GRASSROOTS) is None
    assert acting_for(people["city_staff"], registration, Level.CITY) is None
