import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dialogues.models import Dialogue, DialogueAttachment
from dialogues.states import State
from dialogues.transitions import dialogue as acts
from tests.dialogues.factories import DialogueFactory

NEW = reverse("dialogues:new")


@pytest.fixture
def facts(ward):
    return {
        "unit": ward.pk,
        "kind": "periodic",
        "topic": "Vệ sinh môi trường",
        "held_on": "10/03/2026",
        "starts_at": "8h30",
        "venue": "Nhà văn hóa",
        "form": "in_person",
        "chairs": ["party_secretary", "committee_chair"],
        "plan_number": "12/KH-UBND",
        "plan_date": "05/02/2026",
    }


def test_new_plans_a_dialogue(client, official, facts):
    client.force_login(official)

    answer = client.post(NEW, facts)

    dialogue = Dialogue.objects.get()
    assert answer.status_code == 302
    assert (dialogue.state, dialogue.typed_by, dialogue.starts_at.hour) == (State.PLANNED, official, 8)
    assert dialogue.chairs == ["party_secretary", "committee_chair"]


def test_new_held_already_records_its_totals(client, official, facts):
    client.force_login(official)
    held = {"already_held": "on", "attending": "1.164", "summary_only": "on", "opinions_total": "11"}

    client.post(NEW, facts | held)

    dialogue = Dialogue.objects.get()
    assert (dialogue.state, dialogue.attending, dialogue.opinions_total) == (State.HELD, 1164, 11)


def test_new_stores_text_as_nfc(client, official, facts):
    client.force_login(official)

    client.post(NEW, facts | {"topic": unicodedata.normalize("NFD", "Đối thoại về đất đai")})

    assert Dialogue.objects.get().topic == "Đối thoại về đất đai"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", ""),
        ("topic", "a\x00b"),
        ("topic", "x" * 501),
        ("topic", "đảo\u202echữ"),
        ("held_on", ""),
        ("held_on", "31/02/2026"),
        ("held_on", "01/01/0000"),
        ("held_on", "01/01/9999"),
        ("held_on", "\x00"),
        ("starts_at", "25:99"),
        ("plan_date", "11/03/2026"),
        ("attending", "-1"),
        ("attending", "9" * 40),
        ("attending", "mười"),
        ("chairs", ["mayor"]),
        ("kind", "weekly"),
        ("unit", "0"),
        ("unit", "9" * 30),
        ("announced_on", "01/03/2026"),
        ("summary_only", "on"),
        ("opinions_total", "5"),
    ],
)
def test_new_with_bad_input_says_so_at_the_field_and_keeps_the_rest(client, official, facts, field, value):
    client.force_login(official)

    answer = client.post(NEW, facts | {field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "12/KH-UBND" in answer.content.decode()
    assert not Dialogue.objects.exists()


def test_new_for_another_ward_is_refused(client, official, other_ward, facts):
    client.force_login(official)

    assert client.post(NEW, facts | {"unit": other_ward.pk}).status_code == 422


def test_new_by_city_staff_may_be_for_any_unit(client, city_staff, facts):
    client.force_login(city_staff)

    assert client.post(NEW, facts).status_code == 302


def test_edit_changes_the_facts(client, official, ward, facts):
    dialogue = DialogueFactory(unit=ward, held=True)
    client.force_login(official)
    address = reverse("dialogues:edit", args=[dialogue.pk])
    assert client.get(address).status_code == 200

    answer = client.post(address, facts | {"version": 1, "spoke": "3", "attending": "9"})

    dialogue.refresh_from_db()
    assert answer.status_code == 302
    assert (dialogue.topic, dialogue.spoke, dialogue.version) == ("Vệ sinh môi trường", 3, 2)


def test_edit_after_somebody_elses_change_keeps_both(client, official, city_staff, ward, facts):
    dialogue = DialogueFactory(unit=ward)
    acts.edit(dialogue, {"topic": "Của người khác"}, actor=city_staff)
    client.force_login(official)
    address = reverse("dialogues:edit", args=[dialogue.pk])

    answer = client.post(address, facts | {"version": 1})

    assert answer.status_code == 422
    assert city_staff.full_name in answer.content.decode()
    assert "Vệ sinh môi trường" in answer.content.decode()
    dialogue.refresh_from_db()
    assert dialogue.topic == "Của người khác"
    assert answer.context["form"]["version"].value() == "2"


def test_edit_that_tells_no_version_is_refused_and_saved_the_second_time(client, official, ward, facts):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)
    address = reverse("dialogues:edit", args=[dialogue.pk])

    answer = client.post(address, facts)

    before = dialogue.topic
    dialogue.refresh_from_db()
    assert (answer.status_code, dialogue.topic) == (422, before)
    again = answer.context["form"]["version"].value()
    assert client.post(address, facts | {"version": again}).status_code == 302


def test_attachment_is_handed_to_readers_only(client, official, stranger, ward):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)
    pdf = SimpleUploadedFile("Kế hoạch.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    client.post(reverse("dialogues:attach", args=[dialogue.pk]), {"kind": "plan", "file": pdf})
    address = reverse("dialogues:attachment", args=[DialogueAttachment.objects.get().pk])

    assert client.get(address)["Content-Disposition"].startswith("attachment")
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}remove/").status_code == 404
    client.force_login(official)
    assert client.post(f"{address}remove/").status_code == 302
    assert not DialogueAttachment.objects.exists()


def test_attachment_of_a_wrong_kind_of_file_is_refused_with_a_message(client, official, ward):
    dialogue = DialogueFactory(unit=ward)
    client.force_login(official)
    program = SimpleUploadedFile("Kế hoạch.pdf", b"MZ\x90\x00")

    answer = client.post(
        reverse("dialogues:attach", args=[dialogue.pk]), {"kind": "plan", "file": program}, follow=True
    )

    assert len(answer.context["messages"]) == 1
    assert not DialogueAttachment.objects.exists()
