import pytest

from awards.merging import merge, unmerge
from awards.models import Award, Nomination, Recipient
from awards.recipients import recipients_of
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.awards.factories import NominationFactory, RecipientFactory, issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(leader):
    award = issued(1).awards.get()
    double = award.recipient
    kept = RecipientFactory(unit=double.unit)
    NominationFactory(recipient=double)
    return kept, double, award


def test_merge_moves_awards_and_nominations_and_leaves_the_names(staff, pair):
    kept, double, award = pair

    done = merge(kept, double, actor=staff, reason="Cùng một chi hội")

    award.refresh_from_db()
    double.refresh_from_db()
    assert (award.recipient, award.recipient_name) == (kept, double.name)
    assert Nomination.objects.get().recipient == kept
    assert double.merged_into == kept
    assert (done.awards, len(done.nominations)) == ([award.pk], 1)
    assert AuditEntry.objects.get(act="recipient.merge").data["double"] == double.pk


def test_unmerge_takes_all_back(staff, pair):
    kept, double, award = pair
    later = NominationFactory(recipient=kept)
    done = merge(kept, double, actor=staff, reason="Nhầm")

    unmerge(done, actor=staff)

    award.refresh_from_db()
    double.refresh_from_db()
    later.refresh_from_db()
    assert (award.recipient, double.merged_into, later.recipient) == (double, None, kept)
    with pytest.raises(Conflict):
        unmerge(done, actor=staff)


def test_unmerge_of_the_inner_one_asks_to_take_back_the_outer_first(staff, pair):
    kept, double, _award = pair
    inner = merge(kept, double, actor=staff, reason="Một")
    last = RecipientFactory(unit=kept.unit)
    outer = merge(last, kept, actor=staff, reason="Hai")
    double.refresh_from_db()
    assert double.merged_into == last

    with pytest.raises(Conflict):
        unmerge(inner, actor=staff)
    unmerge(outer, actor=staff)
    double.refresh_from_db()
    assert double.merged_into == kept
    unmerge(inner, actor=staff)
    assert Recipient.objects.standing().count() == 3


def test_merge_two_kinds_refused(staff):
    with pytest.raises(DomainError) as refusal:
        merge(RecipientFactory(), RecipientFactory(kind="individual"), actor=staff, reason="Nhầm")

    assert refusal.value.code == "kind"


def test_merge_without_reason_or_with_itself_refused(staff):
    one, other = RecipientFactory(), RecipientFactory()

    with pytest.raises(DomainError):
        merge(one, other, actor=staff, reason=" ")
    with pytest.raises(DomainError):
        merge(one, one, actor=staff, reason="Một")


def test_merge_one_that_was_merged_meanwhile_refused(staff, pair):
    kept, double, _award = pair
    merge(kept, double, actor=staff, reason="Một")

    with pytest.raises(Conflict):
        merge(RecipientFactory(), double, actor=staff, reason="Hai")


def test_unmerge_where_the_name_is_taken_by_now_is_told(staff, pair):
    kept, double, _award = pair
    done = merge(kept, double, actor=staff, reason="Một")
    RecipientFactory(name=double.name, unit=double.unit)

    with pytest.raises(DomainError) as refusal:
        unmerge(done, actor=staff)

    assert refusal.value.code == "twice"


def test_new_award_under_the_name_of_a_double_goes_to_the_kept_one(staff, pair):
    kept, double, award = pair
    merge(kept, double, actor=staff, reason="Một")

    (found,) = recipients_of([(double.kind, award.recipient_name, double.unit)], actor=staff)

    assert found == kept
    assert Award.objects.count() == 1
