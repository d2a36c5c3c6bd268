import pytest

from awards.linking import drop_unused, link_recipients
from awards.models import Award, Recipient
from tests.awards.factories import AwardFactory, issued
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_link_same_name_at_a_unit_is_one_recipient_whatever_accents_and_blanks(commune):
    for name in ("Nguyễn Văn Hoà", "Nguyễn  Văn Hòa", "nguyen van hoa"):
        AwardFactory(unit=commune, recipient_name=name)

    assert link_recipients() == 3
    assert Recipient.objects.count() == 1
    assert Award.objects.values("recipient").distinct().count() == 1


def test_link_other_unit_or_kind_is_another_recipient(commune):
    AwardFactory(unit=commune, recipient_name="Tổ 1")
    AwardFactory(unit=UnitFactory(), recipient_name="Tổ 1")
    AwardFactory(unit=commune, recipient_name="Tổ 1", recipient_kind="household")

    link_recipients()

    assert Recipient.objects.count() == 3


def test_link_twice_changes_nothing(commune):
    AwardFactory(unit=commune)
    link_recipients()

    assert link_recipients() == 0
    assert Recipient.objects.count() == 1


def test_issue_links_the_awards_and_leaves_their_words(commune):
    award = issued(1).awards.get()

    assert award.recipient.name == award.recipient_name
    with_other_name = Recipient.objects.get()
    with_other_name.name = "Tên khác"
    with_other_name.save(update_fields=["name"])
    award.refresh_from_db()
    assert award.recipient_name != "Tên khác"


def test_drop_unused_leaves_those_with_awards_and_those_made_by_people(commune, staff):
    award = issued(1).awards.get()
    bare = Recipient.objects.create(kind="individual", name="Không còn", unit=commune)
    kept = Recipient.objects.create(kind="individual", name="Có người ghi", unit=commune, created_by=staff)

    assert drop_unused([award.recipient_id, bare.pk, kept.pk]) == 1
    assert set(Recipient.objects.all()) == {award.recipient, kept}
