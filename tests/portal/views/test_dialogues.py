"""Public pages of dialogues."""

import datetime

import pytest

from dialogues.models import OpinionStep
from dialogues.states import OpinionAct, OpinionStatus, Promise, State
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
        with django_assert_max_num_queries(3):
            client.get(f"/dialogues/{dialogue.pk}/")


TODAY = datetime.date(2026, 6, 1)
MAY, JUNE, JULY = (datetime.date(2026, month, 15) for month in (5, 6, 7))
SETTLED = {"status": OpinionStatus.RESOLVED, "answer": "Đã xong"}


def published_opinion(**fields):
    dialogue = fields.pop("dialogue", None) or DialogueFactory(published=True)
    return OpinionFactory(dialogue=dialogue, is_public=True, public_text="Đề nghị lát vỉa hè", **fields)


def follow(opinion, *statuses):
    """Write down that ``opinion`` moved through ``statuses``, as its acts do."""
    before = ""
    for version, status in enumerate(statuses, 1):
        OpinionStep.objects.create(
            opinion=opinion,
            act=OpinionAct.EDIT,
            from_status=before,
            to_status=status,
            actor=opinion.typed_by,
            version=version,
            words="Lời kín của cán bộ",
        )
        before = status


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [
        (Promise.KEPT, SETTLED | {"due_on": MAY, "answered_on": MAY}),
        (Promise.KEPT, {"status": OpinionStatus.ANSWERED_ON_SPOT, "due_on": MAY}),
        (Promise.LATE, SETTLED | {"due_on": MAY, "answered_on": JUNE}),
        (Promise.PENDING, {"due_on": JULY}),
        (Promise.OVERDUE, {"due_on": MAY}),
        (Promise.NOT_DONE, {"due_on": MAY, "status": OpinionStatus.OUTSIDE_COMPETENCE}),
    ],
)
def test_promise_is_told_as_what_became_of_it(client, time_machine, outcome, fields):
    time_machine.move_to(TODAY)
    opinion = published_opinion(**fields)
    assert client.get("/dialogues/opinions/").context["promises"] == {outcome: 1}
    assert client.get(f"/dialogues/{opinion.dialogue_id}/").context["promises"] == {outcome: 1}
    for chosen in Promise:
        shown = client.get("/dialogues/opinions/", {"promise": chosen}).context["object_list"]
        assert [row.pk for row in shown] == ([opinion.pk] if chosen == outcome else [])


def test_promise_put_off_is_measured_by_the_day_first_named(client, time_machine):
    time_machine.move_to(TODAY)
    opinion = published_opinion(due_on=MAY)
    opinion.due_on = JULY
    opinion.save()
    opinion.refresh_from_db()
    assert opinion.promised_on == MAY
    response = client.get("/dialogues/opinions/")
    assert response.context["promises"] == {Promise.POSTPONED: 1}
    assert all(day in response.content.decode() for day in ("15/05/2026", "15/07/2026"))


def test_opinion_without_a_day_promises_nothing(client):
    published_opinion()
    response = client.get("/dialogues/opinions/")
    assert (response.context["promises"], len(response.context["object_list"])) == ({}, 1)


def test_opinions_are_found_by_words_field_status_and_both_units(client):
    raised, charged = UnitFactory(), UnitFactory()
    opinion = published_opinion(
        dialogue=DialogueFactory(published=True, unit=raised), unit_in_charge=charged, field="land"
    )
    published_opinion(status=OpinionStatus.IN_PROGRESS)
    for query in (
        {"unit": raised.pk},
        {"unit": charged.pk},
        {"field": "land"},
        {"status": "received"},
        {"year": "2026", "q": "lat via he", "field": "land"},
    ):
        shown = client.get("/dialogues/opinions/", query).context["object_list"]
        assert [row.pk for row in shown] == [opinion.pk], query


@pytest.mark.parametrize(
    "query", [{"promise": "x"}, {"status": "x"}, {"unit": "x"}, {"year": "0"}, {"q": "\x00"}, {"cursor": "x"}]
)
def test_opinions_take_senseless_filters(client, query):
    assert client.get("/dialogues/opinions/", query).status_code == 200


def test_opinion_list_shows_nothing_that_is_not_public(client):
    dialogue = DialogueFactory(published=True)
    hidden = {"text": "Lời gốc kín", "answer": "Trả lời kín", "reason": "Lý do kín"}
    opinion = published_opinion(dialogue=dialogue, due_on=MAY, **hidden)
    follow(opinion, OpinionStatus.RECEIVED, OpinionStatus.IN_PROGRESS)
    OpinionFactory(dialogue=dialogue, matter="Việc chưa đăng")
    published_opinion(dialogue=DialogueFactory(held=True), matter="Hội nghị chưa đăng")
    for address in ("/dialogues/opinions/", f"/dialogues/{dialogue.pk}/"):
        page = client.get(address).content.decode()
        assert 'class="follow-up"' in page
        for words in ("kín", "Bí Mật", "chưa đăng", opinion.typed_by.full_name):
            assert words not in page


def test_queries_of_opinions_do_not_grow_with_rows(client, django_assert_num_queries):
    for _round in range(3):
        opinion = published_opinion(unit_in_charge=UnitFactory(), due_on=MAY)
        follow(opinion, OpinionStatus.RECEIVED, OpinionStatus.IN_PROGRESS)
        with django_assert_num_queries(6):
            client.get("/dialogues/opinions/")
