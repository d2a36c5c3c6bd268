"""Seals finished blocks of the log, each with the seal before it, and proves them.

Who changes an entry behind the portal's back must also change its seal and every later one; whoever noted one later
hash elsewhere sees it. ``verify`` names what was touched.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils.translation import gettext as _

from mobilization.audit.constraints import BLOCK_LOCK
from mobilization.audit.models import AuditEntry, AuditSeal

# Block numbers begin at 1; this one stands for "I am sealing".
SEALER = 0
DIGEST_BYTES = 8
CHUNK = 2_000
_FIELDS = (
    "id", "at", "act", "actor_id", "unit_id", "target_model", "target_id", "data", "request_id", "block",
)  # fmt: skip


def seal_finished_blocks() -> int:
    """Seal every block whose writers are done, in order, and return how many there were.

    Waits for nobody: a block in which a transaction still writes is left, with all after it, for the next time. Two
    sealers at once do no harm; the second does nothing.
    """
    with transaction.atomic():
        if not _try_lock(SEALER):
            return 0
        last = AuditSeal.objects.order_by("-block").first()
        done = 0
        for block in range(last.block + 1 if last else 1, _begin_next_block()):
            if not _try_lock(block):
                break
            sealed = _seal(block, last)
            done += sealed is not None
            last = sealed or last
        return done


@dataclass
class Verification:
    """What was found: sealed and unsealed entries, the last hash, and every break in words."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    head: str = ""
    breaks: list[str] = field(default_factory=list)


def verify(known_hash: str = "") -> Verification:
    """Compute every hash again, in constant memory, and return what does not agree.

    ``known_hash`` is a last hash that was noted earlier: the chain must still run through it.
    """
    result = Verification()
    previous: AuditSeal | None = None
    if known_hash and not AuditSeal.objects.filter(hash=known_hash).exists():
        result.breaks.append(_("The hash noted earlier is no more in the chain."))
    for seal in AuditSeal.objects.order_by("block").iterator(chunk_size=100):
        if seal.previous_id != (previous.pk if previous else None):
            result.breaks.append(
                _("Before the seal of block %(block)s a seal is missing.") % {"block": seal.block}
            )
        result.breaks.extend(_breaks_of(seal, previous))
        result.seals += 1
        result.entries += seal.entries
        previous = seal
    sealed_blocks = AuditSeal.objects.values("block")
    loose = AuditEntry.objects.exclude(block__in=sealed_blocks)
    if previous:
        result.head = previous.hash
        for number in loose.filter(block__lte=previous.block).order_by("id").values_list("id", flat=True):
            result.breaks.append(
                _("Entry %(entry)s was put into a block that was never sealed.") % {"entry": number}
            )
    result.unsealed = loose.filter(block__gt=previous.block if previous else 0).count()
    return result


def _seal(block: int, previous: AuditSeal | None) -> AuditSeal | None:
    """Hash one block; None if it is empty (every writer rolled back)."""
    chain = _start(block, previous.hash if previous else "")
    ids, digests = [], bytearray()
    for number, digest in _digests(block):
        ids.append(number)
        digests += digest[:DIGEST_BYTES]
        chain.update(digest)
    if not ids:
        return None
    return AuditSeal.objects.create(
        block=block,
        previous=previous,
        entries=len(ids),
        first_id=ids[0],
        last_id=ids[-1],
        digests=bytes(digests),
        hash=chain.hexdigest(),
    )


def _breaks_of(seal: AuditSeal, previous: AuditSeal | None) -> Iterator[str]:
    chain = _start(seal.block, previous.hash if previous else "")
    kept = bytes(seal.digests)
    expected = {kept[at : at + DIGEST_BYTES] for at in range(0, len(kept), DIGEST_BYTES)}
    found, strangers = set(), []
    for number, digest in _digests(seal.block):
        chain.update(digest)
        found.add(digest[:DIGEST_BYTES])
        if digest[:DIGEST_BYTES] not in expected:
            strangers.append(number)
    if chain.hexdigest() == seal.hash:
        return
    words = {"block": seal.block, "first": seal.first_id, "last": seal.last_id}
    for number in strangers:
        yield _("Block %(block)s: entry %(entry)s is not as it was sealed.") % (words | {"entry": number})
    missing = len(expected - found) - len(strangers)
    if missing > 0:
        words["missing"] = missing
        yield _("Block %(block)s: %(missing)s entries between %(first)s and %(last)s are gone.") % words
    if not strangers and missing <= 0:
        yield _("Block %(block)s: its seal, or the seal before it, was changed.") % words


def _digests(block: int) -> Iterator[tuple[int, bytes]]:
    rows = AuditEntry.objects.filter(block=block).order_by("id").values_list(*_FIELDS)
    for row in rows.iterator(chunk_size=CHUNK):
        text = json.dumps(row, cls=_Exact, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield row[0], hashlib.sha256(text.encode()).digest()


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts times to milliseconds; here every digit counts."""

    def default(self, o: object) -> str:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _start(block: int, previous_hash: str) -> "hashlib._Hash":
    return hashlib.sha256(f"{block}:{previous_hash}:".encode())


def _begin_next_block() -> int:
    """Let writers go on in a new block if there is anything in this one; return the number they write to."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT CASE WHEN EXISTS (SELECT FROM audit_auditentry WHERE block = last_value)
            THEN nextval('audit_block') ELSE last_value END FROM audit_block
            """
        )
        return cursor.fetchone()[0]


def _try_lock(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [BLOCK_LOCK, number])
        return cursor.fetchone()[0]
