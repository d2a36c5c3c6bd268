"""From 300 recognised registrations to the issued decision, and issuing alone, beside the same rows inserted at once.

The other side writes what is left at the end, in its last state, with one insert a table: no checks, no warnings, no
log, no history of states but its rows. Both sides are rolled back.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.certificates import codes
from awards.models import (
    Award,
    AwardForm,
    Decision,
    Examination,
    ExaminationItem,
    Nomination,
    NominationStep,
    NumberBook,
    Recipient,
)
from awards.nominating.drawing import draw
from awards.nominating.judging import approve_many, examine
from awards.nominating.proposing import propose_from_registrations, submit_many
from awards.services import change_draft
from awards.states import NominationAct, NominationState, WarningCode
from awards.transitions import issue
from mobilization.accounts.models import User
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry.models import Registration
from tests.bench.runner import Row

MANY = 300
MOST_COST, MOST_COST_OF_ISSUING, MOST_STATEMENTS = 12, 3, 120
ROUNDS = 5
STEPS = (
    NominationAct.PROPOSE,
    NominationAct.SUBMIT,
    NominationAct.EXAMINE,
    NominationAct.APPROVE,
    NominationAct.DRAW,
)
WORDS = dict.fromkeys(WarningCode.values, "Đã xem xét, thống nhất đề nghị.")


@dataclass(frozen=True)
class People:
    """Who proposes, who judges, who issues; and the body that does."""

    staff: User
    judge: User
    leader: User
    city: Unit


def rows() -> Iterator[Row]:
    """The chain, its statements, and issuing alone."""
    people = People(*User.objects.order_by("pk")[:3], Unit.objects.get(kind=UnitKind.CITY))
    registrations = _registrations()
    form = AwardForm.objects.in_force(timezone.localdate()).get(code="merit-city")

    def chain() -> None:
        with _undone():
            _issue(_drafted(registrations, form, people), people)

    def inserted() -> None:
        with _undone():
            _insert(registrations, form, people)

    yield Row(
        f"awards, {MANY} registrations to the issued decision",
        chain,
        inserted,
        "the same rows, inserted at once",
        "cost",
        MOST_COST,
        rounds=ROUNDS,
    )
    yield Row(
        f"awards, {MANY} registrations to the decision, statements",
        chain,
        inserted,
        "the same rows, inserted at once",
        "count",
        MOST_STATEMENTS,
        rounds=1,
        measure=_statements,
        unit="",
    )
    with _undone():
        draft = _drafted(registrations, form, people)
        yield Row(
            f"awards, issuing a decision of {MANY}",
            lambda: _taken_back(lambda: _issue(draft, people)),
            lambda: _taken_back(lambda: _number(draft)),
            "its numbers, written at once",
            "cost",
            MOST_COST_OF_ISSUING,
            rounds=ROUNDS,
        )


def _registrations() -> list[Registration]:
    """Return recognised registrations, each with a registrant of its own name."""
    rows = list(
        Registration.objects.recognised().select_related("unit__heir").order_by("-year", "-pk")[:MANY]
    )
    for number, row in enumerate(rows):
        row.registrant = f"Chi hội Phụ nữ thôn {number}"
    return rows


def _drafted(registrations: list[Registration], form: AwardForm, people: People) -> Decision:
    """Go the whole way to the complete draft."""
    made = propose_from_registrations(registrations, form, actor=people.staff).done
    submit_many([(row.pk, row.version) for row in made], actor=people.staff)
    seen = {row.pk: row.version + 1 for row in made}
    examine(_minutes(people), dict.fromkeys(seen, (10, 0)), seen, actor=people.judge)
    seen = {pk: version + 1 for pk, version in seen.items()}
    approve_many(seen.items(), actor=people.judge, words=WORDS)
    (draft,) = draw([(pk, version + 1) for pk, version in seen.items()], actor=people.staff).decisions
    draft.refresh_from_db()
    for name, value in _head().items():
        setattr(draft, name, value)
    change_draft(draft, actor=people.staff, seen_version=draft.version)
    if draft.awards.count() != MANY:
        raise SystemExit("Not all registrations came through to the draft.")
    return draft


def _issue(draft: Decision, people: People) -> None:
    issue(Decision(pk=draft.pk), actor=people.leader)


def _insert(registrations: list[Registration], form: AwardForm, people: People) -> None:
    """Write the rows that the chain leaves, in their last state."""
    now = timezone.now()
    recipients = Recipient.objects.bulk_create(
        Recipient(kind="collective", name=row.registrant, unit=row.unit, created_by=people.staff)
        for row in registrations
    )
    minutes = _minutes(people)
    minutes.recorded_by = people.judge
    minutes.save()
    decision = Decision.objects.create(
        unit=people.city, tier="city", title="Khen thưởng", drafted_by=people.staff, **_head()
    )
    awards = Award.objects.bulk_create(
        Award(
            decision=decision,
            form=form,
            recipient=recipient,
            recipient_kind=recipient.kind,
            recipient_name=recipient.name,
            unit=recipient.unit,
            achievement=row.title,
            registration=row,
        )
        for row, recipient in zip(registrations, recipients, strict=True)
    )
    nominations = Nomination.objects.bulk_create(
        Nomination(
            recipient=award.recipient,
            recipient_name=award.recipient_name,
            unit=award.unit,
            granting_unit=people.city,
            form=form,
            achievement=award.achievement,
            registration=award.registration,
            state=NominationState.PROPOSED,
            typed_by=people.staff,
            submitted_by=people.staff,
            submitted_at=now,
        )
        for award in awards
    )
    ExaminationItem.objects.bulk_create(
        ExaminationItem(examination=minutes, nomination=row, votes_for=10, votes_against=0)
        for row in nominations
    )
    NominationStep.objects.bulk_create(
        NominationStep(
            nomination=row,
            act=act,
            from_state="",
            to_state=NominationState.PROPOSED,
            actor=people.staff,
            at=now,
            version=number,
        )
        for number, act in enumerate(STEPS, start=1)
        for row in nominations
    )


def _number(draft: Decision) -> None:
    """Write what issuing leaves in the awards and the decision."""
    awards = list(draft.awards.order_by("pk"))
    book, _made = NumberBook.objects.get_or_create(
        unit=draft.unit, tier=draft.tier, year=draft.signed_on.year
    )
    for number, award in enumerate(awards, start=book.last_number + 1):
        award.certificate_number = award.golden_book_number = number
        award.book, award.year, award.verify_code = book, draft.signed_on.year, codes.new_code()
    names = ["certificate_number", "book", "golden_book_number", "year", "verify_code"]
    Award.objects.bulk_update(awards, names, batch_size=500)


def _minutes(people: People) -> Examination:
    return Examination(
        unit=people.city,
        number="05/BB-HĐ",
        held_on=timezone.localdate(),
        chair="Trần Văn A",
        secretary="Lê Thị B",
        present=10,
    )


def _head() -> dict[str, str | datetime.date]:
    return {
        "number": f"{uuid.uuid4().hex[:8]}/QĐ-UBND",
        "signed_on": timezone.localdate(),
        "signer": "Nguyễn Văn Mẫu",
        "signer_post": "Chủ tịch",
    }


def _statements(side: Callable[[], object]) -> float:
    with CaptureQueriesContext(connection) as made:
        side()
    return len(made)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _taken_back(write: Callable[[], None]) -> None:
    """Write to a savepoint, check what is checked at the end of a transaction, and go back to it."""
    point = transaction.savepoint()
    write()
    transaction.savepoint_rollback(point)
