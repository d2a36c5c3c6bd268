"""What a person keeps of a list: filters under a name, what the list begins with, columns."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from mobilization.accounts.models import ListColumns, SavedFilter
from mobilization.accounts.services import own_lists
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import DomainError
from mobilization.core.lists import StaffListMixin
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
PAGE = "models_registry:list"
LISTS = [
    *("models_registry:list", "models_registry:queue", "dialogues:list", "dialogues:opinions"),
    *("awards:list", "awards:candidates", "units:list", "jobs:list", "messaging:list"),
    "publication:pending",
]
OVERSIGHT = ["accounts:list", "audit:list", "messaging:outbox"]


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


@pytest.fixture
def official(client):
    official = user_with(Role.OFFICIAL, UnitFactory())
    client.force_login(official)
    return official


def kept(person, **fields):
    values = {"page": PAGE, "name": "Năm nay", "query": "year=2026"} | fields
    return SavedFilter.objects.create(person=person, **values)


def save(client, query, name="Năm nay", page=PAGE):
    return client.post(url("save_filter"), {"page": page, "query": query, "name": name})


def test_save_with_a_filter_keeps_what_the_list_knows_and_nothing_else(client, official):
    answer = save(client, "year=2026&state=draft&cursor=abc&export=csv&other=1&q=&field=economy")
    saved = SavedFilter.objects.get(person=official)
    assert (saved.name, saved.query) == ("Năm nay", "year=2026&state=draft&field=economy")
    assert answer.url == saved.get_absolute_url() == f"{reverse(PAGE)}?{saved.query}"
    entry = AuditEntry.objects.get(act="list.save_filter")
    assert entry.data == {"list": PAGE}


def test_save_under_a_known_name_replaces_its_filter(client, official):
    kept(official)
    save(client, "year=2025")
    assert [one.query for one in SavedFilter.objects.filter(person=official)] == ["year=2025"]


@pytest.mark.parametrize(
    ("query", "name"),
    [("", "Không lọc"), ("cursor=abc", "Không lọc"), ("year=2026", " "), ("year=2026", "x" * 61)],
)
def test_save_without_a_filter_or_a_name_is_refused_in_words(client, official, query, name):
    answer = client.post(url("save_filter"), {"page": PAGE, "query": query, "name": name}, follow=True)
    assert not SavedFilter.objects.exists()
    assert len(answer.context["messages"]) == 1


@pytest.mark.parametrize(
    "page", ["", "accounts:profile", "portal:model_list", "no:such", "models_registry:detail"]
)
def test_save_for_what_is_no_list_of_the_desk_is_404(client, official, page):
    assert save(client, "year=2026", page=page).status_code == 404
    assert client.get(url("filters"), {"page": page}).status_code == 404


def test_save_beyond_the_most_is_refused(official):
    for number in range(own_lists.MOST):
        own_lists.save_filter(official, PAGE, name=str(number), query="year=2026")
    with pytest.raises(DomainError) as refused:
        own_lists.save_filter(official, PAGE, name="zu viel", query="year=2026")
    assert refused.value.code == "too_many"
    own_lists.save_filter(official, "models_registry:queue", name="zu viel", query="year=2026")


def test_list_shows_own_filters_and_nobody_else_s(client, official):
    kept(official, name="Của tôi")
    kept(UserFactory(), name="Của người khác")
    kept(official, page="models_registry:queue", name="Của danh sách khác")
    page = client.get(reverse(PAGE), {"year": "2026"}).content.decode()
    assert "Của tôi" in page
    assert "Của người khác" not in page
    assert "Của danh sách khác" not in page


@pytest.mark.parametrize("act", ["rename_filter", "remove_filter", "start_filter"])
def test_acts_on_other_people_s_filters_are_404(client, official, act):
    other = kept(UserFactory())
    assert client.post(url(act, other.pk), {"name": "x", "start": "1"}).status_code == 404
    other.refresh_from_db()
    assert (other.name, other.is_start) == ("Năm nay", False)


def test_rename_to_a_taken_name_is_refused_and_to_a_free_one_is_done(client, official):
    saved, _taken = kept(official), kept(official, name="Có rồi")
    answer = client.post(url("rename_filter", saved.pk), {"name": "Có rồi"}, follow=True)
    assert len(answer.context["messages"]) == 1
    saved.refresh_from_db()
    assert saved.name == "Năm nay"
    client.post(url("rename_filter", saved.pk), {"name": "Mới"})
    saved.refresh_from_db()
    assert saved.name == "Mới"


def test_remove_forgets_the_filter(client, official):
    client.post(url("remove_filter", kept(official).pk))
    assert not SavedFilter.objects.exists()


def test_list_begins_with_the_chosen_filter_until_all_is_asked_for(client, official):
    first, second = kept(official, is_start=True), kept(official, name="Nháp", query="state=draft")
    client.post(url("start_filter", second.pk), {"start": "1"})
    first.refresh_from_db()
    assert first.is_start is False
    assert client.get(reverse(PAGE)).url == second.get_absolute_url()
    assert client.get(reverse(PAGE), {"all": "1"}).status_code == 200
    assert client.get(reverse(PAGE), {"export": "csv"}).status_code == 200
    client.post(url("start_filter", second.pk), {"start": "0"})
    assert client.get(reverse(PAGE)).status_code == 200


@pytest.mark.parametrize("name", [*LISTS, *OVERSIGHT])
def test_every_list_of_the_desk_keeps_filters(client, name):
    user = user_with(Role.ADMINISTRATOR if name in OVERSIGHT else Role.CITY_STAFF, city())
    client.force_login(user)
    save(client, "per_page=50", page=name)
    saved = SavedFilter.objects.get(person=user)
    answer = client.get(saved.get_absolute_url())
    assert answer.status_code == 200
    assert isinstance(answer.context["view"], StaffListMixin)
    if name != "publication:pending":  # shows its filters once something waits
        assert saved.name in answer.content.decode()


def test_own_filters_cost_one_statement_however_many(client, official, django_assert_num_queries):
    with django_assert_num_queries(1):
        own_lists.kept(official, PAGE, has_columns=False)
    for number in range(3):
        kept(official, name=str(number))
    with django_assert_num_queries(1):
        assert len(own_lists.kept(official, PAGE, has_columns=False).filters) == 3


def test_columns_without_any_left_are_the_usual_ones_again(official):
    own_lists.choose_columns(official, PAGE, ["unit", "year"])
    assert own_lists.kept(official, PAGE, has_columns=True).columns == ("unit", "year")
    own_lists.choose_columns(official, PAGE, [])
    assert not ListColumns.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_save_of_many_at_once_never_keeps_more_than_the_most():
    person = UserFactory()
    for number in range(own_lists.MOST - 1):
        own_lists.save_filter(person, PAGE, name=str(number), query="year=2026")
    outcomes = []

    def one(number):
        try:
            own_lists.save_filter(person, PAGE, name=f"Luồng {number}", query="year=2026")
            outcomes.append("kept")
        except DomainError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "too_many", "too_many", "too_many"]
    assert SavedFilter.objects.filter(person=person).count() == own_lists.MOST
