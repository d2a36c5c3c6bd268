import datetime
import re

import pytest
from django.core import mail
from django.db import transaction

from mobilization.accounts import services
from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.accounts.tasks import send_invitation
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from mobilization.jobs.models import Job
from mobilization.units.models import Unit
from mobilization.units.plans import Closing, Life, Link, Plan
from tests.accounts.factories import PASSWORD, PositionFactory, UserFactory, user_with
from tests.units.factories import UnitFactory, city, key

pytestmark = pytest.mark.django_db
JULY = datetime.date(2025, 7, 1)
NEW_PASSWORD = "lúa-vàng-đồng-xanh"


@pytest.fixture
def administrator():
    return user_with(Role.ADMINISTRATOR, city())


@pytest.fixture
def invited(administrator):
    return services.invite(
        email="Mai@Example.vn",
        full_name="Lê Mai",
        role=Role.OFFICIAL,
        unit=UnitFactory(),
        actor=administrator,
    )


def mailed_link() -> str:
    send_invitation(Job.objects.latest("created_at"), None)
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def set_password(client, link, password=NEW_PASSWORD):
    """Follow the link as a browser does; return the answer to the new password."""
    form = client.get(link, follow=True)
    if "form" not in form.context or form.context.get("token_fail"):
        return None
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def test_invite_makes_an_account_that_waits_for_its_password(invited, administrator):
    assert (invited.email, invited.awaits_invitation) == ("mai@example.vn", True)
    assert invited.has_role(Role.OFFICIAL)
    acts = AuditEntry.objects.of(invited).order_by("id").values_list("act", "actor")
    assert list(acts) == [("account.invite", administrator.pk), ("position.grant", administrator.pk)]
    assert Job.objects.get().payload == {"user": invited.pk}


def test_invite_a_taken_address_is_refused_and_makes_nothing(invited, administrator):
    with pytest.raises(DomainError) as refused, transaction.atomic():
        services.invite(
            email="MAI@example.vn", full_name="X", role=Role.OFFICIAL, unit=UnitFactory(), actor=administrator
        )
    assert list(refused.value.fields) == ["email"]
    assert (User.objects.count(), Job.objects.count()) == (2, 1)


def test_invite_with_a_role_that_does_not_fit_makes_no_account(administrator):
    with pytest.raises(DomainError):
        services.invite(
            email="a@example.vn", full_name="A", role=Role.CITY_STAFF, unit=UnitFactory(), actor=administrator
        )
    assert list(User.objects.all()) == [administrator]


def test_invitation_link_sets_the_password_once(client, invited):
    link = mailed_link()
    assert set_password(client, link).status_code == 302
    invited.refresh_from_db()
    assert invited.check_password(NEW_PASSWORD)
    client.logout()
    assert set_password(client, link, "another-one-altogether") is None


def test_invitation_names_person_and_position_in_the_language_of_the_account(invited):
    mailed_link()
    sent = mail.outbox[-1]
    assert sent.to == ["mai@example.vn"]
    assert "Lê Mai" in sent.body
    assert invited.positions.get().unit.full_name in sent.body


def test_invitation_link_after_its_days_is_worthless(client, invited, settings, time_machine_at):
    link = mailed_link()
    time_machine_at(datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60))
    assert set_password(client, link) is None


def test_invite_again_makes_the_earlier_link_worthless(client, invited, administrator):
    first = mailed_link()
    services.invite_again(invited, actor=administrator)
    second = mailed_link()
    assert set_password(client, first) is None
    assert set_password(client, second).status_code == 302


def test_invite_again_after_the_password_is_set_is_refused(administrator):
    with pytest.raises(Conflict):
        services.invite_again(UserFactory(), actor=administrator)


def test_invitation_of_an_account_closed_meanwhile_is_not_sent(invited):
    User.objects.filter(pk=invited.pk).update(is_active=False)
    send_invitation(Job.objects.get(), None)
    assert mail.outbox == []


def reorganised(*old: Unit, code="N1", on=JULY) -> Plan:
    """Return the plan by which ``old`` go wholly into one new unit."""
    new = Life(code=code, kind="ward", full_name="Phường Mới", name="Mới", parent_code="01", valid_from=on)
    return Plan(
        lives=[new],
        closings=[Closing(key(unit), on) for unit in old],
        links=[Link(key(unit), new.key, on, relation="whole", is_main=True, basis="NQ 1") for unit in old],
    )


def test_apply_reorganisation_moves_positions_to_the_main_successor(administrator):
    old, neighbour = UnitFactory(), UnitFactory()
    until = datetime.date(2027, 1, 1)
    moving = PositionFactory(unit=old, role=Role.REVIEWER, valid_to=until)
    twice = PositionFactory(unit=old)
    PositionFactory(unit=neighbour, user=twice.user)
    over = PositionFactory(unit=old, valid_to=JULY)

    report = services.apply_reorganisation(reorganised(old, neighbour), actor=administrator)

    (new,) = report.opened
    moved = moving.user.positions.in_force(JULY).get()
    assert (moved.unit, moved.role, moved.valid_from, moved.valid_to) == (new, Role.REVIEWER, JULY, until)
    assert (moved.moved_from, moved.granted_by) == (moving, administrator)
    assert twice.user.positions.in_force(JULY).get().unit == new
    assert not over.user.positions.in_force(JULY).exists()
    assert len(report.positions.moved) == 2
    assert [(position.user, unit) for position, unit in report.positions.merged] == [(twice.user, new)]
    acts = AuditEntry.objects.of(moving.user).values_list("act", flat=True)
    assert list(acts) == ["position.end_by_reorganisation", "position.move"]


def test_apply_reorganisation_position_that_the_one_held_there_does_not_cover_is_listed(administrator):
    old, other = UnitFactory(), UnitFactory()
    lasting = PositionFactory(unit=old)
    successor = UnitFactory(valid_from=datetime.date(2021, 1, 1))
    ending = datetime.date(2026, 2, 1)
    PositionFactory(unit=successor, user=lasting.user, valid_from=JULY, valid_to=ending)
    one_after_another = PositionFactory(unit=other, valid_to=ending)
    PositionFactory(unit=other, user=one_after_another.user, valid_from=ending)
    plan = Plan(
        closings=[Closing(key(unit), JULY) for unit in (old, other)],
        links=[
            Link(key(unit), key(successor), JULY, relation="whole", is_main=True, basis="NQ 1")
            for unit in (old, other)
        ],
    )
    positions = services.apply_reorganisation(plan, actor=administrator).positions
    assert (positions.merged, positions.undecided) == ([], [lasting])
    held = one_after_another.user.positions.at([successor]).order_by("valid_from")
    assert list(held.values_list("valid_from", "valid_to")) == [(JULY, ending), (ending, None)]


def test_apply_reorganisation_of_a_district_without_successor_lists_its_positions(administrator):
    district = UnitFactory(kind="rural_district")
    position = PositionFactory(unit=district, role=Role.REVIEWER)
    report = services.apply_reorganisation(Plan(closings=[Closing(key(district), JULY)]), actor=administrator)
    assert report.positions.undecided == [position]
    assert not position.user.positions.in_force(JULY).exists()


def test_apply_reorganisation_dry_run_tells_all_and_changes_nothing(administrator):
    old = UnitFactory()
    position = PositionFactory(unit=old)
    entries = AuditEntry.objects.count()
    report = services.apply_reorganisation(reorganised(old), actor=administrator, dry_run=True)
    assert report.dry_run
    assert [moved.moved_from for moved in report.positions.moved] == [position]
    position.refresh_from_db()
    assert position.valid_to is None
    assert (Unit.objects.filter(code="N1").count(), AuditEntry.objects.count()) == (0, entries)


def test_move_positions_takes_as_many_statements_for_many_as_for_one(
    administrator, django_assert_num_queries
):
    for count in (1, 5):
        old, new = UnitFactory(), UnitFactory()
        for _ in range(count):
            PositionFactory(unit=old)
        with django_assert_num_queries(7):
            services.move_positions(old, new, JULY, administrator)
        assert Position.objects.at([new]).in_force(JULY).count() == count


def test_password_of_an_invited_person_is_not_known_to_anybody(client, invited):
    assert not client.login(email=invited.email, password=PASSWORD)
