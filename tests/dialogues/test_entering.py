import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from dialogues.entering import LONGEST_MATTER, matter_of
from dialogues.forms.table import LettersField
from dialogues.models import Opinion
from dialogues.states import OpinionField
from mobilization.core.text import fold
from tests.dialogues.factories import DialogueFactory, OpinionFactory

FACTS = {"text": "Đề nghị chi trả đền bù", "field": "land"}
BY_SCRIPT = {"X-At-The-Table": "1"}


@pytest.fixture
def table(client, ward, official):
    client.force_login(official)
    return reverse("dialogues:table", args=[DialogueFactory(unit=ward, held=True).pk])


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Một\nHai", "Một"),
        ("\n  A   b ", "A b"),
        ("từ " * 100, f"{('từ ' * 40).strip()[:-3]}…"),
        ("x" * 300, "x" * 119 + "…"),
    ],
)
def test_matter_of_a_text_is_how_it_begins(text, matter):
    found = matter_of(text)

    assert len(found) <= LONGEST_MATTER
    assert found[:60] == matter[:60]
    assert found.endswith("…") == matter.endswith("…")


def test_table_sent_twice_by_script_enters_one(client, table):
    sent = FACTS | {"sending": str(uuid.uuid4())}

    answers = [client.post(table, sent, headers=BY_SCRIPT) for _time in range(2)]

    opinion = Opinion.objects.get()
    assert all(f'data-opinion="{opinion.pk}"' in answer.content.decode() for answer in answers)
    assert "<html" not in answers[0].content.decode()


def test_table_by_script_with_bad_input_says_what(client, table):
    answer = client.post(table, FACTS | {"field": "?", "sending": str(uuid.uuid4())}, headers=BY_SCRIPT)

    assert (answer.status_code, len(answer.json()["errors"])) == (422, 1)
    assert not Opinion.objects.exists()


def test_table_without_script_saves_and_leads_back(client, table):
    answer = client.post(table, FACTS | {"on_spot": "on", "answer": "Trong tháng này"})

    assert answer["Location"] == table
    opinion = Opinion.objects.get()
    assert (opinion.status, opinion.answer, opinion.matter) == (
        "answered_on_spot",
        "Trong tháng này",
        FACTS["text"],
    )


@pytest.mark.parametrize("cut", [slice(None), slice(0, 7)])
@pytest.mark.parametrize("field", [OpinionField.ENVIRONMENT, OpinionField.WELFARE])
def test_field_is_taken_by_code_name_or_first_letters(field, cut):
    with translation.override("vi"):
        assert LettersField().clean(fold(str(field.label))[cut]) == field
        assert LettersField().clean(field.value) == field


@pytest.mark.parametrize("letters", ["", "?", "zzz"])
def test_field_by_letters_of_none_is_refused(letters):
    with pytest.raises(ValidationError):
        LettersField().clean(letters)


def test_table_takes_a_unit_by_a_few_letters(client, table, other_ward):
    client.post(table, FACTS | {"unit_in_charge": "tay ho"})

    assert Opinion.objects.get().unit_in_charge == other_ward


def test_table_of_a_planned_dialogue_or_a_foreign_one_takes_nothing(client, ward, other_ward, official):
    client.force_login(official)
    planned = reverse("dialogues:table", args=[DialogueFactory(unit=ward).pk])
    foreign = reverse("dialogues:table", args=[DialogueFactory(unit=other_ward, held=True).pk])

    assert client.post(planned, FACTS, headers=BY_SCRIPT).status_code == 422
    assert client.post(foreign, FACTS, headers=BY_SCRIPT).status_code == 404
    assert not Opinion.objects.exists()


def test_screen_names_no_author(client, ward, official):
    opinion = OpinionFactory(dialogue=DialogueFactory(unit=ward, held=True))
    client.force_login(official)
    address = reverse("dialogues:screen", args=[opinion.dialogue_id])

    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(address, headers=headers).content.decode()
        assert opinion.matter in page
        assert opinion.author_name not in page
        assert "desk-nav" not in page
