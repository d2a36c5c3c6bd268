import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from mobilization.accounts import transitions
from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from tests.accounts.factories import PositionFactory, UserFactory, user_with
from tests.units.factories import UnitFactory, city, close

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def administrator():
    return user_with(Role.ADMINISTRATOR, city())


def acts_on(user):
    return list(AuditEntry.objects.of(user).values_list("act", "actor"))


def test_grant_position_gives_access_at_once_and_is_recorded(administrator):
    user, unit = UserFactory(), UnitFactory()
    assert not user.has_role(Role.OFFICIAL)
    position = transitions.grant_position(user, role=Role.OFFICIAL, unit=unit, actor=administrator)
    assert user.has_role(Role.OFFICIAL)
    assert (position.valid_from, position.valid_to) == (timezone.localdate(), None)
    assert position.granted_by == administrator
    assert acts_on(user) == [("position.grant", administrator.pk)]


@pytest.mark.parametrize("role", [Role.CITY_STAFF, Role.CITY_LEADER, Role.ADMINISTRATOR])
def test_grant_city_role_at_a_commune_is_refused(administrator, role):
    with pytest.raises(DomainError) as refused:
        transitions.grant_position(UserFactory(), role=role, unit=UnitFactory(), actor=administrator)
    assert list(refused.value.fields) == ["unit"]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(0, None, "unit"), (-20, None, "valid_to"), (-20, -5, "valid_to"), (-9000, -20, "valid_from")],
)
def test_grant_position_outside_the_life_of_the_unit_is_refused(administrator, start, end, field):
    today = timezone.localdate()
    unit = UnitFactory(valid_from=today - 100 * DAY)
    close(unit, today - 10 * DAY)
    with pytest.raises(DomainError) as refused:
        transitions.grant_position(
            UserFactory(),
            role=Role.OFFICIAL,
            unit=unit,
            valid_from=today + start * DAY,
            valid_to=today + end * DAY if end else None,
            actor=administrator,
        )
    assert list(refused.value.fields) == [field]


def test_grant_position_held_already_is_refused_with_a_sentence(administrator):
    held = PositionFactory(unit=UnitFactory())
    with pytest.raises(DomainError):
        transitions.grant_position(held.user, role=held.role, unit=held.unit, actor=administrator)


def test_grant_position_to_oneself_is_not_allowed(administrator):
    with pytest.raises(NotAllowed):
        transitions.grant_position(administrator, role=Role.CITY_LEADER, unit=city(), actor=administrator)


def test_end_position_today_takes_access_at_once(administrator):
    position = PositionFactory(unit=UnitFactory())
    ended = transitions.end_position(position, actor=administrator)
    assert (ended.valid_to, ended.ended_by) == (timezone.localdate(), administrator)
    assert User.objects.get(pk=position.user_id).positions_in_force() == []
    assert acts_on(position.user) == [("position.end", administrator.pk)]


def test_end_position_that_begins_later_makes_it_never_begin(administrator):
    tomorrow = timezone.localdate() + DAY
    position = PositionFactory(unit=UnitFactory(), valid_from=tomorrow)
    ended = transitions.end_position(position, actor=administrator)
    assert (ended.valid_from, ended.valid_to, ended.state) == (tomorrow, tomorrow, "ended")


def test_end_position_twice_is_refused(administrator):
    position = PositionFactory(unit=UnitFactory())
    transitions.end_position(position, actor=administrator)
    with pytest.raises(Conflict):
        transitions.end_position(position, actor=administrator)


def test_end_own_position_is_not_allowed(administrator):
    with pytest.raises(NotAllowed):
        transitions.end_position(administrator.positions.get(), actor=administrator)


def test_change_account_records_what_was_changed_but_not_the_data(administrator):
    user = UserFactory(email="old@example.vn")
    transitions.change_account(
        user, full_name="Trần  Ân", email="New@Example.vn", language="vi", actor=administrator
    )
    user.refresh_from_db()
    assert (user.full_name, user.email) == ("Trần Ân", "new@example.vn")
    assert AuditEntry.objects.of(user).get().data == {"changed": ["full_name", "email"]}


def test_change_account_to_a_taken_address_is_refused_at_its_field(administrator):
    UserFactory(email="taken@example.vn")
    user = UserFactory()
    with pytest.raises(DomainError) as refused:
        transitions.change_account(
            user, full_name=user.full_name, email="Taken@example.vn", language="vi", actor=administrator
        )
    assert list(refused.value.fields) == ["email"]


def test_deactivate_and_reactivate_leave_positions_as_they_are(administrator):
    user = user_with(Role.OFFICIAL, UnitFactory())
    assert not transitions.deactivate(user, actor=administrator).is_active
    with pytest.raises(Conflict):
        transitions.deactivate(user, actor=administrator)
    assert transitions.reactivate(user, actor=administrator).has_role(Role.OFFICIAL)
    with pytest.raises(Conflict):
        transitions.reactivate(user, actor=administrator)


def test_deactivate_oneself_is_not_allowed(administrator):
    with pytest.raises(NotAllowed):
        transitions.deactivate(administrator, actor=administrator)


def test_reset_second_factor_removes_all_of_them(administrator):
    user = UserFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert transitions.reset_second_factor(user, actor=administrator) == 1
    assert not transitions.has_second_factor(user)
    with pytest.raises(Conflict):
        transitions.reset_second_factor(user, actor=administrator)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_grant_the_same_position_at_once_one_is_refused():
    user, unit = UserFactory(), UnitFactory()
    administrators = [user_with(Role.ADMINISTRATOR, city()) for _ in range(2)]
    together = Barrier(2)

    def grant(actor):
        together.wait()
        try:
            transitions.grant_position(user, role=Role.OFFICIAL, unit=unit, actor=actor)
        except DomainError:
            return "refused"
        finally:
            connection.close()
        return "granted"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(grant, administrators))
    assert outcomes == ["granted", "refused"]
    assert Position.objects.filter(user=user).count() == 1
