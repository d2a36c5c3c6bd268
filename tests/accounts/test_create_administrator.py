import pytest
from django.core.management import CommandError, call_command

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from tests.accounts.factories import UserFactory
from tests.accounts.test_services import set_password
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def printed_link(capsys) -> str:
    return "/" + capsys.readouterr().out.split()[-1].split("/", 3)[3]


def test_create_administrator_prints_a_link_that_opens_the_portal(client, capsys):
    city()
    call_command("create_administrator", "Quan@Example.vn", "Đỗ", "Quân")
    user = User.objects.get()
    assert (user.email, user.full_name) == ("quan@example.vn", "Đỗ Quân")
    assert user.has_role(Role.ADMINISTRATOR)
    assert set_password(client, printed_link(capsys)).status_code == 302
    assert client.get("/desk/accounts/").status_code == 200


def test_create_administrator_for_an_account_that_exists_gives_it_the_position_once(capsys):
    city()
    user = UserFactory(email="quan@example.vn")
    for _ in range(2):
        call_command("create_administrator", "quan@example.vn", "Quân")
    assert user.positions.count() == 1


@pytest.mark.parametrize("email", ["nobody", "a b@example.vn"])
def test_create_administrator_with_a_bad_address_is_refused(email):
    city()
    with pytest.raises(CommandError):
        call_command("create_administrator", email, "Quân")
    assert not User.objects.exists()


def test_create_administrator_before_units_are_loaded_says_so():
    with pytest.raises(CommandError, match="load_units"):
        call_command("create_administrator", "quan@example.vn", "Quân")
