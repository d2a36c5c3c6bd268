"""The pages: one's own messages and nobody else's, the choices, the outbox of administrators."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.messaging import services
from mobilization.messaging.models import Delivery, Message, Preference
from mobilization.messaging.services import Draft
from mobilization.messaging.states import State
from tests.accounts.factories import user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db

LIST, CHOICES, OUTBOX = (reverse(f"messaging:{name}") for name in ("list", "choices", "outbox"))


@pytest.fixture
def user():
    return user_with(Role.OFFICIAL, UnitFactory(), language="en")


@pytest.fixture
def desk(client, user):
    client.force_login(user)
    return client


def shown(response) -> list[str]:
    return [message.data["title"] for message in response.context["object_list"]]


def tell(user, title: str, kind: str = "test.news", **more) -> Message:
    services.send(kind, [user], data={"title": title}, **more)
    return Message.objects.get(recipient=user, data__title=title)


def test_list_shows_the_own_unread_messages_newest_first(desk, user):
    tell(user, "first")
    read = tell(user, "read")
    tell(user, "last")
    tell(user_with(Role.OFFICIAL, UnitFactory()), "another's")
    services.mark_read(read, user=user)
    assert shown(desk.get(LIST)) == ["last", "first"]
    assert shown(desk.get(LIST, {"show": "all"})) == ["last", "read", "first"]


def test_list_can_be_narrowed_to_a_heading(desk, user):
    tell(user, "news")
    tell(user, "alarm", "test.alarm")
    assert shown(desk.get(LIST, {"group": "test_alarm"})) == ["alarm"]
    assert shown(desk.get(LIST, {"group": "nothing"})) == ["alarm", "news"]


def test_list_pages_by_key(desk, user):
    services.send_many(Draft("test.news", user, data={"title": str(number)}) for number in range(30))
    first = desk.get(LIST)
    second = desk.get(LIST, {"cursor": first.context["page"].next})
    assert (len(shown(first)), len(set(shown(first)) | set(shown(second)))) == (25, 30)


def test_list_of_nothing_says_so_and_leads_to_all(desk):
    assert b"?show=all" in desk.get(LIST).content


def test_typed_words_are_escaped(desk, user):
    tell(user, "<script>alert(1)</script>")
    assert b"<script>alert" not in desk.get(LIST).content


def test_queries_of_the_list_are_the_same_for_one_and_three_rows(desk, user):
    other = user_with(Role.REVIEWER, UnitFactory())
    statements = []
    for number in (1, 2):
        for _one in range(number):
            services.send("test.news", [user], actor=other, unit=UnitFactory(), data={"title": "x"})
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        statements.append(len(asked))
    assert statements[0] == statements[1] <= 6


def test_open_marks_as_read_and_leads_on(desk, user):
    message = tell(user, "x", url="/desk/jobs/?state=done")
    response = desk.post(reverse("messaging:open", args=[message.pk]))
    assert (response.status_code, response["Location"]) == (302, "/desk/jobs/?state=done")
    assert services.unread_count(user) == 0


def test_open_of_a_message_that_leads_nowhere_leads_to_the_list(desk, user):
    response = desk.post(reverse("messaging:open", args=[tell(user, "x").pk]))
    assert response["Location"] == LIST


def test_open_of_anothers_message_is_404_even_for_an_administrator(client, user):
    message = tell(user, "x")
    client.force_login(user_with(Role.ADMINISTRATOR, city()))
    assert client.post(reverse("messaging:open", args=[message.pk])).status_code == 404
    assert services.unread_count(user) == 1


@pytest.mark.parametrize(("until", "left"), [("now", 1), ("", 0), ("nonsense", 0), ("2026-13-45T99:00", 0)])
def test_read_all_marks_what_was_shown(desk, user, until, left):
    tell(user, "shown")
    page = timezone.now().isoformat()
    tell(user, "later")
    desk.post(reverse("messaging:read_all"), {"until": page if until == "now" else until})
    assert services.unread_count(user) == left


def test_head_counts_the_unread_in_no_statement_of_its_own(desk, user):
    page = reverse("accounts:profile")
    with CaptureQueriesContext(connection) as asked:
        assert b"count-mark" not in desk.get(page).content
    own = [query["sql"] for query in asked if "accounts_user" not in query["sql"]]
    assert not [sql for sql in own if "messaging_message" in sql]
    tell(user, "x")
    assert b"count-mark" in desk.get(page).content


def test_public_pages_show_no_messages_and_ask_nothing_of_their_own_for_them(desk, user):
    services.send("test.news", [user])
    with CaptureQueriesContext(connection) as asked:
        page = desk.get(reverse("portal:unit_list")).content.decode()
    # They come with the account, which the page shows.
    own = [query["sql"] for query in asked if "accounts_user" not in query["sql"]]
    assert not [sql for sql in own if "messaging_message" in sql]
    assert "tool-messages" not in page
    assert "tool-messages" in desk.get(reverse("messaging:list")).content.decode()


def test_choices_are_kept_and_shown_again(desk, user):
    typed = {"digest": "", "way_test_news": "portal", "way_test_alarm": ""}
    assert desk.post(CHOICES, typed).status_code == 302
    assert Preference.objects.get(user=user).ways == {"test_news": "portal"}
    form = desk.get(CHOICES).context["form"]
    assert (form["digest"].value(), form["way_test_news"].value()) == (False, "portal")


def test_choice_that_there_is_not_is_refused(desk, user):
    response = desk.post(CHOICES, {"way_test_news": "pigeon"})
    assert "way_test_news" in response.context["form"].errors
    assert not Preference.objects.exists()


@pytest.fixture
def administrator(client):
    someone = user_with(Role.ADMINISTRATOR, city(), language="en")
    client.force_login(someone)
    return client, someone


def failed(user) -> Delivery:
    tell(user, f"Secret {Message.objects.count()}", "test.alarm")
    delivery = Delivery.objects.latest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(state=State.GIVEN_UP, next_try_at=None, error="away")
    return delivery


def test_outbox_shows_failures_but_not_the_words(administrator, user):
    failed(user)
    page = administrator[0].get(OUTBOX).content.decode()
    assert user.full_name in page
    assert "away" in page
    assert "Secret" not in page


def test_queries_of_the_outbox_are_the_same_for_one_and_three_rows(administrator, user):
    statements = []
    for number in (1, 2):
        for _one in range(number):
            failed(user_with(Role.OFFICIAL, UnitFactory()))
        with CaptureQueriesContext(connection) as asked:
            administrator[0].get(OUTBOX)
        statements.append(len(asked))
    assert statements[0] == statements[1] <= 6


def test_outbox_can_be_narrowed_by_state(administrator, user):
    failed(user)
    tell(user, "waits", "test.alarm")
    rows = administrator[0].get(OUTBOX, {"state": "queued"}).context["object_list"]
    assert [row.message.data["title"] for row in rows] == ["waits"]


def test_retry_one_and_all(administrator, user):
    client, someone = administrator
    first, second = failed(user), failed(user)
    client.post(reverse("messaging:retry", args=[first.pk]))
    assert set(Delivery.objects.values_list("pk", "state")) == {
        (first.pk, State.QUEUED),
        (second.pk, State.GIVEN_UP),
    }
    client.post(reverse("messaging:retry_all"))
    assert not Delivery.objects.troubled().exists()
    assert [entry.actor for entry in log.of(first)] == [someone]


def test_retry_of_what_is_on_its_way_says_so(administrator, user):
    tell(user, "waits", "test.alarm")
    url = reverse("messaging:retry", args=[Delivery.objects.get().pk])
    response = administrator[0].post(url, follow=True)
    assert [note.level_tag for note in response.context["messages"]] == ["error"]


def test_outbox_and_its_acts_are_hidden_from_others(desk, user):
    delivery = failed(user)
    for url in (reverse("messaging:retry", args=[delivery.pk]), reverse("messaging:retry_all")):
        assert desk.post(url).status_code == 404
    assert desk.get(OUTBOX).status_code == 404
