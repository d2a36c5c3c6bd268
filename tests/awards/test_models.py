"""What the database itself refuses, proven with plain SQL."""

import datetime

import pytest
from django.db import Error, IntegrityError, connection, transaction

from awards.models import Award, AwardForm, Decision
from tests.awards.factories import AwardFactory, DecisionFactory, issued

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "change",
    [
        "number = 'khác'",
        "signed_on = '2026-03-01'",
        "title = 'khác'",
        "signer = 'khác'",
        "state = 'draft'",
        "unit_id = unit_id + 1",
        "tier = 'state'",
    ],
)
def test_decision_issued_content_update_refused(change):
    decision = issued()

    with pytest.raises(Error, match="never changes"):
        run(f"UPDATE awards_decision SET {change} WHERE id = %s", decision.pk)


def test_decision_issued_delete_refused():
    decision = issued()

    with pytest.raises(Error, match="cannot be deleted"):
        run("DELETE FROM awards_decision WHERE id = %s", decision.pk)


def test_decision_revoked_cannot_be_issued_again():
    decision = issued()
    run("UPDATE awards_decision SET state = 'revoked' WHERE id = %s", decision.pk)

    with pytest.raises(Error, match="never changes"):
        run("UPDATE awards_decision SET state = 'issued' WHERE id = %s", decision.pk)


@pytest.mark.parametrize(
    "change",
    [
        "recipient_name = 'khác'",
        "golden_book_number = 77",
        "verify_code = 'abc'",
        "achievement = 'khác'",
        "year = 2020",
    ],
)
def test_award_issued_content_update_refused(change):
    award = issued().awards.get()

    with pytest.raises(Error, match="never changes"):
        run(f"UPDATE awards_award SET {change} WHERE id = %s", award.pk)


def test_award_issued_delete_and_insert_refused():
    decision = issued()

    with pytest.raises(Error, match="cannot be deleted"):
        run("DELETE FROM awards_award WHERE decision_id = %s", decision.pk)
    with pytest.raises(Error, match="takes no more awards"), transaction.atomic():
        AwardFactory(decision=decision)


def test_award_of_a_draft_cannot_move_into_an_issued_decision():
    decision, award = issued(), AwardFactory()

    with pytest.raises(Error, match="takes no more awards"):
        run("UPDATE awards_award SET decision_id = %s WHERE id = %s", decision.pk, award.pk)


def test_award_revoked_cannot_become_valid_again():
    decision = issued()
    run("UPDATE awards_award SET state = 'revoked', ended_by_id = %s", decision.pk)

    with pytest.raises(Error, match="never changes"):
        run("UPDATE awards_award SET state = 'valid', ended_by_id = NULL")


def test_award_ended_without_a_decision_refused():
    AwardFactory()

    with pytest.raises(IntegrityError):
        run("UPDATE awards_award SET state = 'revoked'")


def test_award_twice_in_a_decision_refused():
    award = AwardFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        AwardFactory(
            decision=award.decision,
            recipient_name=award.recipient_name.upper(),
            unit=award.unit,
            form=award.form,
        )


def test_decision_number_twice_a_year_refused():
    first = issued(number="1/QĐ")
    second = issued(number="2/QĐ")
    draft = DecisionFactory(number=first.number)

    with pytest.raises(IntegrityError):
        run(
            "UPDATE awards_decision SET state = 'issued', issued_by_id = %s, issued_at = now() WHERE id = %s",
            second.issued_by_id,
            draft.pk,
        )


def test_decision_draft_without_number_cannot_be_issued():
    draft = DecisionFactory(number="")

    with pytest.raises(IntegrityError):
        run("UPDATE awards_decision SET state = 'issued', issued_at = now() WHERE id = %s", draft.pk)


def test_form_granted_content_update_refused_but_it_can_end():
    form = issued().awards.get().form

    with pytest.raises(Error, match="never changes"):
        run("UPDATE awards_awardform SET name = 'khác' WHERE id = %s", form.pk)
    run("UPDATE awards_awardform SET valid_to = '2030-01-01' WHERE id = %s", form.pk)


def test_form_overlapping_row_of_its_code_refused():
    form = AwardForm.objects.filter(valid_to=None).first()
    form.pk, form.valid_from = None, datetime.date(2030, 1, 1)

    with pytest.raises(Error, match="overlap"), transaction.atomic():
        form.save()


def test_history_keeps_every_version_of_a_decision():
    decision = issued()

    events = decision.events.order_by("pgh_id")
    assert list(events.values_list("state", flat=True)) == ["draft", "issued"]
    assert decision.awards.get().events.count() == 2


def test_draft_can_change_and_go():
    award = AwardFactory()
    Award.objects.filter(pk=award.pk).update(recipient_name="khác")

    award.decision.delete()

    assert Decision.objects.count() == Award.objects.count() == 0
