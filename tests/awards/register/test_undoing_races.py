"""Somebody works on what a register brought while it is taken out again: real threads on real connections."""

import threading
import time

import pytest
from django.db import connection, transaction

from awards.models import Decision
from awards.register.loading import load
from awards.register.undoing import undo
from dialogues.models import Dialogue
from mobilization.core.errors import Conflict
from models_registry.models import Registration
from tests import kept_rows
from tests.awards.register.rows import AWARD, DIALOGUE, MODEL

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hanoi(transactional_db):
    kept_rows.put_in_hanoi()


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction the view shows what it showed first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("model", "work"),
    [(Registration, {"version": 2}), (Dialogue, {"version": 3}), (Decision, {"state": "revoked"})],
)
def test_undo_meets_somebody_at_work(actor, workbook, model, work):
    batch = load(workbook(models=[MODEL], dialogues=[DIALOGUE], awards=[AWARD]), actor=actor).batch
    answers = []

    def undo_meanwhile():
        try:
            answers.append(undo(batch, actor=actor))
        except Conflict as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    thread = threading.Thread(target=undo_meanwhile)
    with transaction.atomic():
        model.objects.update(**work)
        thread.start()
        give_up = time.monotonic() + 30
        while not somebody_waits_for_a_lock() and time.monotonic() < give_up:
            time.sleep(0.02)
    thread.join(60)

    assert answers == ["touched"]
    assert model.objects.exists()
