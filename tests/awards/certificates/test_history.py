import pytest

from awards.certificates.history import events_of
from awards.transitions import correct, issue, revoke
from tests.accounts.factories import UserFactory
from tests.awards.factories import SIGNED, issued

pytestmark = pytest.mark.django_db


def corrected(award, leader, **changes):
    """Return the award that corrects ``award``, issued."""
    draft = correct(award.decision, actor=UserFactory(), awards=[award], reason="Sai tên")
    for name, value in {
        "number": f"C{draft.pk}",
        "signed_on": SIGNED,
        "signer": "A",
        "signer_post": "B",
    }.items():
        setattr(draft, name, value)
    draft.save()
    draft.awards.update(**changes)
    return issue(draft, actor=leader).awards.get()


def told(award):
    award.refresh_from_db()
    return [(event.act, event.decision.number, event.is_this) for event in events_of(award)]


def test_events_of_a_valid_award_are_its_granting():
    award = issued().awards.get()

    assert told(award) == [("granted", award.decision.number, True)]


def test_events_of_a_chain_are_the_same_from_each_of_its_ends(leader):
    first = issued().awards.get()
    second = corrected(first, leader, recipient_name="Tên đúng")
    third = corrected(second, leader, recipient_name="Tên đúng hơn")
    ending = revoke(third.decision, actor=leader, number="R1", signed_on=SIGNED, reason="Sai")

    acts = [
        ("granted", first.decision.number),
        ("corrected", second.decision.number),
        ("corrected", third.decision.number),
        ("revoked", ending.number),
    ]
    for place, award in enumerate((first, second, third)):
        assert told(award) == [(*act, number == place) for number, act in enumerate(acts)]


def test_events_do_not_tell_of_a_draft(leader):
    award = issued().awards.get()
    correct(award.decision, actor=UserFactory(), awards=[award], reason="Sai tên")

    assert len(told(award)) == 1
