import datetime

import pytest
from django.utils import timezone

from awards.models import Decision, Nomination
from awards.transitions import revoke
from awards.warnings import warnings_of
from tests.awards.factories import (
    AwardFactory,
    NominationFactory,
    RecipientFactory,
    examined,
    form_on,
    issue_past,
)
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, succeed

pytestmark = pytest.mark.django_db


def told(row):
    row = Nomination.objects.select_related(
        "unit__heir", "form", "registration", "recipient", "vote__examination"
    ).get(pk=row.pk)
    return {str(one.code) for one in warnings_of([row])[row.pk]}


def granted(recipient, leader, **fields):
    """Return an issued award to ``recipient``, signed today."""
    today = timezone.localdate()
    award = AwardFactory(
        recipient=recipient,
        recipient_name=recipient.name,
        unit=recipient.unit,
        form=form_on("city", today),
        decision__signed_on=today,
        **fields,
    )
    issue_past(award.decision, actor=leader)
    award.refresh_from_db()
    return award


def test_nothing_against_it():
    (row,) = examined(registration=RegistrationFactory(recognised=True))

    assert told(row) == set()


def test_same_registration_already_awarded(leader):
    registration = RegistrationFactory(recognised=True)
    granted(RecipientFactory(), leader, registration=registration)

    assert told(NominationFactory(registration=registration)) == {"same_achievement"}


def test_same_words_to_the_same_recipient_whatever_case_and_blanks(leader):
    recipient = RecipientFactory()
    granted(recipient, leader, achievement="Hiến đất  làm đường")
    row = NominationFactory(
        recipient=recipient, achievement="hiến đất làm đường", form=form_on("commune", timezone.localdate())
    )

    assert told(row) == {"same_achievement"}


def test_same_form_this_year(leader):
    recipient = RecipientFactory()
    granted(recipient, leader)

    assert told(NominationFactory(recipient=recipient)) == {"same_form_this_year"}


def test_same_form_in_another_year_is_fine(leader):
    recipient = RecipientFactory()
    granted(recipient, leader)
    last_year = timezone.localdate() - datetime.timedelta(days=400)

    assert told(NominationFactory(recipient=recipient, proposed_on=last_year)) == set()


def test_revoked_award_does_not_count(leader):
    recipient = RecipientFactory()
    award = granted(recipient, leader)
    today = timezone.localdate()
    revoke(award.decision, actor=leader, number="99/QĐ", signed_on=today, reason="Sai")

    assert told(NominationFactory(recipient=recipient)) == set()


def test_award_in_a_draft_counts():
    recipient = RecipientFactory()
    AwardFactory(recipient=recipient, form=form_on("city", timezone.localdate()), decision__signed_on=None)

    assert told(NominationFactory(recipient=recipient)) == {"same_form_this_year"}
    assert Decision.objects.get().is_draft


def test_two_on_their_way_for_one_recipient_warn_of_each_other():
    recipient = RecipientFactory()
    rows = examined(2, recipient=recipient)

    assert told(rows[0]) == told(rows[1]) == {"same_form_this_year"}


def test_registration_not_recognised():
    assert told(NominationFactory(registration=RegistrationFactory(reported=True))) == {"not_recognised"}


@pytest.mark.parametrize(("votes", "expected"), [((8, 2), set()), ((7, 3), {"too_few_votes"})])
def test_votes_under_the_share_that_the_catalogue_asks_for(votes, expected):
    (row,) = examined(votes=votes)

    assert row.form.votes_share == 80
    assert told(row) == expected


def test_unit_that_ended_blocks():
    (row,) = examined()
    succeed(row.unit, UnitFactory(), on=timezone.localdate())

    row = Nomination.objects.select_related("unit__heir", "form", "vote__examination").get()
    (found,) = warnings_of([row])[row.pk]
    assert (str(found.code), found.blocks) == ("unit_ended", True)


def test_form_without_a_row_in_force_blocks():
    row = NominationFactory()
    Nomination.objects.filter(pk=row.pk).update(form=form_on("district", datetime.date(2025, 6, 30)))

    assert told(row) == {"form_ended"}


def test_statements_do_not_grow_with_the_rows(django_assert_max_num_queries):
    counts = []
    for number in (1, 8):
        NominationFactory.create_batch(number, registration=None)
        rows = list(
            Nomination.objects.select_related("unit__heir", "form", "registration", "vote__examination")
        )
        with django_assert_max_num_queries(10) as captured:
            warnings_of(rows)
        counts.append(len(captured))

    assert counts[0] == counts[1]
