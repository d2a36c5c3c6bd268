import datetime

import pytest
from django.utils import timezone

from awards.models import Nomination, Recipient
from awards.nominating import proposing
from awards.states import NominationState
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import UserFactory
from tests.awards.factories import NominationFactory, RecipientFactory, form_on, submitted
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city, close, succeed

pytestmark = pytest.mark.django_db


def unsaved(recipient=None, **fields):
    recipient = recipient or RecipientFactory()
    facts = {
        "recipient_name": recipient.name,
        "unit": recipient.unit,
        "achievement": "Hiến đất làm đường",
        "form": form_on("city", timezone.localdate()),
    }
    return Nomination(recipient=recipient, **facts | fields)


def test_propose_finds_who_grants_and_writes_step_and_entry(staff):
    row = proposing.propose(unsaved(), actor=staff)

    assert (row.granting_unit, row.state, row.typed_by) == (city(), "proposed", staff)
    assert [step.act for step in row.steps.all()] == ["propose"]
    assert AuditEntry.objects.get(act="nomination.propose").actor == staff


def test_propose_a_commune_form_is_granted_by_the_commune_itself(staff, commune):
    row = unsaved(RecipientFactory(unit=commune), form=form_on("commune", timezone.localdate()))

    assert proposing.propose(row, actor=staff).granting_unit == commune


def test_propose_a_form_that_nobody_above_grants_refused_at_its_field(staff, commune):
    row = unsaved(RecipientFactory(unit=commune), form=form_on("committee", timezone.localdate()))

    with pytest.raises(DomainError) as refusal:
        proposing.propose(row, actor=staff)

    assert set(refusal.value.fields) == {"form"}
    assert not Nomination.objects.exists()


def test_propose_a_form_not_in_force_on_the_day_refused(staff):
    old = form_on("district", datetime.date(2025, 6, 30))

    with pytest.raises(DomainError) as refusal:
        proposing.propose(unsaved(form=old), actor=staff)

    assert set(refusal.value.fields) == {"form"}


def test_propose_for_a_unit_that_ended_refused(staff, commune):
    recipient = RecipientFactory(unit=commune)
    close(commune, timezone.localdate())

    with pytest.raises(DomainError) as refusal:
        proposing.propose(unsaved(recipient), actor=staff)

    assert set(refusal.value.fields) == {"unit"}


def test_change_to_the_unit_that_answers_for_one_that_ended(staff, commune):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    row = NominationFactory(recipient=RecipientFactory(unit=commune), proposed_on=yesterday)
    heir = UnitFactory()
    succeed(commune, heir, on=timezone.localdate())

    with pytest.raises(DomainError) as refusal:
        proposing.change(row, {"achievement": "Khác"}, actor=staff, seen_version=1)
    assert set(refusal.value.fields) == {"unit"}
    assert proposing.change(row, {"unit": heir}, actor=staff, seen_version=1).unit == heir


def test_propose_in_the_future_refused(staff):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    with pytest.raises(DomainError) as refusal:
        proposing.propose(unsaved(proposed_on=tomorrow), actor=staff)

    assert set(refusal.value.fields) == {"proposed_on"}


def test_propose_records_a_recipient_that_is_new(staff, commune):
    new = Recipient(kind="household", name="Hộ  ông Lê Văn Tám", unit=commune)
    row = Nomination(
        recipient_name="Hộ ông Lê Văn Tám",
        unit=commune,
        form=form_on("city", timezone.localdate()),
        achievement="Hiến đất",
    )

    proposing.propose(row, actor=staff, recipient=new)

    assert Recipient.objects.get().name == "Hộ ông Lê Văn Tám"


def test_propose_twice_for_one_registration_refused_until_it_is_withdrawn(staff):
    registration = RegistrationFactory(recognised=True)
    recipient = RecipientFactory(unit=registration.unit)
    first = proposing.propose(unsaved(recipient, registration=registration), actor=staff)

    with pytest.raises(DomainError) as refusal:
        proposing.propose(unsaved(recipient, registration=registration), actor=staff)
    assert refusal.value.code == "twice"

    proposing.withdraw(first, actor=staff, reason="Nhầm")
    assert proposing.propose(unsaved(recipient, registration=registration), actor=staff).pk


def test_change_counts_the_version_and_finds_the_body_again(staff):
    row = NominationFactory()
    commune_form = form_on("commune", timezone.localdate())

    proposing.change(row, {"form": commune_form, "achievement": "Khác"}, actor=staff, seen_version=1)

    row.refresh_from_db()
    assert (row.version, row.granting_unit, row.achievement) == (2, row.unit, "Khác")


def test_change_seen_version_stale_refused(staff):
    row = NominationFactory(version=3)

    with pytest.raises(Conflict) as refusal:
        proposing.change(row, {"achievement": "Khác"}, actor=staff, seen_version=2)

    assert refusal.value.code == "stale"


def test_change_what_was_submitted_reads_who_was_first(staff):
    (row,) = submitted()

    with pytest.raises(Conflict, match=row.submitted_by.full_name):
        proposing.change(row, {"achievement": "Khác"}, actor=staff, seen_version=row.version)


def test_change_refused_leaves_everything_as_it_was(staff):
    row = NominationFactory()

    with pytest.raises(DomainError):
        proposing.change(
            row, {"form": form_on("committee", timezone.localdate())}, actor=staff, seen_version=1
        )

    row.refresh_from_db()
    assert (row.version, row.form.tier) == (1, "city")


def test_submit_many_tells_what_is_not_there(staff):
    row = NominationFactory()

    outcome = proposing.submit_many([(row.pk, 1), (row.pk + 1000, 1)], actor=staff)

    assert [done.pk for done in outcome.done] == [row.pk]
    assert [pk for pk, _refusal in outcome.skipped] == [row.pk + 1000]


def test_withdraw_needs_a_reason(staff):
    with pytest.raises(DomainError):
        proposing.withdraw(NominationFactory(), actor=staff, reason=" ")

    assert Nomination.objects.get().state == NominationState.PROPOSED


def test_from_registrations_recipients_are_found_or_recorded(staff, commune):
    known = RecipientFactory(unit=commune, name="Hội Nông dân xã")
    one = RegistrationFactory(recognised=True, unit=commune, registrant="HỘI  NÔNG DÂN XÃ")
    two = RegistrationFactory(recognised=True, unit=commune, registrant="Nguyễn Văn A", subject="individual")
    form = form_on("city", timezone.localdate())

    outcome = proposing.propose_from_registrations([one, two], form, actor=staff)

    assert len(outcome.done) == 2
    first, second = Nomination.objects.order_by("pk")
    assert (first.recipient, first.achievement, first.registration) == (known, one.title, one)
    assert (second.recipient.kind, second.recipient.name) == ("individual", "Nguyễn Văn A")


def test_from_registrations_of_a_unit_that_ended_its_successor_stands_for_it(staff, commune):
    registration = RegistrationFactory(recognised=True, unit=commune)
    heir = UnitFactory()
    succeed(commune, heir, on=timezone.localdate())
    registration.refresh_from_db()

    proposing.propose_from_registrations([registration], form_on("city", timezone.localdate()), actor=staff)

    assert Nomination.objects.get().unit == heir


def test_from_registrations_twice_makes_none_twice_and_tells_of_others(staff):
    registration = RegistrationFactory(recognised=True)
    form = form_on("city", timezone.localdate())
    proposing.propose_from_registrations([registration], form, actor=staff)

    again = proposing.propose_from_registrations([registration], form, actor=staff)
    other = proposing.propose_from_registrations([registration], form, actor=UserFactory())

    assert Nomination.objects.count() == 1
    assert (again.done, again.skipped) == ([], [])
    assert other.skipped[0][1].code == "twice"


def test_from_registrations_statements_do_not_grow(staff, django_assert_max_num_queries):
    form, counts = form_on("city", timezone.localdate()), []
    for number in (1, 9):
        rows = [RegistrationFactory(recognised=True) for _row in range(number)]
        for row in rows:
            row.unit.heir  # noqa: B018 -- read before, as views do
        with django_assert_max_num_queries(30) as captured:
            proposing.propose_from_registrations(rows, form, actor=staff)
        counts.append(len(captured))

    assert counts[0] == counts[1]
