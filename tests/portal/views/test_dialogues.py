"""Public pages of dialogues."""

import datetime

import pytest

from dialogues.states import OpinionStatus, State
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def dialogue_in(state: str, **fields):
    traits = {} if state == State.PLANNED else {state: True}
    return DialogueFactory(**traits, **fields)


@pytest.mark.parametrize("state", State.values)
def test_only_published_dialogues_are_seen(client, state):
    dialogue = dialogue_in(state)
    published = state == State.PUBLISHED
    assert len(client.get("/dialogues/").context["object_list"]) == int(published)
    assert client.get(f"/dialogues/{dialogue.pk}/").status_code == (200 if published else 404)


def test_detail_shows_public_texts_only(client):
    dialogue = DialogueFactory(published=True)
    OpinionFactory(dialogue=dialogue, is_public=True, public_text="Đề nghị dọn rác", text="Lời gốc kín")
    OpinionFactory(dialogue=dialogue, matter="Việc chưa đăng", text="Lời khác kín", answer="Trả lời kín")
    page = client.get(f"/dialogues/{dialogue.pk}/").content.decode()
    assert "Đề nghị dọn rác" in page
    for hidden in ("kín", "Bí Mật", "Việc chưa đăng"):
        assert hidden not in page


def test_detail_counts_all_opinions_also_those_not_published(client):
    dialogue = DialogueFactory(published=True)
    OpinionFactory.create_batch(2, dialogue=dialogue)
    OpinionFactory(dialogue=dialogue, status=OpinionStatus.OUTSIDE_COMPETENCE)
    shown = client.get(f"/dialogues/{dialogue.pk}/").context["dialogue"]
    assert (shown.received, shown.outside) == (3, 1)


def test_detail_of_a_summary_says_so(client):
    dialogue = DialogueFactory(summary=True, state=State.PUBLISHED, published_on=datetime.date(2026, 3, 15))
    response = client.get(f"/dialogues/{dialogue.pk}/")
    assert response.context["dialogue"].received == 12
    assert 'class="note"' in response.content.decode()


def test_list_filters_by_year_kind_unit_and_words(client):
    unit = UnitFactory()
    kept = DialogueFactory(published=True, unit=unit, kind="ad_hoc", topic="Giải phóng mặt bằng")
    DialogueFactory(published=True)
    for query in ({"kind": "ad_hoc"}, {"unit": unit.pk}, {"q": "giai phong"}):
        assert [row.pk for row in client.get("/dialogues/", query).context["object_list"]] == [kept.pk]
    assert len(client.get("/dialogues/", {"year": "2026"}).context["object_list"]) == 2


def test_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    for _round in range(3):
        dialogue = DialogueFactory(published=True)
        OpinionFactory.create_batch(
            2, dialogue=dialogue, is_public=True, public_text="Đề nghị", unit_in_charge=UnitFactory()
        )
        with django_assert_max_num_queries(3):
            client.get("/dialogues/")
        with django_assert_max_num_queries(2):
            client.get(f"/dialogues/{dialogue.pk}/")
