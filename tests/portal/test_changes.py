"""The number that grows with what the public pages show."""

import re
import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.portal import changes
from models_registry.models import Attachment, Recognition, Registration
from models_registry.states import State
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import AwardFactory, DecisionFactory, issue_past
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import RecognitionFactory, RegistrationFactory
from tests.units.factories import UnitFactory, city

PUBLIC = sorted(State.PUBLIC)
HIDDEN = sorted(set(State.values) - State.PUBLIC)
OPERATIONS = {"insert", "update", "delete", "truncate"}


def number() -> int:
    return changes.stamp()[1]


def raised_by(change) -> bool:
    """Tell whether ``change`` raises the number, as if it stood in a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.changed', '', true)")
    before = number()
    change()
    return number() > before


@pytest.mark.django_db
@pytest.mark.parametrize("state", PUBLIC)
def test_number_grows_with_what_is_published(state):
    registrations = Registration.objects.filter(pk=RegistrationFactory(state=state).pk)
    assert raised_by(lambda: registrations.update(lessons="Kiên trì"))


@pytest.mark.django_db
@pytest.mark.parametrize("state", HIDDEN)
def test_number_stays_with_what_nobody_sees(state):
    registration = RegistrationFactory(state=state)
    registrations = Registration.objects.filter(pk=registration.pk)
    assert not raised_by(lambda: registrations.update(lessons="Kiên trì"))
    assert not raised_by(registration.model.save)
    assert not raised_by(lambda: Attachment.objects.filter(is_public=True).update(caption="x"))


@pytest.mark.django_db
def test_number_grows_when_something_is_no_longer_shown():
    opinion = OpinionFactory(
        dialogue=DialogueFactory(published=True), is_public=True, public_text="Thu gom rác mỗi ngày"
    )
    recognition = RecognitionFactory()
    assert raised_by(lambda: type(opinion).objects.filter(pk=opinion.pk).update(is_public=False))
    assert raised_by(lambda: Recognition.objects.filter(pk=recognition.pk)._raw_delete("default"))


@pytest.mark.django_db
def test_number_stays_with_statements_that_find_nothing():
    assert not raised_by(lambda: Registration.objects.filter(pk=-1).update(title="x"))


@pytest.mark.django_db(transaction=True)
def test_number_grows_once_a_transaction_and_not_at_all_when_it_is_rolled_back():
    before = number()
    with transaction.atomic():
        for _ in range(3):
            UnitFactory()
    assert number() == before + 1
    with transaction.atomic():
        UnitFactory()
        transaction.set_rollback(True)
    assert number() == before + 1
    with transaction.atomic():
        with transaction.atomic():
            UnitFactory()
            transaction.set_rollback(True)
        UnitFactory()
    assert number() == before + 2


@pytest.mark.django_db(transaction=True)
def test_number_makes_no_writer_wait_for_another():
    first, second = UnitFactory(), UnitFactory()
    before = number()

    def write_meanwhile() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        type(second).objects.filter(pk=second.pk).update(seat="Số 2")
        connection.close()

    with transaction.atomic():
        type(first).objects.filter(pk=first.pk).update(seat="Số 1")
        other = threading.Thread(target=write_meanwhile)
        other.start()
        other.join()
        second.refresh_from_db()
        assert second.seat == "Số 2"
        assert number() == before + 2
    assert number() == before + 2


@pytest.mark.django_db(transaction=True)
def test_number_is_raised_by_who_reads_one_snapshot_while_others_write():
    first, second = UnitFactory(), UnitFactory()

    def write_meanwhile() -> None:
        for seat in ("Số 2", "Số 3"):
            type(second).objects.filter(pk=second.pk).update(seat=seat)
        connection.close()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        before = number()
        other = threading.Thread(target=write_meanwhile)
        other.start()
        other.join()
        type(first).objects.filter(pk=first.pk).update(seat="Số 1")
    assert number() == before + 3


@pytest.mark.django_db(transaction=True)
def test_number_keeps_few_slots_and_loses_nothing():
    unit = UnitFactory()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO portal_change (number) SELECT 1 FROM generate_series(1, 100)")
        before = number()
        type(unit).objects.filter(pk=unit.pk).update(seat="Số 1")
        cursor.execute("SELECT count(*) FROM portal_change")
        assert cursor.fetchone()[0] <= 64 + 1
    assert number() == before + 1


@pytest.mark.django_db
def test_every_table_of_the_public_pages_is_watched(client):
    registration = RegistrationFactory(recognised=True)
    decision = DecisionFactory()
    AwardFactory(decision=decision, registration=registration)
    issue_past(decision, actor=user_with("city_leader", city()))
    opinion = OpinionFactory(
        dialogue=DialogueFactory(published=True), is_public=True, public_text="Thu gom rác mỗi ngày"
    )
    pages = [
        *(reverse(f"portal:{name}") for name in ("home", "model_list", "model_counts", "dialogue_list")),
        *(
            reverse(f"portal:{name}")
            for name in ("award_list", "statistics", "unit_list", "open_data", "sitemap")
        ),
        reverse("portal:model_detail", args=[registration.model.code]),
        reverse("portal:dialogue_detail", args=[opinion.dialogue_id]),
        reverse("portal:decision_detail", args=[decision.pk]),
        reverse("portal:unit_detail", args=[registration.unit_id]),
        f"{reverse('portal:model_list')}?q=dat&unit={registration.unit_id}&recognised=1&order=oldest",
    ]
    with CaptureQueriesContext(connection) as queries:
        for page in pages:
            assert client.get(page).status_code == 200, page
    read = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    # The history is written with the table it follows.
    read = {table.removesuffix("event") for table in read}
    watched = dict.fromkeys(read, frozenset())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'portal_public_%%'"
        )
        for table, trigger in cursor.fetchall():
            watched[table] = watched.get(table, frozenset()) | {trigger.removeprefix("portal_public_")}
    assert read
    assert {table: OPERATIONS - watched[table] for table in read if OPERATIONS - watched[table]} == {}


@pytest.mark.django_db
def test_kept_in_a_transaction_keeps_nothing():
    numbers = iter((1, 2))
    assert [changes.kept(("a",), lambda: next(numbers)) for _ in range(2)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_kept_until_public_data_changes():
    numbers = iter((1, 2))

    def value() -> int:
        return changes.kept(("test",), lambda: next(numbers))

    assert [value(), value()] == [1, 1]
    UserFactory()
    assert value() == 1
    UnitFactory()
    assert value() == 2
