import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.dialogues.factories import DialogueFactory, OpinionFactory

OVERDUE = reverse("dialogues:overdue")
LIST = reverse("dialogues:opinions")


@pytest.fixture
def late(ward, other_ward):
    """Opinions overdue by so many days, in the charge of one ward, the other, or nobody."""
    dialogue = DialogueFactory(unit=ward, held=True)
    today = timezone.localdate()
    return [
        OpinionFactory(dialogue=dialogue, unit_in_charge=unit, due_on=today - datetime.timedelta(days=days))
        for unit, days in (
            (ward, 1),
            (ward, 7),
            (ward, 8),
            (other_ward, 31),
            (other_ward, 91),
            (None, 90),
            (ward, 0),
        )
    ]


def test_overdue_counts_by_unit_and_age_and_leads_to_the_same_rows(client, late, ward, official):
    client.force_login(official)
    page = client.get(OVERDUE)

    counted = {
        row["unit_in_charge"]: [count for _age, _label, count in row["ages"]] for row in page.context["rows"]
    }
    assert counted[ward.pk] == [2, 1, 0, 0]
    assert counted[None] == [0, 0, 1, 0]
    assert page.context["total"] == 6
    for row in page.context["rows"]:
        unit = row["unit_in_charge"] or "null"
        found = client.get(LIST, {"due": "overdue", "in_charge": unit}).context["object_list"]
        assert len(found) == row["total"]
        for age, _label, count in row["ages"]:
            assert len(client.get(LIST, {"age": age, "in_charge": unit}).context["object_list"]) == count


def test_opinions_of_a_cancelled_dialogue_are_overdue_nowhere(client, ward, official):
    OpinionFactory(
        dialogue=DialogueFactory(unit=ward, cancelled=True),
        unit_in_charge=ward,
        due_on=datetime.date(2026, 3, 11),
    )
    client.force_login(official)

    assert client.get(OVERDUE).context["total"] == 0
    for asked in ({"due": "overdue"}, {"due": "open"}, {"age": "longer"}):
        assert not client.get(LIST, asked).context["object_list"]
    page = client.get(LIST)
    assert (len(page.context["object_list"]), page.context["waiting"]) == (1, 0)


def test_overdue_of_another_unit_shows_only_what_is_its_own(client, late, other_ward, stranger):
    client.force_login(stranger)

    assert [row["unit_in_charge"] for row in client.get(OVERDUE).context["rows"]] == [other_ward.pk]


def test_list_due_within_seven_days_is_found(client, late, official):
    client.force_login(official)

    assert client.get(LIST, {"due": "due_soon"}).context["object_list"] == [late[-1]]


def test_pages_of_the_ledger_take_as_many_statements_for_few_as_for_many(client, ward, official):
    dialogue = DialogueFactory(unit=ward, held=True)
    client.force_login(official)
    counts = {OVERDUE: [], LIST: []}
    for number in (1, 2):
        for _row in range(number):
            OpinionFactory(dialogue=dialogue, unit_in_charge=ward, due_on=datetime.date(2026, 4, 1))
        for address, found in counts.items():
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
    assert all(few == many for few, many in counts.values())
