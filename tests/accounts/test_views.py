import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.jobs.models import Job
from tests.accounts.factories import PASSWORD, PositionFactory, UserFactory, prove, user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return user_with(Role.ADMINISTRATOR, city(), full_name="Đỗ Quản Trị")


@pytest.fixture
def signed_in(client, administrator):
    """An administrator who has just typed the password again."""
    client.force_login(administrator)
    prove(client, administrator)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(
    signed_in, administrator, django_assert_num_queries, count
):
    for _ in range(count):
        user_with(Role.OFFICIAL, UnitFactory())
    signed_in.get(reverse("accounts:profile"))  # what every page keeps in the cache is in it now
    with django_assert_num_queries(5):
        response = signed_in.get(reverse("accounts:list"))
    assert len(response.context["object_list"]) == count + 1


def test_list_filters_by_words_role_unit_and_state(signed_in):
    ward, other = UnitFactory(), UnitFactory()
    official = user_with(Role.OFFICIAL, ward, full_name="Bùi Thị Đào")
    reviewer = user_with(Role.REVIEWER, other)
    without = UserFactory(full_name="Lê Đạo")

    def found(**query):
        return set(signed_in.get(reverse("accounts:list"), query).context["object_list"])

    assert found(q="dao") == {official, without}
    assert found(role="official") == {official}
    assert found(unit=other.code) == {reviewer}
    assert found(role="official", unit=other.code) == set()
    assert found(state="without") == {without}
    assert found(q="dao", state="in_force") == {official}


@pytest.mark.parametrize(
    "query", [{"unit": "x"}, {"role": "king"}, {"q": "\x00"}, {"cursor": "***"}, {"state": "?"}]
)
def test_list_with_nonsense_in_the_address_answers(signed_in, query):
    assert signed_in.get(reverse("accounts:list"), query).status_code == 200


def test_export_has_all_filtered_rows_and_is_recorded(signed_in, administrator):
    user_with(Role.OFFICIAL, UnitFactory(full_name="Xã Sóc Sơn"), full_name="=1+1", email="a@example.vn")
    response = signed_in.get(reverse("accounts:list"), {"role": "official", "export": "csv"})
    rows = b"".join(response.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("'=1+1,a@example.vn,")
    entry = AuditEntry.objects.get(act="account.export")
    assert (entry.actor, entry.data) == (administrator, {"filters": ["role"], "format": "csv"})


def test_local_auditor_sees_only_people_of_the_own_scope(client):
    ward, other = UnitFactory(), UnitFactory()
    auditor, official, stranger = (
        user_with(Role.AUDITOR, ward),
        user_with(Role.OFFICIAL, ward),
        user_with(Role.OFFICIAL, other),
    )
    client.force_login(auditor)
    assert set(client.get(reverse("accounts:list")).context["object_list"]) == {auditor, official}
    assert client.get(official.get_absolute_url()).status_code == 200
    assert client.get(stranger.get_absolute_url()).status_code == 404


INVITATION = {
    "email": "Mai@Example.vn",
    "full_name": "Lê  Mai",
    "language": "vi",
    "role": "official",
    "valid_from": "01/03/2026",
    "valid_to": "",
}


def test_invite_makes_account_and_job(signed_in):
    response = signed_in.post(reverse("accounts:invite"), INVITATION | {"unit": UnitFactory().code})
    user = User.objects.get(email="mai@example.vn")
    assert response["Location"] == user.get_absolute_url()
    assert user.positions.get().valid_from == datetime.date(2026, 3, 1)
    assert Job.objects.filter(kind="accounts.send_invitation").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "TAKEN@example.vn"}, "email"),
        ({"full_name": "a\x00b"}, "full_name"),
        ({"role": "city_staff"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"valid_from": "31/02/2026"}, "valid_from"),
        ({"valid_to": "01/01/2026"}, "valid_to"),
        ({"language": "xx"}, "language"),
    ],
)
def test_invite_with_something_wrong_says_so_at_its_field_and_keeps_the_rest(signed_in, change, field):
    UserFactory(email="taken@example.vn")
    people = User.objects.count()
    response = signed_in.post(reverse("accounts:invite"), INVITATION | {"unit": UnitFactory().code} | change)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert User.objects.count() == people


def test_dangerous_act_asks_for_the_password_and_then_goes_on(client, administrator):
    user = UserFactory()
    client.force_login(administrator)
    asked = client.post(reverse("accounts:deactivate", args=[user.pk]))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    user.refresh_from_db()
    assert user.is_active
    wrong = client.post(asked["Location"], {"password": "wrong"})
    assert wrong.status_code == 200
    next_page = asked["Location"].partition("next=")[2]
    client.post(
        reverse("account_reauthenticate"),
        {"password": PASSWORD, "next": reverse("accounts:deactivate", args=[user.pk])},
    )
    assert next_page
    user.refresh_from_db()
    assert not user.is_active


@pytest.mark.parametrize("act", ["invite_again", "deactivate", "reactivate", "reset_second_factor"])
def test_dangerous_act_of_others_asks_nobody_for_a_password(client, act):
    client.force_login(user_with(Role.CITY_STAFF, city()))
    assert client.post(reverse(f"accounts:{act}", args=[UserFactory().pk])).status_code == 404


def test_refused_act_becomes_a_message(signed_in):
    user = UserFactory(is_active=False)
    response = signed_in.post(reverse("accounts:deactivate", args=[user.pk]), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_grant_and_end_a_position_by_the_pages(signed_in):
    user, unit = UserFactory(), UnitFactory()
    signed_in.post(
        reverse("accounts:grant", args=[user.pk]),
        {"role": "reviewer", "unit": unit.code, "valid_from": "01/01/2026", "valid_to": ""},
    )
    position = user.positions.get()
    assert (position.role, position.unit) == ("reviewer", unit)
    today = timezone.localdate()
    signed_in.post(reverse("accounts:end_position", args=[position.pk]), {"on": f"{today:%d/%m/%Y}"})
    position.refresh_from_db()
    assert position.valid_to == today


def test_end_position_in_the_past_is_refused(signed_in):
    position = PositionFactory(unit=UnitFactory())
    response = signed_in.post(reverse("accounts:end_position", args=[position.pk]), {"on": "01/01/2021"})
    assert list(response.context["form"].errors) == ["on"]


def test_administrator_cannot_act_on_the_own_account(signed_in, administrator):
    own = administrator.positions.get()
    for name, pk in (("deactivate", administrator.pk), ("grant", administrator.pk), ("end_position", own.pk)):
        assert signed_in.post(reverse(f"accounts:{name}", args=[pk])).status_code == 404


def test_profile_saves_name_and_language_and_the_portal_speaks_it(client):
    user = user_with(Role.OFFICIAL, UnitFactory())
    client.force_login(user)
    response = client.post(reverse("accounts:profile"), {"full_name": "Lê Ân", "language": "en"}, follow=True)
    user.refresh_from_db()
    assert (user.full_name, user.language) == ("Lê Ân", "en")
    assert response.headers["Content-Language"] == "en"


@pytest.mark.parametrize("page", ["profile", "edit"])
def test_page_of_an_account_shows_what_is_stored(signed_in, administrator, page):
    url = (
        reverse("accounts:profile")
        if page == "profile"
        else reverse("accounts:edit", args=[administrator.pk])
    )
    assert 'value="Đỗ Quản Trị"' in signed_in.get(url).content.decode()


def test_profile_does_not_change_the_address(client):
    user = user_with(Role.OFFICIAL, UnitFactory(), email="mai@example.vn")
    client.force_login(user)
    client.post(reverse("accounts:profile"), {"full_name": "A", "language": "vi", "email": "x@example.vn"})
    user.refresh_from_db()
    assert user.email == "mai@example.vn"
    assert mail.outbox == []


def test_edit_changes_the_account(signed_in):
    user = UserFactory()
    signed_in.post(
        reverse("accounts:edit", args=[user.pk]),
        {"full_name": "Trần Bình", "email": "Binh@example.vn", "language": "en"},
    )
    user.refresh_from_db()
    assert (user.full_name, user.email, user.language) == ("Trần Bình", "binh@example.vn", "en")


def test_invite_again_by_the_page_starts_the_mail_anew(signed_in):
    user = User.objects.create_user("mai@example.vn", "Mai")
    signed_in.post(reverse("accounts:invite_again", args=[user.pk]))
    assert Job.objects.get(kind="accounts.send_invitation").payload == {"user": user.pk}


def test_page_of_an_account_notes_who_read_it_but_not_the_reader_himself(signed_in, administrator):
    other = user_with(Role.OFFICIAL, UnitFactory())
    for user in (other, administrator):
        page = signed_in.get(reverse("accounts:detail", args=[user.pk]))
        assert all(step["actor"] != administrator for step in page.context["steps"])
    read = AuditEntry.objects.get(act="account.read")
    assert (read.actor, read.target_id) == (administrator, str(other.pk))
