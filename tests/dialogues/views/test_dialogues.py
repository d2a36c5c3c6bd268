import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Dialogue
from dialogues.states import State
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import NOT_SEEN
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.units.factories import UnitFactory, succeed

LIST = reverse("dialogues:list")


def test_list_shows_the_own_scope_only(client, ward, other_ward, official):
    DialogueFactory(unit=ward, topic="Cây xanh")
    DialogueFactory(unit=other_ward, topic="Bí mật láng giềng")
    client.force_login(official)

    page = client.get(LIST).content.decode()

    assert "Cây xanh" in page
    assert "Bí mật láng giềng" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=cay+xanh", {"Cây xanh"}),
        ("year=2026", {"Cây xanh", "Đất đai"}),
        ("year=2019", set()),
        ("state=held", {"Đất đai"}),
        ("kind=ad_hoc", {"Đất đai"}),
        ("kind=ad_hoc&q=cay", set()),
    ],
)
def test_list_filters_by_the_address(client, ward, official, query, found):
    DialogueFactory(unit=ward, topic="Cây xanh")
    DialogueFactory(unit=ward, topic="Đất đai", held=True, kind="ad_hoc")
    client.force_login(official)

    rows = client.get(f"{LIST}?{query}").context["object_list"]

    assert {row.topic for row in rows} == found


@pytest.mark.parametrize(
    "query",
    [
        "year=abc",
        "year=0",
        "year=99999999999999999999",
        "unit=999999",
        "unit=99999999999999999999999999",
        "unit=%00",
        "q=%00",
        "state=lost",
        "cursor=%FF",
        "per_page=9999999",
        "q=" + "a" * 5000,
    ],
)
def test_list_with_a_wrong_address_answers_with_sentences(client, official, query):
    client.force_login(official)

    assert client.get(f"{LIST}?{query}").status_code == 200


def test_list_by_a_unit_outside_of_the_scope_shows_nothing_of_it(client, official, other_ward):
    DialogueFactory(unit=other_ward, topic="Bí mật láng giềng")
    client.force_login(official)

    page = client.get(LIST, {"unit": other_ward.pk}).content.decode()

    assert "Bí mật láng giềng" not in page
    assert "Phường Tây Hồ" not in page


def test_list_asks_as_often_for_three_rows_as_for_one(client, ward, official, django_assert_max_num_queries):
    client.force_login(official)
    DialogueFactory(unit=ward)
    with django_assert_max_num_queries(12) as one:
        client.get(LIST)
    for _ in range(2):
        OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True))
    with django_assert_max_num_queries(12) as three:
        client.get(LIST)

    assert len(three) == len(one)


def test_list_tells_what_the_unit_owes(client, ward, official):
    client.force_login(official)

    assert client.get(LIST).context["duties"][0]["owed"] == 1


def test_list_tells_of_the_duty_what_the_page_of_duties_tells(client, ward, official):
    year = timezone.localdate().year
    before = UnitFactory(parent=ward.parent)
    DialogueFactory(unit=before, held=True, held_on=datetime.date(year, 1, 1))
    DialogueFactory(unit=ward, held=True, held_on=datetime.date(year, 1, 1))
    succeed(before, ward, on=datetime.date(year, 1, 1))
    client.force_login(official)

    (told,) = client.get(LIST).context["duties"]
    rows = client.get(reverse("dialogues:duties")).context["page"].object_list

    assert told["held"] == 1
    assert {row.unit: row.held_total for row in rows} == {ward: 1}


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_export_holds_all_filtered_rows_of_the_scope_and_no_author(
    client, ward, other_ward, official, file_format
):
    OpinionFactory(dialogue=DialogueFactory(unit=ward, topic="=1+1 đất đai", held=True))
    DialogueFactory(unit=ward, topic="Cây xanh")
    DialogueFactory(unit=other_ward, topic="Bí mật đất đai")
    client.force_login(official)

    answer = client.get(reverse("dialogues:export", args=[file_format]), {"q": "dat dai"})
    content = b"".join(answer.streaming_content)

    if file_format == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
        text = str(rows)
        assert len(rows) == 2
        assert rows[1][11] == 1
    else:
        text = content.decode("utf-8-sig")
        assert len(text.strip().splitlines()) == 2
        assert "'=1+1" in text
    assert "Bí mật" not in text
    assert AuditEntry.objects.get(act="dialogue.export").data == {"filters": ["q"], "format": file_format}


def test_export_in_an_unknown_format_is_not_found(client, official):
    client.force_login(official)

    assert client.get(reverse("dialogues:export", args=["exe"])).status_code == 404


def test_detail_shows_facts_history_and_acts(client, ward, official):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True, chairs=["party_secretary"]))
    client.force_login(official)

    answer = client.get(opinion.dialogue.get_absolute_url())

    assert opinion.matter in answer.content.decode()
    assert [act for act, _, _ in answer.context["acts"]] == ["publish"]


def test_page_of_another_ward_is_not_found(client, ward, stranger):
    client.force_login(stranger)

    assert client.get(DialogueFactory(unit=ward).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["edit", "announce", "cancel", "opinion_new"])
def test_acts_on_another_ward_are_not_found(client, ward, stranger, name):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(stranger)
    address = reverse(f"dialogues:{name}", args=[dialogue.pk])

    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "x", "announced_on": "01/03/2026"}).status_code == 404
    dialogue.refresh_from_db()
    assert dialogue.state == State.PLANNED


@pytest.mark.parametrize("name", ["edit", "announce", "cancel"])
@pytest.mark.parametrize("who", ["reviewer", "auditor"])
def test_readers_may_read_and_not_act(client, ward, request, who, name):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(request.getfixturevalue(who))

    assert client.get(dialogue.get_absolute_url()).status_code == 200
    assert client.get(reverse(f"dialogues:{name}", args=[dialogue.pk])).status_code == 404
    assert client.get(reverse("dialogues:new")).status_code == 404


def test_anonymous_is_led_to_sign_in(client, db):
    answer = client.get(LIST)

    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_acts_walk_to_published_by_their_pages(client, ward, official):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)
    walk = [
        ("announce", {"announced_on": "01/03/2026"}),
        ("hold", {"attending": "1.200", "spoke": "15"}),
        ("publish", {"published_on": "2026-03-15", "conclusion_number": "12/TB-UBND"}),
    ]
    for version, (name, facts) in enumerate(walk, start=1):
        address = reverse(f"dialogues:{name}", args=[dialogue.pk])
        assert client.get(address).context["form"].initial["version"] == version
        assert client.post(address, facts | {"version": version}).status_code == 302

    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.attending, dialogue.spoke) == (State.PUBLISHED, 1200, 15)


def test_act_with_a_wrong_date_keeps_what_was_typed(client, ward, official):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)

    answer = client.post(reverse("dialogues:announce", args=[dialogue.pk]), {"announced_on": "31/02/2026"})

    assert answer.status_code == 422
    assert "31/02/2026" in answer.content.decode()
    assert "announced_on" in answer.context["form"].errors


def test_act_seen_too_early_tells_who_was_first(client, ward, official, city_staff):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(city_staff)
    client.post(
        reverse("dialogues:announce", args=[dialogue.pk]), {"announced_on": "01/03/2026", "version": 1}
    )
    client.force_login(official)

    cancel = reverse("dialogues:cancel", args=[dialogue.pk])
    answer = client.post(cancel, {"reason": "Mưa", "version": 1})

    form = answer.context["form"]
    assert answer.status_code == 409
    assert city_staff.full_name in "".join(form.non_field_errors())
    assert (form["reason"].value(), form["version"].value()) == ("Mưa", "2")
    assert Dialogue.objects.get(pk=dialogue.pk).state == State.ANNOUNCED
    assert client.post(cancel, {"reason": "Mưa", "version": "2"}).status_code == 302


def test_act_that_tells_no_version_keeps_its_words(client, ward, official):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)

    answer = client.post(reverse("dialogues:cancel", args=[dialogue.pk]), {"reason": "Mưa"})

    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors() == [str(NOT_SEEN)]
    assert answer.context["form"]["reason"].value() == "Mưa"
    assert Dialogue.objects.get(pk=dialogue.pk).state == State.PLANNED
