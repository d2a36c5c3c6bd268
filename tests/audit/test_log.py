import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from mobilization.audit import log
from mobilization.audit.log import Record
from mobilization.audit.models import AuditEntry, AuditSeal
from mobilization.audit.seals import seal_finished_blocks
from mobilization.core.context import request_context
from tests.accounts.factories import UserFactory
from tests.audit.factories import act
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_record_keeps_what_it_was_told(django_assert_num_queries):
    actor, unit = UserFactory(), UnitFactory()
    at = datetime.datetime(2026, 2, 26, 8, 30, tzinfo=datetime.UTC)
    with request_context("abc-12345678"), django_assert_num_queries(1):
        entry = log.record(
            "registration.accept",
            actor=actor,
            target=unit,
            unit=unit,
            data={"round": 2, "on": at.date()},
            at=at,
        )
    entry = AuditEntry.objects.get(pk=entry.pk)
    assert (entry.act, entry.actor, entry.unit, entry.at) == ("registration.accept", actor, unit, at)
    assert (entry.target_model, entry.target_id) == ("units.unit", str(unit.pk))
    assert entry.data == {"round": 2, "on": "2026-02-26"}
    assert entry.request_id == "abc-12345678"
    assert entry.block > 0


def test_record_without_actor_needs_a_job():
    with pytest.raises(ValueError, match="job"):
        log.record("year.rebuild", actor=None, target=None)
    assert log.record("year.rebuild", actor=None, target=None, data={"job": "nightly"}).actor is None


@pytest.mark.parametrize(
    "code", ["accept", "Registration.accept", "registration.", "registration accept", ""]
)
def test_record_act_that_is_no_code_is_refused(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(code)


def test_record_many_is_one_statement_for_a_thousand(django_assert_num_queries):
    actor = UserFactory()
    records = [Record("unit.open", actor, actor) for _ in range(999)]
    with django_assert_num_queries(1):
        assert log.record_many(records) == 999
    assert log.record_many([]) == 0
    assert log.record_many(records + records) == 1998


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditseal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_log_only_grows_whatever_the_sql(table, statement):
    act()
    seal_finished_blocks()
    with connection.cursor() as cursor:
        # What is pending would keep TRUNCATE from being tried at all.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="rows are only ever added"), transaction.atomic():
            cursor.execute(statement.format(table))
    assert (AuditEntry.objects.count(), AuditSeal.objects.count()) == (1, 1)


def test_log_entry_cannot_choose_its_block():
    entry = act()
    other = AuditEntry.objects.create(act="a.b", actor=entry.actor, block=entry.block + 100)
    assert AuditEntry.objects.get(pk=other.pk).block == entry.block


def test_log_rolled_back_with_its_act():
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
