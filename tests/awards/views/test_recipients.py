import pytest
from django.urls import reverse
from django.utils import timezone

from awards.merging import merge
from awards.models import Award, Recipient, RecipientMerge
from awards.transitions import revoke
from tests.accounts.factories import user_with
from tests.awards.factories import NominationFactory, RecipientFactory, issued
from tests.units.factories import UnitFactory, succeed

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def test_list_finds_without_accents_and_leaves_doubles_out(client, staff):
    client.force_login(staff)
    wanted = RecipientFactory(name="Hội Người cao tuổi thôn Đoài")
    RecipientFactory(name="Hội Người cao tuổi thôn Đoài 2", merged_into=wanted)
    RecipientFactory()

    found = client.get(url("recipients"), {"q": "nguoi cao tuoi doai"}).context["object_list"]

    assert list(found) == [wanted]


@pytest.mark.parametrize("query", ["kind=x", "unit=x", "q=%00", "order=x", "awarded=no", "cursor=x"])
def test_list_bad_address_is_answered(client, staff, query):
    client.force_login(staff)

    assert client.get(f"{url('recipients')}?{query}").status_code == 200


def test_page_shows_all_years_and_units_and_what_was_revoked(client, staff, leader):
    client.force_login(staff)
    first = issued(1).awards.get()
    recipient = first.recipient
    nomination = NominationFactory(recipient=recipient)
    revoke(first.decision, actor=leader, number="99/QĐ", signed_on=timezone.localdate(), reason="Sai")

    page = client.get(recipient.get_absolute_url())

    assert [award.state for award in page.context["awards"]] == ["revoked"]
    assert list(page.context["nominations"]) == [nomination]
    assert page.context["standing"] == 0


def test_page_of_a_predecessor_s_recipient_is_seen_by_the_successor(client, commune):
    recipient = RecipientFactory(unit=commune)
    heir = UnitFactory()
    succeed(commune, heir, on=timezone.localdate())
    client.force_login(user_with("official", heir))

    assert client.get(recipient.get_absolute_url()).status_code == 200
    assert client.get(RecipientFactory().get_absolute_url()).status_code == 404


def test_edit_keeps_names_on_awards(client, staff):
    client.force_login(staff)
    award = issued(1).awards.get()
    recipient = award.recipient
    typed = {
        "kind": "collective",
        "name": "Tên mới",
        "unit": recipient.unit_id,
        "note": "",
        "seen_version": 1,
    }

    client.post(url("recipient_edit", recipient.pk), typed)

    award.refresh_from_db()
    assert award.recipient.name == "Tên mới"
    assert award.recipient_name != "Tên mới"


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"name": "\x00"}, {"unit": "x"}, {"note": "CCCD 001070012345"}, {"seen_version": 7}],
)
def test_edit_bad_input_is_told(client, staff, changes):
    client.force_login(staff)
    recipient = RecipientFactory(name="Tên cũ")
    typed = {"kind": "collective", "name": "Tên mới", "unit": recipient.unit_id, "seen_version": 1}

    answer = client.post(url("recipient_edit", recipient.pk), typed | changes)

    assert answer.context["form"].errors
    assert Recipient.objects.get().name == "Tên cũ"


def test_merge_says_what_it_does_and_is_taken_back(client, staff):
    client.force_login(staff)
    kept = RecipientFactory(name="Tổ dân phố số 5")
    double = RecipientFactory(name="Tổ dân phố 5", unit=kept.unit)
    page = client.get(url("recipient_merge", kept.pk), {"with": double.pk})
    assert list(page.context["form"].fields["double"].queryset) == [double]

    client.post(url("recipient_merge", kept.pk), {"double": double.pk, "reason": "Một tổ"})
    done = RecipientMerge.objects.get()
    assert done.double == double
    client.post(url("recipient_unmerge", kept.pk, done.pk))

    double.refresh_from_db()
    assert double.merged_into is None


def test_merging_over_units_is_not_taken_back_by_one_of_them(client, staff, commune):
    kept, double = RecipientFactory(unit=commune), RecipientFactory()
    done = merge(kept, double, actor=staff, reason="Một tổ")
    client.force_login(user_with("official", commune))
    undo = url("recipient_unmerge", kept.pk, done.pk)

    page = client.get(url("recipient", kept.pk))
    answer = client.post(undo)

    assert page.context["may_keep"]
    assert undo not in page.content.decode()
    assert answer.status_code == 404
    assert not RecipientMerge.objects.exclude(undone_at=None).exists()


def test_merge_out_of_reach_is_no_choice(client, commune):
    client.force_login(user_with("official", commune))
    kept, other = RecipientFactory(unit=commune), RecipientFactory()

    answer = client.post(url("recipient_merge", kept.pk), {"double": other.pk, "reason": "Một"})

    assert answer.status_code == 422
    assert not RecipientMerge.objects.exists()


def test_merge_page_shows_what_is_on_record_of_both_side_by_side(client, staff, commune):
    other = UnitFactory()
    kept = RecipientFactory(name="Chi hội Phụ nữ thôn Đoài", unit=commune)
    double = RecipientFactory(name="Chi hội Phụ nữ thôn Đoài", unit=other)
    decision = issued(2)
    Award.objects.filter(pk=decision.awards.order_by("pk")[0].pk).update(recipient=kept)
    Award.objects.filter(pk=decision.awards.order_by("pk")[1].pk).update(recipient=double)
    client.force_login(staff)

    page = client.get(url("recipient_merge", kept.pk), {"with": double.pk})

    shown = {one: (len(awards), count) for one, awards, count in page.context["histories"]}
    assert shown == {kept: (1, 1), double: (1, 1)}
    assert next(iter(shown)) == kept, "who stays comes first"
    assert page.content.decode().count(decision.number) == 2
    double.refresh_from_db()
    assert double.merged_into is None, "nothing is merged by itself"


def test_page_says_so_where_it_shows_the_newest_only(client, staff, monkeypatch):
    monkeypatch.setattr("awards.views.recipients.SHOWN", 1)
    client.force_login(staff)
    recipient = RecipientFactory()
    NominationFactory(recipient=recipient)
    assert not client.get(recipient.get_absolute_url()).context["beyond"]

    NominationFactory(recipient=recipient)

    page = client.get(recipient.get_absolute_url())
    assert page.context["beyond"]
    assert '<p class="note">' in page.content.decode()
