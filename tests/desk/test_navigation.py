"""Which rooms stand in whose side navigation."""

import pytest

from mobilization.accounts.states import Role
from mobilization.desk.navigation import ROOMS, navigation
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def rooms_of(user, path: str = "/desk/") -> set[str]:
    return {entry.url for entry in navigation(user, path)}


def test_without_a_position_there_are_no_rooms():
    assert navigation(UserFactory(), "/desk/") == ()


@pytest.mark.parametrize("role", Role.values)
def test_every_room_shown_can_be_entered(client, role):
    user = user_with(role, UnitFactory() if role in Role.LOCAL else city())
    client.force_login(user)
    rooms = rooms_of(user) | rooms_of(user, "/desk/awards/")
    answers = {url: client.get(url).status_code for url in rooms}
    assert set(answers.values()) == {200}, answers


def test_official_sees_no_review_and_no_accounts():
    rooms = rooms_of(user_with(Role.OFFICIAL, UnitFactory()))
    assert "/desk/registrations/" in rooms
    assert not {"/desk/registrations/review/", "/desk/accounts/"} & rooms


def test_every_room_is_somebodys():
    users = [user_with(role, UnitFactory() if role in Role.LOCAL else city()) for role in Role.values]
    assert all(any(user.has_perm(room.perm) for user in users) for room in ROOMS)


def test_current_room_is_the_innermost():
    user = user_with(Role.REVIEWER, UnitFactory())
    current = [entry for entry in navigation(user, "/desk/registrations/review/") if entry.current]
    assert [(entry.url, entry.here) for entry in current] == [("/desk/registrations/review/", True)]


def test_registers_of_awards_show_while_one_is_among_the_awards():
    user = user_with(Role.OFFICIAL, UnitFactory())
    inner = {entry.url for entry in navigation(user, "/desk/awards/nominations/") if entry.inner}
    assert inner == {
        f"/desk/awards/{name}/"
        for name in ("recipients", "certificates", "golden-books", "yearly", "catalogue")
    }
    assert not any(entry.inner for entry in navigation(user, "/desk/"))
    assert "/desk/awards/nominations/" in rooms_of(user)


def test_room_within_one_that_is_closed_stands_by_itself():
    (entry,) = [
        entry
        for entry in navigation(user_with(Role.ADMINISTRATOR, city()), "/desk/")
        if entry.url.startswith("/desk/awards/")
    ]
    assert (entry.url, entry.inner) == ("/desk/awards/catalogue/", False)


def test_navigation_asks_the_database_for_positions_only(django_assert_num_queries):
    user = user_with(Role.CITY_STAFF, city())
    with django_assert_num_queries(1):
        navigation(user, "/desk/")
