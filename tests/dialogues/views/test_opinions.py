import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogues.entering import enter
from dialogues.models import Opinion
from dialogues.states import OpinionStatus
from tests.dialogues.factories import DialogueFactory, OpinionFactory

LIST = reverse("dialogues:opinions")
FACTS = {"field": "land", "matter": "Đền bù", "text": "Bao giờ chi trả?", "due_on": "01/06/2026"}


def address(name, opinion):
    return reverse(f"dialogues:opinion_{name}", args=[opinion.pk])


@pytest.fixture
def in_charge(ward, other_ward):
    """An opinion raised in one ward that the other has to answer."""
    return OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=other_ward)


def test_new_enters_an_opinion_and_goes_on_to_the_next(client, ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)
    client.force_login(official)
    new = reverse("dialogues:opinion_new", args=[dialogue.pk])
    assert client.get(new).context["form"].fields["unit_in_charge"].initial == ward.pk

    answer = client.post(new, FACTS | {"unit_in_charge": ward.pk, "next": "1"})

    assert answer["Location"] == new
    assert (dialogue.opinions.get().order, dialogue.opinions.get().unit_in_charge) == (1, ward)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("matter", ""),
        ("text", "\x00"),
        ("text", "x" * 4001),
        ("field", "weather"),
        ("due_on", "01/01/2026"),
        ("due_on", "30/02/2026"),
        ("unit_in_charge", "999999999999999999999"),
    ],
)
def test_new_with_bad_input_says_so_at_the_field(client, ward, official, field, value):
    dialogue = DialogueFactory(unit=ward, held=True)
    client.force_login(official)

    answer = client.post(reverse("dialogues:opinion_new", args=[dialogue.pk]), FACTS | {field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Opinion.objects.exists()


def test_new_for_a_planned_dialogue_says_why_not(client, ward, official):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)

    answer = client.post(reverse("dialogues:opinion_new", args=[dialogue.pk]), FACTS)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_unit_in_charge_answers_without_reading_the_dialogue_or_the_author(client, in_charge, stranger):
    client.force_login(stranger)

    page = client.get(in_charge.get_absolute_url()).content.decode()
    assert in_charge.text in page
    assert in_charge.author_name not in page
    assert client.get(in_charge.dialogue.get_absolute_url()).status_code == 404
    assert client.get(address("edit", in_charge)).status_code == 404
    assert client.get(address("publish_text", in_charge)).status_code == 404

    facts = {"answer": "Đã thu gom.", "answered_on": "12/03/2026", "version": 1}
    assert client.post(address("resolve", in_charge), facts).status_code == 302
    in_charge.refresh_from_db()
    assert in_charge.status == OpinionStatus.RESOLVED


def test_act_and_edit_that_tell_no_version_change_nothing(client, in_charge, stranger, official):
    client.force_login(stranger)
    client.post(address("take_up", in_charge), {})
    client.force_login(official)
    assert client.post(address("edit", in_charge), FACTS).status_code == 422
    in_charge.refresh_from_db()
    assert (in_charge.version, in_charge.status) == (1, OpinionStatus.RECEIVED)


def test_opinion_of_another_ward_is_not_found(client, ward, stranger):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=ward)
    client.force_login(stranger)

    assert client.get(opinion.get_absolute_url()).status_code == 404
    assert client.post(address("take_up", opinion), {"version": 1}).status_code == 404
    assert opinion.matter not in client.get(LIST).content.decode()


@pytest.mark.parametrize("who", ["reviewer", "auditor"])
def test_readers_may_read_and_not_answer(client, in_charge, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(in_charge.get_absolute_url()).context["acts"] == []
    assert client.post(address("take_up", in_charge), {"version": 1}).status_code == 404


@pytest.mark.parametrize(
    ("name", "facts", "status"),
    [
        ("answer_on_spot", {}, OpinionStatus.ANSWERED_ON_SPOT),
        ("take_up", {"words": "Đã giao địa chính"}, OpinionStatus.IN_PROGRESS),
        ("answer", {"answer": "Sẽ làm", "answered_on": "12/03/2026"}, OpinionStatus.IN_PROGRESS),
        ("refer_outside", {"reason": "Của Sở"}, OpinionStatus.OUTSIDE_COMPETENCE),
        ("not_accept", {"reason": "Trái quy hoạch"}, OpinionStatus.NOT_ACCEPTED),
    ],
)
def test_act_page_asks_and_acts(client, ward, official, name, facts, status):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True))
    client.force_login(official)

    assert client.get(address(name, opinion)).status_code == 200
    assert client.post(address(name, opinion), facts | {"version": 1}).status_code == 302
    opinion.refresh_from_db()
    assert opinion.status == status


def test_not_accept_without_a_reason_says_so(client, ward, official):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True))
    client.force_login(official)

    answer = client.post(address("not_accept", opinion), {"version": 1})

    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors


def test_publish_text_begins_with_what_was_recorded_and_needs_a_deed(client, ward, official):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, published=True))
    client.force_login(official)
    page = client.get(address("publish_text", opinion))
    assert page.context["form"].initial["public_text"] == opinion.text
    assert not Opinion.objects.public().exists()

    words = {"matter": "Thu gom rác", "public_text": "Đề nghị thu gom rác", "version": 1}
    client.post(address("publish_text", opinion), words)
    assert Opinion.objects.public().get().public_text == "Đề nghị thu gom rác"

    client.post(address("withdraw_text", opinion), {"reason": "Có tên", "version": 2})
    assert not Opinion.objects.public().exists()


def test_publish_text_asks_for_the_matter_which_the_table_took_from_the_words_as_said(client, ward, official):
    dialogue = DialogueFactory(unit=ward, published=True)
    said = "Ông Trần Văn Kín, số 5 ngõ 12, đề nghị thu gom rác mỗi ngày"
    opinion = enter(dialogue, actor=official, text=said, field="environment")
    client.force_login(official)

    page = client.get(address("publish_text", opinion))
    assert page.context["form"].initial["matter"] == said
    words = {"public_text": "Đề nghị thu gom rác", "version": 1}
    assert client.post(address("publish_text", opinion), words).status_code == 422
    client.post(address("publish_text", opinion), words | {"matter": "Thu gom rác"})

    public = client.get(reverse("portal:dialogue_detail", args=[dialogue.pk])).content.decode()
    assert "Thu gom rác" in public
    assert "Trần Văn Kín" not in public


@pytest.mark.parametrize(
    ("query", "number"),
    [("charge=mine", 1), ("due=overdue", 1), ("status=resolved", 0), ("q=rac", 1), ("due=open", 1)],
)
def test_list_shows_what_the_own_unit_has_to_answer(client, in_charge, stranger, query, number):
    Opinion.objects.update(due_on="2026-03-11")
    client.force_login(stranger)

    page = client.get(f"{LIST}?{query}")

    assert len(page.context["object_list"]) == number
    assert (page.context["waiting"], page.context["waiting_overdue"]) == (1, 1)


def test_list_sorts_by_due_date_for_whoever_does_not_read_the_whole_city(
    client, in_charge, stranger, city_staff
):
    OpinionFactory(dialogue=in_charge.dialogue, unit_in_charge=in_charge.unit_in_charge, due_on="2026-02-01")
    OpinionFactory(dialogue=in_charge.dialogue, unit_in_charge=in_charge.unit_in_charge, due_on="2027-02-01")
    Opinion.objects.filter(pk=in_charge.pk).update(due_on=None)
    client.force_login(stranger)

    def listed(order):
        return [
            one.due_on and one.due_on.year
            for one in client.get(LIST, {"order": order}).context["object_list"]
        ]

    assert listed("due") == [2026, 2027, None]
    assert listed("-due") == [None, 2027, 2026]
    assert listed("-entered") == [None, 2026, 2027]
    client.force_login(city_staff)
    assert listed("due") == listed("entered")


def test_list_asks_as_often_for_three_rows_as_for_one(
    client, in_charge, official, django_assert_max_num_queries
):
    client.force_login(official)
    with django_assert_max_num_queries(14) as one:
        client.get(LIST)
    for _ in range(2):
        OpinionFactory(
            dialogue=DialogueFactory(unit=in_charge.dialogue.unit, held=True), unit_in_charge=in_charge.unit
        )
    with django_assert_max_num_queries(14) as three:
        client.get(LIST)

    assert len(three) == len(one)


def test_export_never_names_the_author(client, in_charge, official):
    client.force_login(official)

    answer = client.get(reverse("dialogues:opinion_export", args=["csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert in_charge.text in text
    assert in_charge.author_name not in text


def test_detail_of_the_dialogue_asks_as_often_for_three_opinions_as_for_one(
    client, ward, official, django_assert_max_num_queries
):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=ward)
    client.force_login(official)
    with django_assert_max_num_queries(14) as one:
        client.get(opinion.dialogue.get_absolute_url())
    for _ in range(2):
        OpinionFactory(dialogue=opinion.dialogue, unit_in_charge=ward)
    with django_assert_max_num_queries(14) as three:
        client.get(opinion.dialogue.get_absolute_url())

    assert len(three) == len(one)


def test_who_answers_or_decides_has_the_opinion_before_the_eyes(client, official, in_charge):
    client.force_login(official)
    Opinion.objects.filter(pk=in_charge.pk).update(text="Bao giờ chi trả tiền đền bù?", answer="Đang rà soát")

    for name in ("answer", "resolve", "pass_on"):
        page = client.get(address(name, in_charge)).content.decode()
        assert "Bao giờ chi trả tiền đền bù?" in page
        assert "Đang rà soát" in page


def test_open_after_its_day_says_for_how_many_days(client, official, ward):
    today = timezone.localdate()
    late = OpinionFactory(
        dialogue=DialogueFactory(unit=ward, held=True), due_on=today - datetime.timedelta(days=12)
    )
    in_time = OpinionFactory(dialogue=late.dialogue, due_on=today)
    client.force_login(official)

    assert (late.days_overdue, in_time.days_overdue) == (12, 0)
    for page in (client.get(LIST), client.get(late.get_absolute_url())):
        assert page.content.decode().count("state--overdue") == 1


def test_page_offers_taking_up_first_and_what_is_rare_apart(client, ward, official):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True), unit_in_charge=ward)
    client.force_login(official)

    page = client.get(opinion.get_absolute_url())

    assert [act for act, _url, _word in page.context["acts"]] == ["take_up", "answer", "resolve"]
    assert {act for act, _url, _word in page.context["other_acts"]} == {
        "answer_on_spot",
        "refer_outside",
        "not_accept",
        "pass_on",
    }
    for _act, url, _word in page.context["other_acts"]:
        assert f'href="{url}"' in page.content.decode()
