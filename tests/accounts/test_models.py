import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from tests.accounts.factories import PositionFactory, UserFactory, user_with
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 2)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def ward():
    return UnitFactory(kind="ward")


def test_create_user_with_capitals_in_the_address_stores_lower_case():
    user = User.objects.create_user("  Mai@Example.VN ", "Nguyễn  Thị Mai")
    assert (user.email, user.full_name) == ("mai@example.vn", "Nguyễn Thị Mai")


def test_create_user_without_password_awaits_invitation():
    assert User.objects.create_user("mai@example.vn", "Mai").awaits_invitation


def test_user_with_taken_address_in_other_case_is_refused():
    UserFactory(email="mai@example.vn")
    user = User(email="MAI@example.vn", full_name="Mai")
    with pytest.raises(ValidationError) as refused:
        user.full_clean()
    assert set(refused.value.message_dict) == {"email", "password"}


def test_user_with_capitals_in_the_address_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Mai@example.vn")


def test_users_are_sorted_by_given_name():
    for name in ("Trần Văn Ổn", "Lê An", "Bùi Thị Đào", "Phạm Ánh"):
        UserFactory(full_name=name)
    names = [user.full_name for user in User.objects.all()]
    assert names == ["Lê An", "Phạm Ánh", "Bùi Thị Đào", "Trần Văn Ổn"]


@pytest.mark.parametrize("words", ["thi dao", "ĐÀO", "đao", "dao@ex", "bui t"])
def test_search_without_accents_finds_name_and_address(words):
    found = UserFactory(full_name="Bùi Thị Đào", email="dao@example.vn")
    UserFactory(full_name="Lê An", email="an@office.vn")
    assert list(User.objects.search(words)) == [found]


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "found"), [("", 1), ("  ", 1), ("!!!", 0), ("–", 0)])
def test_search_without_a_letter_finds_nobody_and_without_text_everybody(words, found):
    UserFactory()
    assert User.objects.search(words).count() == found


@pytest.mark.parametrize(
    ("role", "at_city", "fits"),
    [
        (Role.OFFICIAL, False, True),
        (Role.OFFICIAL, True, False),
        (Role.REVIEWER, False, True),
        (Role.REVIEWER, True, False),
        (Role.CITY_STAFF, True, True),
        (Role.CITY_STAFF, False, False),
        (Role.CITY_LEADER, True, True),
        (Role.CITY_LEADER, False, False),
        (Role.ADMINISTRATOR, True, True),
        (Role.ADMINISTRATOR, False, False),
        (Role.AUDITOR, True, True),
        (Role.AUDITOR, False, True),
    ],
)
def test_role_at_unit_is_taken_by_the_database_only_where_it_fits(ward, role, at_city, fits):
    unit = ward.parent if at_city else ward
    assert role.fits(unit.kind) is fits
    if fits:
        PositionFactory(role=role, unit=unit)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            PositionFactory(role=role, unit=unit)


def test_same_role_at_same_unit_at_one_time_is_refused_by_the_database(ward):
    first = PositionFactory(unit=ward, valid_to=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        PositionFactory(user=first.user, unit=ward, valid_from=TODAY - DAY)


def test_same_role_at_same_unit_after_the_first_ended_is_taken(ward):
    first = PositionFactory(unit=ward, valid_to=TODAY)
    PositionFactory(user=first.user, unit=ward, valid_from=TODAY)
    PositionFactory(user=first.user, unit=ward, role=Role.REVIEWER)
    assert Position.objects.filter(user=first.user).count() == 3


def test_position_that_ends_before_it_begins_is_refused_by_the_database(ward):
    with pytest.raises(IntegrityError), transaction.atomic():
        PositionFactory(unit=ward, valid_from=TODAY, valid_to=TODAY - DAY)


@pytest.mark.parametrize(
    ("on", "in_force"),
    [(TODAY - DAY, False), (TODAY, True), (TODAY + 9 * DAY, True), (TODAY + 10 * DAY, False)],
)
def test_position_is_in_force_from_its_first_day_to_the_day_before_its_end(ward, on, in_force):
    position = PositionFactory(unit=ward, valid_from=TODAY, valid_to=TODAY + 10 * DAY)
    assert position.is_in_force(on) is in_force
    assert list(Position.objects.in_force(on)) == ([position] if in_force else [])
    assert position.user.positions_in_force(on) == ([position] if in_force else [])


def test_positions_of_one_user_object_are_read_once(ward, django_assert_num_queries):
    user = User.objects.get(pk=user_with(Role.OFFICIAL, ward).pk)
    with django_assert_num_queries(1):
        assert user.has_role(Role.OFFICIAL)
        assert not user.has_role(Role.REVIEWER)
        assert user.units_of(Role.OFFICIAL) == [ward]
        assert user.units_of() == [ward]


def test_inactive_user_may_nothing(ward):
    user = user_with(Role.ADMINISTRATOR, ward.parent)
    assert user.has_perm("accounts.invite_account")
    user.is_active = False
    assert not user.has_perm("accounts.invite_account")


def test_holding_wants_role_and_unit_in_one_position(ward):
    other = UnitFactory(parent=ward.parent)
    user = user_with(Role.OFFICIAL, ward)
    PositionFactory(user=user, role=Role.REVIEWER, unit=other)
    assert list(User.objects.holding(roles=[Role.OFFICIAL], units=[ward])) == [user]
    assert list(User.objects.holding(roles=[Role.OFFICIAL], units=[other])) == []


def test_without_position_finds_those_whose_position_ended(ward):
    user_with(Role.OFFICIAL, ward)
    ended = PositionFactory(unit=ward, valid_to=TODAY).user
    assert list(User.objects.without_position(on=TODAY)) == [ended]
