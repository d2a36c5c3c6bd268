import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Examination, Nomination
from awards.nominating.proposing import withdraw
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import NominationFactory, RecipientFactory, examined, form_on, submitted

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def minutes(**changes):
    facts = {"number": "05/BB-HĐ", "held_on": timezone.localdate().strftime("%d/%m/%Y"), "present": "11"}
    return facts | {"chair": "Trần Văn A", "secretary": "Lê Thị B"} | changes


def asked(client, *rows):
    return client.get(url("examine"), {"id": [row.pk for row in rows]})


def test_examine_votes_left_empty_mean_all_but_those_against(client, staff):
    client.force_login(staff)
    one, two = submitted(2)
    page = asked(client, one, two)
    typed = minutes(ticket=page.context["ticket"], **{f"against-{one.pk}": "2", f"for-{two.pk}": "9"})

    answer = client.post(url("examine"), typed)

    examination = Examination.objects.get()
    assert answer.url == examination.get_absolute_url()
    found = examination.items.order_by("nomination").values_list("votes_for", "votes_against")
    assert list(found) == [(9, 2), (9, 0)]


def test_examine_one_body_at_a_time_the_others_are_told(client, staff, commune):
    client.force_login(staff)
    rows = submitted(2)
    local = form_on("commune", timezone.localdate())
    other = submitted(1, recipient=RecipientFactory(unit=commune), form=local)[0]

    page = asked(client, *rows, other)

    assert [row.pk for row in page.context["form"].nominations] == [row.pk for row in rows]
    assert [row.pk for row, _reason in page.context["cannot"]] == [other.pk]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": ""},
        {"number": "\n"},
        {"present": "0"},
        {"present": "9999999999"},
        {"held_on": "32/01/2026"},
        {"held_on": "01/01/2099"},
        {"chair": "\x00"},
        {"for": "12"},
        {"for": "-1"},
        {"against": "x"},
    ],
)
def test_examine_bad_input_is_told_and_nothing_written(client, staff, changes):
    client.force_login(staff)
    (row,) = submitted()
    page = asked(client, row)
    typed = {
        f"{name}-{row.pk}" if name in ("for", "against") else name: text for name, text in changes.items()
    }

    answer = client.post(url("examine"), minutes(ticket=page.context["ticket"], **typed))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Examination.objects.exists()


def test_examine_changed_meanwhile_is_told_and_what_was_typed_stays(client, staff):
    client.force_login(staff)
    (row,) = submitted()
    page = asked(client, row)
    Nomination.objects.filter(pk=row.pk).update(version=9)

    answer = client.post(url("examine"), minutes(ticket=page.context["ticket"]))

    assert answer.status_code == 422
    assert "05/BB-HĐ" in answer.content.decode()


def test_examine_a_line_that_is_gone_is_told_before_the_minutes_are_written(client, staff):
    client.force_login(staff)
    one, two = submitted(2)
    typed = minutes(ticket=asked(client, one, two).context["ticket"], **{f"for-{one.pk}": "7"})
    withdraw(two, actor=UserFactory(), reason="Trùng")

    page = client.post(url("examine"), typed)

    assert page.status_code == 409
    assert not Examination.objects.exists()
    assert [row.pk for row, _reason in page.context["cannot"]] == [two.pk]
    assert page.context["form"][f"for-{one.pk}"].value() == "7"
    client.post(url("examine"), typed | {"ticket": page.context["ticket"]})
    assert Examination.objects.get().items.get().votes_for == 7


def test_examine_own_nominations_are_not_offered(client, staff):
    client.force_login(staff)
    (row,) = submitted(typed_by=staff)

    assert not asked(client, row).context["form"].nominations


def test_examine_ticket_that_is_none_leads_back(client, staff):
    client.force_login(staff)

    assert client.post(url("examine"), minutes(ticket="x")).url == url("nominations")


def test_minutes_and_page_cost_the_same_for_one_and_three(client, staff, django_assert_max_num_queries):
    client.force_login(staff)
    counts = []
    for number in (1, 3):
        examination = examined(number)[0].vote.examination
        with django_assert_max_num_queries(30) as captured:
            assert client.get(examination.get_absolute_url()).status_code == 200
        counts.append(len(captured))
        assert client.get(url("minutes", examination.pk))["Content-Type"] == "application/pdf"

    assert counts[0] == counts[1]


def test_draft_papers_and_letter_are_handed_over(client, commune):
    client.force_login(user_with("official", commune))
    row = NominationFactory(recipient=RecipientFactory(unit=commune))

    for part in ("proposal", "report"):
        assert client.get(url("nomination_draft", row.pk, part))["Content-Type"] == "application/pdf"
    assert client.get(url("nomination_draft", row.pk, "minutes")).status_code == 404
    assert client.get(url("nomination_draft", row.pk, "nix")).status_code == 404
    letter = client.get(url("nominations_letter"), {"id": row.pk})
    assert letter["Content-Type"] == "application/pdf"
