"""Sealing under load, and finding what was touched."""

import threading
from io import StringIO

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.audit.models import AuditEntry, AuditSeal
from mobilization.audit.seals import seal_finished_blocks, verify
from mobilization.audit.tasks import seal
from tests.accounts.factories import UserFactory
from tests.audit.factories import act


def tamper(statement: str, *parameters) -> None:
    """Change the log as its owner can: with the triggers off."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def in_thread(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def sealed(transactional_db):
    """Three blocks of three entries."""
    actor = UserFactory()
    for _block in range(3):
        for number in range(3):
            act(actor=actor, data={"note": f"Số {number}", "sum": 1.5})
        assert seal() == 1
    return list(AuditEntry.objects.order_by("id"))


def test_verify_whole_log_is_whole(sealed):
    act()
    result = verify()
    assert (result.seals, result.entries, result.unsealed, result.breaks) == (3, 9, 1, [])
    assert result.head == AuditSeal.objects.order_by("-block").first().hash


def test_verify_empty_log_is_whole(db):
    assert verify().breaks == []


@pytest.mark.parametrize(
    "change",
    [
        "data = jsonb_set(data, '{note}', '\"Số 1 \"')",
        "at = at + interval '1 microsecond'",
        "act = 'registration.decline'",
        "target_id = '0'",
        "request_id = 'x'",
    ],
)
def test_verify_one_changed_entry_is_named(sealed, change):
    tamper(f"UPDATE audit_auditentry SET {change} WHERE id = %s", sealed[4].pk)
    assert [str(sealed[4].pk) in sentence for sentence in verify().breaks] == [True]


def test_verify_flipped_byte_of_a_text_is_named(sealed):
    tamper(
        "UPDATE audit_auditentry SET act = overlay(act placing chr(ascii(right(act, 1)) # 1) "
        "from length(act)) WHERE id = %s",
        sealed[0].pk,
    )
    assert AuditEntry.objects.get(pk=sealed[0].pk).act == "registration.accepu"
    (sentence,) = verify().breaks
    assert str(sealed[0].pk) in sentence


def test_verify_removed_entry_is_missed(sealed):
    tamper("DELETE FROM audit_auditentry WHERE id = %s", sealed[5].pk)
    (sentence,) = verify().breaks
    assert str(sealed[3].pk) in sentence


def test_verify_entry_put_in_later_is_named(sealed):
    tamper("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_take_block")
    tamper(
        "INSERT INTO audit_auditentry (at, act, actor_id, target_model, target_id, data, request_id, block)"
        " SELECT at, 'a.b', actor_id, '', '', '{}', '', block FROM audit_auditentry WHERE id = %s",
        sealed[0].pk,
    )
    tamper("ALTER TABLE audit_auditentry ENABLE TRIGGER audit_take_block")
    stranger = AuditEntry.objects.get(act="a.b")
    (sentence,) = verify().breaks
    assert str(stranger.pk) in sentence


def test_verify_forged_seal_breaks_it_and_the_next(sealed):
    first, _second, _third = AuditSeal.objects.order_by("block")
    tamper("UPDATE audit_auditseal SET hash = repeat('0', 64) WHERE id = %s", first.pk)
    assert len(verify().breaks) == 2


def test_verify_removed_block_is_missed_by_the_next_seal(sealed):
    _first, second, third = AuditSeal.objects.order_by("block")
    tamper("DELETE FROM audit_auditentry WHERE block = %s", second.block)
    tamper("UPDATE audit_auditseal SET previous_id = NULL WHERE previous_id = %s", second.pk)
    tamper("DELETE FROM audit_auditseal WHERE id = %s", second.pk)
    missed = _("Before the seal of block %(block)s a seal is missing.") % {"block": third.block}
    assert missed in verify().breaks


def test_verify_known_hash_must_be_in_the_chain(sealed):
    head = verify().head
    assert verify(known_hash=head).breaks == []
    assert len(verify(known_hash="0" * 64).breaks) == 1


def test_verify_audit_command_says_where_it_breaks(sealed):
    output = StringIO()
    call_command("verify_audit", seal=True, stdout=output)
    assert "9 entries in 3 seals, 0 not yet sealed" in output.getvalue()
    tamper('UPDATE audit_auditentry SET actor_id = NULL, data = \'{"job": "x"}\' WHERE id = %s', sealed[8].pk)
    with pytest.raises(CommandError, match=str(sealed[8].pk)):
        call_command("verify_audit", stdout=output)


@pytest.mark.django_db(transaction=True)
def test_seal_waits_for_no_writer_and_forgets_none():
    """A long transaction holds its block open; acts go on meanwhile, and everything is sealed in the end."""
    actor = UserFactory()
    written, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            log.record("slow.act", actor=actor, target=None)
            written.set()
            assert go_on.wait(20)

    slow = in_thread(write_slowly)
    assert written.wait(20)
    log.record("quick.act", actor=actor, target=None)
    assert seal_finished_blocks() == 0
    # The writers went on in the next block, although the first cannot be sealed yet.
    later = log.record("later.act", actor=actor, target=None)
    assert AuditEntry.objects.get(pk=later.pk).block > AuditEntry.objects.get(act="quick.act").block
    go_on.set()
    slow.join()
    assert seal_finished_blocks() == 2
    assert (verify().breaks, verify().unsealed) == ([], 0)
    assert AuditSeal.objects.order_by("block").first().entries == 2


@pytest.mark.django_db(transaction=True)
def test_seal_while_many_write_at_once_keeps_every_entry():
    actor = UserFactory()

    def write() -> None:
        for number in range(25):
            with transaction.atomic():
                log.record("many.act", actor=actor, target=None, data={"number": number})

    writers = [in_thread(write) for _ in range(4)]
    sealers = [in_thread(lambda: [seal_finished_blocks() for _ in range(20)]) for _ in range(2)]
    for thread in writers + sealers:
        thread.join()
    seal_finished_blocks()
    result = verify()
    assert (result.entries, result.unsealed, result.breaks) == (100, 0, [])
    assert sum(AuditSeal.objects.values_list("entries", flat=True)) == 100
