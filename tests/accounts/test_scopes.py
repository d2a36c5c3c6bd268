import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from mobilization.accounts.scopes import in_scope, own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from tests.accounts.factories import PositionFactory, UserFactory, user_with
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db
JULY = datetime.date(2025, 7, 1)


def test_scope_of_official_is_the_own_unit():
    ward, _other = UnitFactory(), UnitFactory()
    assert list(scope_units(user_with(Role.OFFICIAL, ward))) == [ward]


def test_scope_reaches_what_went_into_the_unit_before_its_time():
    old, older_neighbour, elsewhere = UnitFactory(), UnitFactory(), UnitFactory()
    new = UnitFactory(valid_from=JULY)
    succeed(old, new, on=JULY)
    succeed(older_neighbour, new, on=JULY)
    user = user_with(Role.REVIEWER, new)
    assert set(scope_units(user, Role.REVIEWER)) == {old, older_neighbour, new}
    assert in_scope(user, old)
    assert not in_scope(user, elsewhere)


def test_scope_of_city_role_is_the_whole_city():
    old = UnitFactory()
    new = UnitFactory(valid_from=JULY)
    succeed(old, new, on=JULY)
    assert set(scope_units(user_with(Role.CITY_STAFF, city()))) == set(Unit.objects.all())


def test_scope_of_other_role_than_asked_is_empty():
    user = user_with(Role.OFFICIAL, UnitFactory())
    assert not scope_units(user, Role.REVIEWER).exists()
    assert not in_scope(user, user.units_of()[0], Role.REVIEWER)


def test_scope_after_the_position_ended_is_empty():
    position = PositionFactory(unit=UnitFactory(), valid_to=datetime.date(2021, 1, 1))
    assert not scope_units(position.user).exists()


def test_scope_of_position_at_a_dissolved_unit_is_empty():
    old = UnitFactory()
    user = user_with(Role.OFFICIAL, old)
    succeed(old, UnitFactory(valid_from=JULY), on=JULY)
    assert not scope_units(user).exists()


@pytest.mark.parametrize("make", [AnonymousUser, lambda: UserFactory(is_active=False)])
def test_scope_of_nobody_is_empty(make):
    user, unit = make(), UnitFactory()
    assert not scope_units(user).exists()
    assert not in_scope(user, unit)


def test_scope_of_several_positions_joins_them_in_one_query(django_assert_num_queries):
    user = user_with(Role.OFFICIAL, UnitFactory())
    PositionFactory(user=user, role=Role.REVIEWER, unit=UnitFactory())
    with django_assert_num_queries(2):
        assert scope_units(user).count() == 2


def test_own_units_leaves_out_those_below():
    district = UnitFactory(kind="rural_district")
    UnitFactory(parent=district)
    assert list(own_units(user_with(Role.REVIEWER, district))) == [district]


def test_units_for_permission_joins_only_units_where_it_is_held():
    audited, worked_at = UnitFactory(), UnitFactory()
    user = user_with(Role.AUDITOR, audited)
    PositionFactory(user=user, role=Role.OFFICIAL, unit=worked_at)
    assert list(user.units_for("audit.view_entries")) == [audited]
